/** The player: evaluates the score's program and shows its beats. It knows nothing about neural networks. */

import { createCard } from "./card.js";
import { createControls } from "./controls/controls.js";
import { firstTable } from "./engine/data_train.js";
import { html, rememberFocus } from "./kit/dom.js";
import { areFacesHere, facesReady } from "./kit/faces.js";
import { createPresenter } from "./frame/present.js";
import { panelsProblem, scoreProblem } from "./score/schema.js";
import { createState, keepDrawn } from "./state/state.js";
import { createSwitches } from "./controls/switches.js";
import { plainScore } from "./score/variants.js";

/** @typedef {import("./score/schema.js").WholeScore} WholeScore */
/** @typedef {import("./state/state.js").Model} Model */
/** @typedef {ReturnType<typeof createCard>} Card */

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
 * @param {WholeScore} score
 * @param {HTMLElement} el
 */
function start(model, score, el) {
  const root = html("div", { class: "bpviz", lang: score.lang });
  /** @type {Card} */
  let card;
  const kept = createKept(model, score, root, () => card);
  const mount = () => {
    const looks = { tableOpen: card?.tableOpen() ?? false, large: root.classList.contains("bpviz-presenting") };
    const focus = rememberFocus(card?.element);
    root.style.minHeight = `${root.offsetHeight}px`; // so that nothing scrolls before the new card has its height
    card?.stop();
    const next = createCard(createState(model, score, variantOf(model, score)), kept, looks, () => drawing.redraw());
    root.replaceChildren(next.element);
    focus(next.element);
    requestAnimationFrame(() => (root.style.minHeight = ""));
    card = next;
  };
  el.replaceChildren(root);
  const drawing = keepDrawn(model, score, () => {
    const before = card;
    if (card?.state.variant !== variantOf(model, score)) mount();
    card.draw();
    if (before && before !== card) for (const motion of root.getAnimations({ subtree: true })) motion.finish();
  });
  if (!areFacesHere()) facesReady().then(() => root.isConnected && card?.fit());
  return () => {
    card.stop();
    drawing.stop();
    el.replaceChildren();
  };
}

/**
 * @param {Model} model
 * @param {WholeScore} score
 * @returns {number} the variant shown
 */
function variantOf(model, { variants }) {
  return Math.min(Math.max(Math.round(model.get("variant")) || 0, 0), variants.length - 1);
}

/**
 * What stays as it is while variants change.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {HTMLElement} root
 * @param {() => Card} card the one shown
 * @returns {import("./card.js").Kept}
 */
function createKept(model, score, root, card) {
  const spoken = html("div", { class: "bpviz-spoken", "aria-live": "polite" });
  const say = (/** @type {string} */ text) => spoken.replaceChildren(text);
  const history = () => card().state.history;
  const hand = {
    change: (/** @type {Record<string, number>} */ values) => history().change(values),
    commit: () => history().commit(),
    reset: (/** @type {Record<string, number>} */ values) => history().reset(values, firstTable(score)),
  };
  const choose = (/** @type {number} */ other) => history().switchTo(other);
  const wanted = score.switches.length > 0 && model.get("panels").includes("switches");
  const switches = wanted ? createSwitches(score, () => variantOf(model, score), choose) : null;
  return {
    spoken,
    say,
    pace: { chosen: 0 },
    controls: createControls(plainScore(score, 0), hand, say, switches),
    present: createPresenter(root, score.words, (on) => card().enlarge(on)),
  };
}
