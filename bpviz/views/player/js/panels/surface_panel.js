/** The surface: the loss over two weights as a map, and the path that training takes on it, from a start that one can drag. */

import { createPairChooser } from "./choose_pair.js";
import { html, setText } from "../kit/dom.js";
import { createHandle } from "../kit/handle.js";
import { sayNumber, sayToken } from "../kit/saying.js";
import { fillWords } from "../kit/slots.js";
import { panelHeading } from "./heading.js";
import { createMap } from "./surface_map.js";
import { createGrounds, FINER } from "./surface_ground.js";
import { regimeBeside } from "./surface_regimes.js";
import { leavesMap, lowestOf, viewKey, viewOf, wayOf } from "./surface_view.js";
import { hiddenWords, legendWords, mapWords, numberWords, regimeWords } from "./surface_words.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_ground.js").Ground} Ground */
/** @typedef {import("./surface_view.js").View} View */
/** @typedef {{view: View, ground: Ground, on: string}} Shown on: the ground's key, and how large it is */

const REST = 200; // milliseconds without a change

/**
 * @param {Score} score one that trains two givens at least
 * @param {State} state
 * @returns {import("./panels.js").PanelPart}
 */
export function createSurfacePanel(score, state) {
  const { words } = score;
  const chooser = createPairChooser(score, state);
  const map = createMap(() => draw());
  const mover = createMover(score, state, map.element);
  const told = createTold(score, state, map.say);
  const picture = createPicture(createGrounds(score, state), map, told);
  let drawn = "";
  const draw = () => {
    const names = chooser.pair();
    const news = `${viewKey(score, state, names)} ${map.size()} ${map.scale()}`;
    if (news === drawn) return;
    drawn = news;
    const view = viewOf(score, state, names);
    chooser.paint(names);
    mover.paint(view, map.frame(view.ranges));
    picture.paint(view);
  };
  return {
    element: html("section", { class: "bpviz-panel bpviz-surface", "aria-label": words.surface },
      html("div", { class: "bpviz-panel-head" }, panelHeading(words.surface), html("div", { class: "bpviz-pair" }, ...chooser.elements, told.regime)),
      html("div", { class: "bpviz-map" }, map.element, mover.element),
      ...told.elements,
    ),
    verdict: told.verdict,
    showBeat() {},
    paint: draw,
  };
}

/**
 * What the map shows: the ground is drawn again only where it changes, coarse and then, at rest, finer.
 *
 * @param {ReturnType<typeof createGrounds>} grounds
 * @param {ReturnType<typeof createMap>} map
 * @param {ReturnType<typeof createTold>} told
 */
function createPicture(grounds, map, told) {
  /** @type {Shown | undefined} */
  let shown;
  let timer = 0;
  const drawGround = (/** @type {View} */ view, /** @type {number} */ every) => {
    const ground = grounds.compute(view, every);
    map.drawGround(ground);
    map.element.dataset.fine = String(every > 1);
    return ground;
  };
  const drawWay = (/** @type {Shown} */ { view, ground }) => {
    const lowest = lowestOf(view, ground.lowest);
    map.drawWay(wayOf(view, lowest?.at));
    told.paint(view, { ...ground, lowest });
  };
  const refine = () => {
    if (!shown) return;
    shown.ground = drawGround(shown.view, FINER);
    drawWay(shown);
  };
  return {
    paint(/** @type {View} */ view) {
      const on = `${grounds.key(view)} ${map.size()}`;
      if (shown?.on !== on) {
        clearTimeout(timer);
        timer = setTimeout(refine, REST);
      }
      shown = { view, on, ground: shown?.on === on ? shown.ground : drawGround(view, 1) };
      drawWay(shown);
    },
  };
}

/**
 * What stands under the map in words, and for those who do not see it.
 *
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} say gives the map its description
 */
function createTold(score, state, say) {
  const numbers = html("p", { class: "bpviz-now-line bpviz-surface-numbers" });
  const [name, means, hidden] = [html("strong"), html("span"), html("span")];
  return {
    regime: name,
    elements: [numbers, html("p", { class: "bpviz-words" }, means, " ", hidden, " ", html("span", {}, legendWords(score)))],
    verdict: () => `${name.textContent} ${means.textContent}`.trim(),
    paint(/** @type {View} */ view, /** @type {Ground} */ ground) {
      const lowest = ground.lowest?.loss;
      const [regime, meaning] = regimeWords(score, regimeBeside(view.regime, view.path, lowest), view.path);
      const [counted, unseen] = [numberWords(score, state, view.path, lowest), hiddenWords(score, view.names, ground, leavesMap(view))];
      setText(numbers, counted);
      setText(name, regime);
      setText(means, meaning);
      setText(hidden, unseen);
      say([mapWords(score, view.names), counted, regime, meaning, unseen].filter(Boolean).join(" "));
    },
  };
}

/**
 * The start, which changes two givens; the others go back to where training began.
 *
 * @param {Score} score
 * @param {State} state
 * @param {Element} map
 */
function createMover(score, state, map) {
  const { words, givens, program, quantities } = score;
  /** @type {{view: View, box: import("../kit/contours.js").Box} | undefined} */
  let shown;
  const told = ({ names, at } = /** @type {View} */ ({})) =>
    names.map((name, k) => fillWords(words.said_value, { name: sayToken(words, quantities[name].speak), value: sayNumber(words, at[k]) })).join(" ");
  const move = (/** @type {[number, number]} */ to) => {
    if (!shown) return;
    const { names, start } = shown.view;
    const kept = Object.keys(program.feedback).map((name) => [name, start[givens.findIndex((given) => given.name === name)]]);
    state.history.change({ ...Object.fromEntries(kept), [names[0]]: to[0], [names[1]]: to[1] });
  };
  const rest = () => {
    if (shown && state.history.commit()) state.history.tell(told({ ...shown.view, at: now(shown.view) }));
  };
  const now = (/** @type {View} */ { names }) => /** @type {[number, number]} */ (names.map((name) => state.history.walkStart()[givens.findIndex((given) => given.name === name)]));
  const ground = () => shown && { ...shown.view, box: shown.box, at: now(shown.view) };
  const { element, paint, bring } = createHandle(words.surface_handle, map, ground, move, rest);
  map.addEventListener("click", (event) => bring(/** @type {MouseEvent} */ (event)));
  return {
    element,
    paint(/** @type {View} */ view, /** @type {import("../kit/contours.js").Box} */ box) {
      shown = { view, box };
      paint({ ...view, box }, told(view));
    },
  };
}
