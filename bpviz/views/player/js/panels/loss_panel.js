/** Training: buttons that apply rounds, and the loss over 10,000 rounds from where they began. */

import { html, setText, svg } from "../kit/dom.js";
import { formatCount } from "../kit/format.js";
import { appendRich, createSlot, fillSlots, fillWords } from "../kit/slots.js";
import { lossAxis, lossCurve, roundsAxis } from "./loss_curve.js";
import { createPlot, pathThrough, setPoint } from "../kit/plot.js";
import { createTrainButtons, createUndoButtons } from "./train_buttons.js";
import { createOneRow } from "./one_row.js";
import { panelHeading } from "./heading.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("./panels.js").State} State */

const BUTTONS = [1, 10, 100, 10_000];
const SHOWN_ROUNDS = 10_000;
const MOST_DRAWN = 200_000; // a curve this long still takes less than a blink
const USUAL_WORK = 1000; // instructions of a program; of a longer one fewer rounds are drawn

/**
 * @param {Score} score
 * @param {State} state
 * @returns {import("./panels.js").PanelPart}
 */
export function createLossPanel(score, state) {
  const { words } = score;
  const curve = createLossCurve(score, state);
  const undo = createUndoButtons(words, state.history);
  const buttons = createRoundButtons(score, state);
  const oneRow = score.data ? createOneRow(score, state, buttons) : null;
  return {
    element: html("section", { class: "bpviz-panel bpviz-loss", "aria-label": words.loss },
      html("div", { class: "bpviz-panel-head" }, panelHeading(words.loss), html("p", {}, fillWords(words.loss_about, { n: formatCount(SHOWN_ROUNDS / shorter(score), score.lang) }))),
      curve.plot,
      html("div", { class: "bpviz-line-of" }, curve.now, undo.element),
      buttons,
      ...(oneRow ? [oneRow.element] : []),
      curve.note,
      undo.end,
    ),
    verdict: () => curve.note.textContent ?? "",
    showBeat() {},
    paint(reading) {
      fillSlots([curve.slot], state.history.rounds() > 0 ? state.now : reading); // trained: so it has been computed
      curve.told.style.visibility = curve.slot.element.hasAttribute("data-value") ? "" : "hidden"; // the curve knows it already
      undo.paint();
      oneRow?.paint();
      curve.draw();
    },
  };
}

/**
 * The loss over the rounds, from where they began.
 *
 * @param {Score} score
 * @param {State} state
 */
function createLossCurve(score, state) {
  const { words, program, lang } = score;
  const most = MOST_DRAWN / shorter(score);
  const ahead = createAhead(state);
  const plot = createPlot(words.loss_plot, () => drawn && draw());
  const [line, marker] = [svg("path", { class: "bpviz-curve" }), svg("circle", { class: "bpviz-here", r: 5 })];
  plot.marks.append(line, marker);
  const { element: now, count, loss: told, slot } = createNowLine(score);
  const note = html("p", { class: "bpviz-words" });
  let drawn = false;
  const draw = () => {
    drawn = true;
    const rounds = state.history.rounds();
    const length = Math.max(SHOWN_ROUNDS / shorter(score), rounds);
    const curve = lossCurve(ahead(Math.min(length, most)));
    const loss = state.now(program.loss);
    const place = plot.draw(roundsAxis(length), lossAxis([...curve.samples.map((sample) => sample[1]), loss]));
    line.setAttribute("d", pathThrough(curve.samples.map((sample) => place(...sample))));
    marker.style.display = Number.isFinite(loss) ? "" : "none";
    if (Number.isFinite(loss)) setPoint(marker, place(rounds, loss));
    setText(count, fillWords(words.rounds, { n: formatCount(rounds, lang) }));
    const beyond = rounds > most ? fillWords(words.curve_ends, { n: formatCount(most, lang) }) : "";
    setText(note, verdict(words, curve) || beyond);
  };
  return { plot: plot.element, now, told, slot, note, draw };
}

/**
 * @param {Score} score
 * @returns {number} by which part the curve of a long program is shorter, so that it follows a finger too
 */
function shorter({ program }) {
  return program.code.length > USUAL_WORK ? 10 : 1;
}

/**
 * The rounds from where they began, computed again only where that is somewhere else.
 *
 * @param {State} state
 */
function createAhead({ history, variant }) {
  /** @type {number[]} */
  let known = [];
  /** @type {import("../engine/runner.js").Training | undefined} */
  let training;
  return (/** @type {number} */ rounds) => {
    const asked = [variant(), rounds, ...history.start()];
    if (!training || asked.length !== known.length || asked.some((value, index) => !Object.is(value, known[index]))) {
      training = history.ahead(rounds);
      known = asked;
    }
    return training;
  };
}

/**
 * How many rounds there have been, and the loss after them.
 *
 * @param {Score} score
 */
function createNowLine({ program, quantities }) {
  const number = html("span", { class: "bpviz-number bpviz-strong" });
  const count = html("span", { class: "bpviz-rounds" });
  const symbol = html("span");
  appendRich(symbol, quantities[program.loss].label);
  const loss = html("span", {}, symbol, " = ", number);
  const element = html("p", { class: "bpviz-now-line" }, count, loss);
  return { element, count, loss, slot: createSlot(number, program.loss) };
}

/**
 * What a curve alone would hide.
 *
 * @param {Record<string, string>} words
 * @param {import("./loss_curve.js").Curve} curve
 */
function verdict(words, { divergedAt, zeroAt }) {
  if (divergedAt === 0) return words.never_a_number;
  if (divergedAt !== null) return fillWords(words.diverges, { round: divergedAt });
  return zeroAt === null ? "" : fillWords(words.reaches_zero, { round: zeroAt });
}

/**
 * @param {Score} score
 * @param {State} state
 */
function createRoundButtons({ words, lang }, { history }) {
  const labels = { group: words.train, once: words.train_once, many: words.train_rounds };
  return createTrainButtons(BUTTONS, labels, lang, history.train);
}
