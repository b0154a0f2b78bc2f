/** Data: a table of rows to train on, what is computed for each of them, and the mean loss over many epochs. */

import { createDataTable } from "./data_table.js";
import { html, setText, svg } from "../kit/dom.js";
import { appendRich, fillWords, setData } from "../kit/slots.js";
import { formatCount, formatNumber } from "../kit/format.js";
import { lossAxis, lossCurve, roundsAxis } from "./loss_curve.js";
import { createPlot, pathThrough, setPoint } from "../kit/plot.js";
import { createTrainButtons, createUndoButtons } from "./train_buttons.js";
import { panelHeading } from "./heading.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("./panels.js").State} State */

const EPOCH_BUTTONS = [1, 10, 100, 1000];
const SHOWN_EPOCHS = 2000;
const STUCK = 0.9; // of the mean loss is still there at the end of the curve
const LEARNT = 0.001; // a mean loss so small need not fall
const MOST_EPOCHS_DRAWN = 20_000; // a curve this long still takes less than a blink

/**
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 * @returns {import("./panels.js").PanelPart}
 */
export function createDataPanel(score, state, announce) {
  const { words } = score;
  const { data } = state.history;
  const labels = { group: words.data_train, once: words.data_train_once, many: words.data_train_epochs };
  const table = createDataTable(score, state, announce);
  const undo = createUndoButtons(words, state.history);
  const curve = createMeanCurve(score, state);
  return {
    element: html("section", { class: "bpviz-panel bpviz-wide bpviz-data", "aria-label": words.data },
      html("div", { class: "bpviz-panel-head" }, panelHeading(words.data), html("p", {}, words.data_about)),
      html("div", { class: "bpviz-data-parts" },
        table.element,
        html("div", { class: "bpviz-data-curve" },
          curve.plot,
          html("div", { class: "bpviz-line-of" }, curve.now, undo.element),
          createTrainButtons(EPOCH_BUTTONS, labels, score.lang, data.train),
          curve.note,
          undo.end,
        ),
      ),
    ),
    verdict: () => curve.note.textContent ?? "",
    showBeat() {},
    paint() {
      table.paint();
      undo.paint();
      curve.draw();
    },
  };
}

/**
 * The mean loss over the epochs, from where they began.
 *
 * @param {Score} score
 * @param {State} state
 */
function createMeanCurve({ words, lang, program, quantities }, { history: { data } }) {
  const plot = createPlot(words.data_plot, () => drawn && draw());
  const [line, marker] = [svg("path", { class: "bpviz-curve" }), svg("circle", { class: "bpviz-here", r: 5 })];
  plot.marks.append(line, marker);
  const [number, count] = [html("span", { class: "bpviz-number bpviz-strong bpviz-mean" }), html("span", { class: "bpviz-rounds" })];
  const symbol = html("span");
  appendRich(symbol, quantities[program.loss].label);
  const note = html("p", { class: "bpviz-words" });
  let drawn = false;
  const draw = () => {
    drawn = true;
    const epochs = data.epochs();
    const length = Math.max(SHOWN_EPOCHS, epochs);
    const curve = lossCurve(data.ahead(Math.min(length, MOST_EPOCHS_DRAWN)));
    const mean = data.mean();
    const place = plot.draw(roundsAxis(length), lossAxis([...curve.samples.map((sample) => sample[1]), mean]));
    line.setAttribute("d", pathThrough(curve.samples.map((sample) => place(...sample))));
    marker.style.display = Number.isFinite(mean) ? "" : "none";
    if (Number.isFinite(mean)) setPoint(marker, place(epochs, mean));
    setText(count, fillWords(words.data_epochs, { n: formatCount(epochs, lang) }));
    setText(number, formatNumber(mean));
    setData(number, mean);
    setText(note, dataVerdict(words, curve.divergedAt) || (isFlat(curve.samples) ? words.data_flat : ""));
  };
  const now = html("p", { class: "bpviz-now-line" }, count, words.data_mean, symbol, " = ", number);
  return { plot: plot.element, now, note, draw };
}

/**
 * @param {[number, number][]} samples of a curve, from its first to its last point
 * @returns {boolean} whether training hardly helps from here
 */
function isFlat(samples) {
  const [first, last] = [samples[0], samples[samples.length - 1]].map((sample) => sample?.[1] ?? NaN);
  return first > LEARNT && last > STUCK * first;
}

/**
 * @param {Record<string, string>} words
 * @param {number | null} divergedAt
 */
function dataVerdict(words, divergedAt) {
  if (divergedAt === null) return "";
  return divergedAt === 0 ? words.never_a_number : fillWords(words.data_diverges, { round: divergedAt });
}
