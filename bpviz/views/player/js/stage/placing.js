/** Who gets which height of the stage: formula and caption what they need, the diagram the rest. */

import { COMFORTABLE } from "./arrangements.js";
import { watchSize } from "../kit/dom.js";
import { createReserve } from "./reserve.js";

/** @typedef {import("./reserve.js").Measured} Measured */
/** @typedef {ReturnType<typeof import("./fitting_diagram.js").createFittingDiagram>} Diagram */

const MOST_SHARE = 0.5; // of the stage, for a formula or a caption that no screen could hold; it scrolls
const LEAST_NUMBER = 12; // CSS pixels: where numbers would be smaller, one rather scrolls

/**
 * @param {import("../score/schema.js").Beat[]} beats
 * @param {Element} stage
 * @param {{diagram: Diagram, formula: Measured & {fit: () => void}, caption: Measured}} parts
 * @param {() => void} changed called after another arrangement has come
 */
export function createPlacing(beats, stage, { diagram, formula, caption }, changed) {
  const reserve = createReserve([formula, caption]);
  const all = beats.map((_, index) => index);
  const picture = diagram.element;
  let beat = 0;
  let tight = false; // so that each beat has its own heights
  /** @type {number | null} */
  let limit = null;
  /** @returns {[number, number]} width and height that the diagram has, in CSS pixels */
  const room = () => {
    const { clientWidth: width, clientHeight: height } = picture;
    return [width, limit === null ? height : limit - (stage.clientHeight - height)];
  };
  const place = () => {
    const phase = all.filter((index) => beats[index].phase === beats[beat].phase);
    const most = limit === null ? MOST_SHARE * stage.clientHeight : Infinity;
    reserve.keep(all, most);
    if (limit === null && diagram.numbersIn(...room()) < COMFORTABLE) reserve.keep(phase, most);
    tight = limit === null && diagram.numbersIn(...room()) < LEAST_NUMBER;
    if (tight) reserve.keep([beat], most); // rather than tiny numbers
    const [width, height] = room();
    const scrolls = limit !== null && diagram.numbersIn(width, height) < LEAST_NUMBER;
    if (diagram.fitTo(width, scrolls ? Infinity : height)) changed();
    formula.fit();
  };
  watchSize(picture, () => requestAnimationFrame(() => limit === null && stage.isConnected && place())); // panels have grown, or so
  return {
    /** In another phase other heights are needed, and in the lowest rooms at another beat. */
    showBeat(/** @type {number} */ next) {
      const another = tight || beats[next].phase !== beats[beat].phase;
      beat = next;
      if (another && stage.clientWidth) place();
    },
    /**
     * Fill the height that the style sheet gives, or be as high as need be, about a limit.
     *
     * @param {number | null} most the limit, in CSS pixels
     * @returns {number} the height that the stage can make use of
     */
    fit(most) {
      limit = most;
      reserve.measure();
      place();
      return stage.clientHeight - picture.clientHeight + diagram.naturalHeight(picture.clientWidth);
    },
  };
}
