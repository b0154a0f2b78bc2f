/** The player: evaluates the score's program and shows its beats. It knows nothing about neural networks. */

import { createCard } from "./card.js";
import { createControls } from "./controls/controls.js";
import { html, rememberFocus } from "./kit/dom.js";
import { bringFaces } from "./kit/faces.js";
import { followTheme } from "./kit/theme.js";
import { watchPaper } from "./frame/paper.js";
import { createPresenter } from "./frame/present.js";
import { createMapPresenter } from "./frame/present_map.js";
import { createRandomStart } from "./controls/random_start.js";
import { takeFreeKeys } from "./frame/keys.js";
import { watchRoom } from "./frame/room.js";
import { panelsProblem, scoreProblem } from "./score/schema.js";
import { createSpeaker } from "./kit/speaker.js";
import { createState, keepDrawn } from "./state/state.js";
import { createSwitches } from "./controls/switches.js";
import { plainScore } from "./score/variants.js";

/** @typedef {import("./state/state.js").Model} Model */
/** @typedef {import("./state/state.js").State} State */
/** @typedef {ReturnType<typeof createCard>} Card */
/** @typedef {(state: State, say: (text: string) => void) => HTMLElement[]} MoreTools what a page adds to the header */

/**
 * Show a player in an element, as anywidget asks for it.
 *
 * @param {{model: Model, el: HTMLElement, moreTools?: MoreTools, alone?: boolean}} place alone: the page is the player's own
 * @returns {() => void} removes everything again
 */
export function render({ model, el, moreTools = () => [], alone = false }) {
  const score = model.get("score");
  const problem = scoreProblem(score) || panelsProblem(model.get("panels"));
  if (problem) {
    const refusal = `This player cannot read its score: ${problem}.`;
    return place(html("p", { class: "bpviz bpviz-refusal", role: "alert" }, refusal), el);
  }
  return start(createState(model, score), el, moreTools, alone);
}

/**
 * Put an element beside what its host has there, such as a style sheet, and let it follow the host's theme.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} el
 * @returns {() => void} removes it again
 */
function place(root, el) {
  el.append(root);
  const leaveTheme = followTheme(root);
  return () => {
    leaveTheme();
    root.remove();
  };
}

/**
 * @param {State} state
 * @param {HTMLElement} el
 * @param {MoreTools} moreTools
 * @param {boolean} alone
 */
function start(state, el, moreTools, alone) {
  const root = html("div", { class: "bpviz", lang: state.whole.lang });
  /** @type {Card} */
  let card;
  /** @type {import("./frame/room.js").Room | null} */
  let room = null;
  const fit = () => room && card.fit(root, room);
  const kept = createKept(state, createPresenters(state, root, fit), moreTools);
  const mount = () => {
    root.style.minHeight = `${root.offsetHeight}px`; // so that nothing scrolls before the new card has its height
    card?.stop();
    card = createCard(state, kept, () => drawing.redraw());
    root.replaceChildren(card.element);
    fit();
    requestAnimationFrame(() => (root.style.minHeight = ""));
  };
  const remove = place(root, el);
  const drawing = keepDrawn(state, () => {
    const isNew = state.follow();
    const focus = isNew ? rememberFocus(card?.element) : () => {};
    if (isNew || !card) mount();
    card.draw();
    focus(card.element);
    if (isNew) for (const motion of root.getAnimations({ subtree: true })) motion.finish();
  });
  const leave = [
    watchRoom(root, (next) => ((room = next), fit())),
    watchPaper((on) => (card.putOnPaper(on), card.draw())),
    takeFreeKeys(root, () => card.element, alone),
    bringFaces(root, () => root.isConnected && fit()),
  ];
  return () => {
    card.stop();
    drawing.stop();
    for (const each of [...leave, remove]) each();
  };
}

/**
 * @param {State} state
 * @param {HTMLElement} root
 * @param {() => void} fit
 * @returns {HTMLButtonElement[]} what begins and ends presenting, and what leads to the surface in it
 */
function createPresenters({ model, whole: { words, variants }, hasPanel, write }, root, fit) {
  if (!hasPanel("surface") || variants.every(({ program }) => program.trained.length < 2)) return [createPresenter(root, words, fit)];
  const map = createMapPresenter(root, words, () => write({ front: "surface" }), fit);
  const present = createPresenter(root, words, (on) => {
    map.turn(on && model.get("front") === "surface");
    fit();
  });
  return [map.button, present];
}

/**
 * What stays as it is while variants change.
 *
 * @param {State} state
 * @param {HTMLButtonElement[]} present
 * @param {MoreTools} moreTools
 * @returns {import("./card.js").Kept}
 */
function createKept(state, present, moreTools) {
  const { element: spoken, say } = createSpeaker();
  const wanted = state.whole.switches.length > 0 && state.hasPanel("switches");
  const switches = wanted ? createSwitches(state) : null;
  const random = trains(state) ? createRandomStart(state, say) : null;
  return {
    spoken,
    say,
    pace: { chosen: 0 },
    controls: createControls(plainScore(state.whole, 0), state.history, say, switches, random),
    tools: [...present, ...moreTools(state, say)],
  };
}

/** @param {State} state */
function trains({ whole, hasPanel }) {
  const learns = whole.variants.some(({ program }) => program.trained.length > 0);
  return learns && (hasPanel("training") || (hasPanel("data") && whole.data !== undefined));
}
