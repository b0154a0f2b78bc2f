/** The player: evaluates the score's program and shows its beats. It knows nothing about neural networks. */

import { connectEdges } from "./choose_weight.js";
import { createControls } from "./controls.js";
import { html, ownsKeys, watchWidth } from "./dom.js";
import { createHeader } from "./header.js";
import { listenToKeys, listenToUndo } from "./keys.js";
import { linkQuantities } from "./links.js";
import { createPanels } from "./panels.js";
import { nextPhase, phaseRuns, previousPhase } from "./phases.js";
import { createPresenter } from "./present.js";
import { panelsProblem, scoreProblem } from "./schema.js";
import { createStage } from "./stage.js";
import { createState, keepDrawn } from "./state.js";
import { createTable } from "./table.js";
import { createTransport } from "./transport.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./state.js").Model} Model */

/**
 * Show a player in an element, as anywidget asks for it.
 *
 * @param {{model: Model, el: HTMLElement}} place
 * @returns {() => void} removes everything again
 */
export function render({ model, el }) {
  const score = model.get("score");
  const problem = scoreProblem(score) || panelsProblem(model.get("panels"));
  if (problem) {
    const refusal = `This player cannot read its score: ${problem}.`;
    el.replaceChildren(html("p", { class: "bpviz bpviz-refusal", role: "alert" }, refusal));
    return () => el.replaceChildren();
  }
  return start(model, score, el);
}

/**
 * @param {Model} model
 * @param {Score} score
 * @param {HTMLElement} el
 */
function start(model, score, el) {
  const state = createState(model, score);
  const spoken = html("div", { class: "bpviz-spoken", "aria-live": "polite" });
  const say = (/** @type {string} */ text) => spoken.replaceChildren(text);
  const transport = createTransport(score, state.beat, state.goTo);
  const step = (/** @type {number} */ index) => {
    transport.pause();
    state.goTo(index);
  };
  const controls = createControls(score, state.history, say);
  const root = html("div", { class: "bpviz", lang: score.lang });
  const table = createTable(score, say);
  const present = createPresenter(root, score.words, (on) => {
    stage.enlarge(on);
    stage.reserve();
    drawing.redraw();
  });
  const header = createHeader(score, step, controls.reset, [...(state.hasPanel("table") ? [table.button] : []), present]);
  const stage = createStage(score, say);
  const panels = createPanels(score, state);
  if (state.hasPanel("slice")) connectEdges(stage.element, score, state);
  const parts = [header, stage, transport, controls, panels, table];
  const card = assemble(score, ...parts.map((part) => part.element), spoken);
  linkQuantities(card);
  listenToKeys(card, jumps(score, state.beat, step), transport.toggle);
  listenToUndo(card, state.history);
  root.append(card);
  el.replaceChildren(root);
  const drawing = keepDrawn(state, parts, (first) => first || say(stage.text()));
  const stopMeasuring = watchWidth(stage.element, () => {
    stage.reserve();
    drawing.redraw();
  });
  return () => {
    transport.pause();
    stopMeasuring();
    drawing.stop();
    el.replaceChildren();
  };
}

/**
 * The ways the keyboard moves through the story.
 *
 * @param {Score} score
 * @param {() => number} beat
 * @param {(index: number) => void} step
 * @returns {import("./keys.js").Jumps}
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
 * @param {Element[]} parts
 */
function assemble(score, ...parts) {
  return ownsKeys(html("section", { class: "bpviz-card", tabindex: -1, "aria-label": score.title }, ...parts));
}
