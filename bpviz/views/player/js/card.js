/** The card of one variant: all parts that tell its story, on what stays when a switch is flipped. */

import { connectChips, connectEdges, connectNodes } from "./stage/connect.js";
import { html, ownsKeys } from "./kit/dom.js";
import { createHeader } from "./frame/header.js";
import { listenToKeys, listenToUndo } from "./frame/keys.js";
import { fitCard } from "./frame/fit.js";
import { isForFingers, isNarrow, layoutFor, panelsBeside } from "./frame/layout.js";
import { linkQuantities } from "./kit/links.js";
import { listenToTouch } from "./frame/touch.js";
import { createPanels } from "./panels/panels.js";
import { nodeInWords } from "./stage/titles.js";
import { openable } from "./score/openings.js";
import { fillWords } from "./kit/slots.js";
import { lossNow } from "./state/news.js";
import { createOrder } from "./frame/order.js";
import { nextPhase, phaseRuns, previousPhase } from "./score/phases.js";
import { createStage } from "./stage/stage.js";
import { createTransport } from "./frame/transport.js";

/** @typedef {import("./score/schema.js").Score} Score */
/** @typedef {import("./panels/panels.js").State} State */
/**
 * What every variant's card has in common.
 *
 * @typedef {object} Kept
 * @property {ReturnType<typeof import("./controls/controls.js").createControls>} controls
 * @property {HTMLElement[]} tools
 * @property {HTMLElement} spoken
 * @property {import("./frame/transport.js").Pace} pace
 * @property {(text: string) => void} say
 */

/**
 * @param {State} state
 * @param {Kept} kept
 * @param {() => void} redraw asks for another frame
 */
export function createCard(state, kept, redraw) {
  const { score, choices } = state.telling();
  const transport = createTransport(score, state.beat, state.goTo, kept.pace);
  const step = (/** @type {number} */ index) => {
    transport.pause();
    state.goTo(index);
  };
  const header = createHeader(score, step, kept.controls.reset, kept.tools, choices);
  const stage = createChoosingStage(score, state, kept);
  const panels = createPanels(score, state, kept.say);
  const parts = [header, stage, transport, kept.controls, panels];
  const [card, ordered] = assemble(score, parts, kept.spoken);
  const order = createOrder(ordered);
  const ways = jumps(score, state.beat, step);
  linkQuantities(card);
  listenToKeys(card, ways, transport.toggle);
  listenToTouch(stage.picture, ways, (target) => target.closest(".bpviz-node[role=button]") !== null || (state.hasPanel("slice") && target.closest(".bpviz-label, [role=button]") !== null));
  listenToUndo(card, state.history);
  return {
    element: card,
    /** Take the room there is, as the layout for it says. */
    fit(/** @type {HTMLElement} */ root, /** @type {import("./frame/room.js").Room} */ room) {
      const layout = layoutFor(room);
      root.dataset.layout = layout;
      root.toggleAttribute("data-fingers", isForFingers(room));
      panels.putBeside(panelsBeside(layout, room));
      const presents = root.classList.contains("bpviz-presenting");
      order.put(layout, { narrow: isNarrow(room), presents });
      stage.enlarge(presents);
      fitCard(card, { header, stage, transport, controls: kept.controls, panels }, root, room);
      redraw();
    },
    draw: drawer(state, parts, (isNews) => kept.say(whatIsNew(state, isNews ? stage.text() : "", panels.verdict))),
    putOnPaper(/** @type {boolean} */ on) {
      panels.putOnPaper(on);
      order.putOnPaper(on);
    },
    stop: transport.pause,
  };
}

/**
 * A stage on which nodes can be opened, and trained weights can be chosen, where there is a slice to follow them, or a
 * folded group of sliders.
 *
 * @param {Score} score
 * @param {State} state
 * @param {Kept} kept
 */
function createChoosingStage(score, state, { say, controls }) {
  const slices = state.hasPanel("slice");
  const chooses = slices || controls.folds;
  const template = slices ? score.words.slice_choose : score.words.bring_slider;
  const choose = (/** @type {string} */ weight) => {
    if (slices) state.write({ slice_of: weight, front: "slice" });
    controls.bring(weight);
  };
  const nodes = openable(state.whole);
  const open = (/** @type {string} */ node) => {
    state.open(node);
    say(fillWords(score.words.said_opened, { what: nodeInWords(node, score, (name) => state.value(name, state.beat())) }));
  };
  const stage = createStage(score, say, (diagram, scene, inHall) => {
    if (chooses && !inHall) connectEdges(diagram, scene, score, template, choose);
    connectNodes(diagram, scene, score, nodes, open);
  });
  if (chooses) connectChips(stage.element, score, choose);
  return stage;
}

/**
 * @param {State} state
 * @param {string} beat what a new beat tells
 * @param {() => string} verdict of the panels
 * @returns {string} what is said aloud
 */
function whatIsNew(state, beat, verdict) {
  const done = state.news.take();
  const after = done.length ? [lossNow(state), verdict()] : [];
  return [...done, ...after, beat].filter(Boolean).join(" ");
}

/**
 * What brings all parts up to date.
 *
 * @param {State} state
 * @param {import("./kit/slots.js").Part[]} parts
 * @param {(isNews: boolean) => void} told called in the end; isNews: another beat is shown than before
 */
function drawer(state, parts, told) {
  let shown = -1;
  return () => {
    const beat = state.beat();
    const news = beat !== shown;
    state.run();
    for (const part of parts) {
      if (news) part.showBeat(beat);
      part.paint((name) => state.value(name, beat));
    }
    told(news && shown >= 0);
    shown = beat;
  };
}

/**
 * The ways the keyboard moves through the story.
 *
 * @param {Score} score
 * @param {() => number} beat
 * @param {(index: number) => void} step
 * @returns {import("./frame/keys.js").Jumps}
 */
function jumps(score, beat, step) {
  const runs = phaseRuns(score);
  return {
    previous: () => step(beat() - 1),
    next: () => step(beat() + 1),
    first: () => step(0),
    last: () => step(score.beats.length - 1),
    previousPhase: () => step(previousPhase(runs, beat())),
    nextPhase: () => step(nextPhase(runs, beat())),
  };
}

/**
 * The card everything stands on. It can take the focus itself: a click beside a control still gives the player the keys.
 *
 * @param {Score} score
 * @param {import("./kit/slots.js").Part[]} parts
 * @param {Element} spoken
 * @returns {[HTMLElement, import("./frame/order.js").Ordered]} the card, and its parts for the order that a layout wants
 */
function assemble(score, parts, spoken) {
  const [header, stage, transport, controls, panels] = parts.map(({ element }) => element);
  const aside = html("div", { class: "bpviz-aside" }, controls, panels);
  const looks = { class: "bpviz-card", tabindex: -1, "aria-label": score.title };
  const card = ownsKeys(html("section", looks, header, stage, transport, aside, spoken));
  const tools = /** @type {Element} */ (header.lastElementChild);
  return [card, { header, stage, transport, aside, controls, panels, tools }];
}
