/** The diagram as it fits its room: the usual arrangement of its scene, or another that shows larger numbers there. */

import { arrangementsInHall, arrangementsOf, bestIn, scaleIn } from "./arrangements.js";
import { html } from "../kit/dom.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("./arrangements.js").Arrangement} Arrangement */
/**
 * fitTo: for a room in CSS pixels, true where another arrangement is shown now; enlarge: for a hall, or not;
 * naturalHeight: what it would take of a width, without any limit; numbersIn: how high its numbers are in a room;
 * heightIn: how much of a room's height it takes; heightFor: which height shows numbers of a size, where its width allows that.
 *
 * @typedef {object} Fitting
 * @property {(width: number, height: number) => boolean} fitTo
 * @property {(large: boolean) => void} enlarge
 * @property {(width: number) => number} naturalHeight
 * @property {(width: number, height: number) => number} numbersIn
 * @property {(width: number, height: number) => number} heightIn
 * @property {(width: number, number: number) => number} heightFor
 */

/**
 * @param {Score} score
 * @param {import("./arrangements.js").Connect} connect
 * @returns {Part & Fitting & {element: HTMLElement}}
 */
export function createFittingDiagram(score, connect) {
  const atHome = arrangementsOf(score, connect);
  const inHall = arrangementsInHall(score, connect);
  let [presenting, beat, repaint] = [false, 0, () => {}];
  let shown = atHome[0];
  let diagram = shown.create();
  const picture = html("div", { class: "bpviz-picture" }, diagram.element);
  picture.addEventListener("focusin", ({ target }) => diagram.point(target instanceof Element ? target : null));
  picture.addEventListener("focusout", () => diagram.point(null));
  const show = (/** @type {Arrangement} */ next) => {
    [shown, diagram] = [next, next.create()];
    picture.replaceChildren(diagram.element);
    diagram.showBeat(beat);
    repaint();
  };
  const best = (/** @type {number} */ width, /** @type {number} */ height) => bestIn(presenting ? inHall : atHome, width, height);
  return {
    element: picture,
    showBeat(index) {
      beat = index;
      diagram.showBeat(beat);
    },
    paint(reading) {
      repaint = () => diagram.paint(reading);
      repaint();
    },
    enlarge(large) {
      presenting = large;
    },
    fitTo(width, height) {
      const [before, next] = [shown, best(width, height)];
      if (next !== before) show(next);
      const scale = presenting ? scaleIn(next, width, height, Infinity) : scaleIn(next, width, height);
      setSize(/** @type {SVGElement} */ (diagram.element), scale * next.width, scale * next.height);
      return next !== before;
    },
    ...measures(atHome, best, Boolean(score.scene.labels_yield)),
  };
}

/**
 * What is asked before the diagram gets its size.
 *
 * @param {Arrangement[]} all the usual one first, the tall one last
 * @param {(width: number, height: number) => Arrangement} best of a room
 * @param {boolean} yields
 * @returns {Pick<Fitting, "naturalHeight" | "numbersIn" | "heightIn" | "heightFor">}
 */
function measures(all, best, yields) {
  return {
    naturalHeight(width) {
      const free = best(width, Infinity);
      const wanted = yields || free === all[all.length - 1] ? free : all[0];
      return scaleIn(wanted, width, Infinity) * wanted.height;
    },
    numbersIn(width, height) {
      const next = best(width, height);
      return next.number * scaleIn(next, width, height);
    },
    heightIn(width, height) {
      const next = best(width, height);
      return scaleIn(next, width, height) * next.height;
    },
    heightFor(width, number) {
      const airy = best(width, Infinity);
      const next = all.findLast((one) => one.number === airy.number) ?? airy; // with its rows closer together more of it is seen
      return scaleIn(next, width, Infinity, number / next.number) * next.height;
    },
  };
}

/**
 * @param {SVGElement} element
 * @param {number} width in CSS pixels
 * @param {number} height
 */
function setSize({ style }, width, height) {
  style.width = `${width.toFixed(2)}px`;
  style.height = `${height.toFixed(2)}px`;
}
