/** Who gets which height of the stage: formula and caption what they need, the diagram the rest. */

import { COMFORTABLE } from "./arrangements.js";
import { follow } from "./follow.js";
import { watchSize } from "../kit/dom.js";
import { createReserve } from "./reserve.js";

/** @typedef {import("./reserve.js").Measured} Measured */
/** @typedef {ReturnType<typeof import("./fitting_diagram.js").createFittingDiagram>} Diagram */

const MOST_SHARE = 0.5; // of the stage, for a formula or a caption that no screen could hold; it scrolls
const LEAST_NUMBER = 12; // CSS pixels: where numbers would be smaller, each beat has its own heights
const SMALLEST = { one: 11, column: 11.5 }; // on one screen, and in a column: where they would be smaller, the diagram scrolls
const SCROLLED = { one: 11.2, column: 12 }; // as large as they are then
const LEAST_ROOM = 0.4; // of what is to be seen at once, for a diagram that scrolls

/**
 * @param {import("../score/schema.js").Beat[]} beats
 * @param {Element} stage
 * @param {{diagram: Diagram, formula: Measured & {fit: () => void}, caption: Measured}} parts
 * @param {() => void} changed called after another arrangement has come
 */
export function createPlacing(beats, stage, { diagram, formula, caption }, changed) {
  const parts = [formula, caption];
  const [reserve, close, small] = [createReserve(parts), createReserve(parts), createReserve(parts)]; // where it is tight, where tighter
  const all = beats.map((_, index) => index);
  const picture = diagram.element;
  let [beat, tight, scrolls] = [0, false, false]; // tight: each beat has its own heights; scrolls: the diagram in its room
  /** @type {number | null} */
  let limit = null;
  /** @returns {[number, number]} width and height that the diagram has, in CSS pixels */
  const room = () => {
    const { clientWidth: width, clientHeight: height } = picture;
    return [width, limit === null ? height : limit - (stage.clientHeight - height)];
  };
  const place = () => {
    const phase = all.filter((index) => beats[index].phase === beats[beat].phase);
    const most = mostIn(stage, limit);
    reserve.keep(all, most);
    if (diagram.numbersIn(...room()) < (limit === null ? COMFORTABLE : SMALLEST.column)) reserve.keep(phase, most);
    picture.classList.remove("bpviz-tighter");
    tight = limit === null && diagram.numbersIn(...room()) < LEAST_NUMBER;
    picture.classList.toggle("bpviz-tight", tight);
    if (tight) close.keep([beat], most); // rather than tiny numbers
    const tighter = tight && diagram.numbersIn(...room()) < SMALLEST.one;
    picture.classList.toggle("bpviz-tighter", tighter);
    if (tighter) small.keep([beat], most); // smaller formulas, rather than a diagram that is cut
    scrolls = fitPicture(diagram, room(), limit, changed);
    formula.fit();
  };
  watchSize(picture, () => requestAnimationFrame(() => limit === null && stage.isConnected && place())); // panels have grown, or so
  return {
    /** In another phase other heights are needed, and in the lowest rooms at another beat. */
    showBeat(/** @type {number} */ next) {
      const another = tight || beats[next].phase !== beats[beat].phase;
      beat = next;
      if (another && stage.clientWidth) place();
      else if (scrolls) follow(picture);
    },
    /**
     * Fill the height that the style sheet gives, or be as high as need be, about a limit.
     *
     * @param {number | null} most the limit, in CSS pixels
     * @returns {number} the height that the stage can make use of
     */
    fit(most) {
      limit = most;
      picture.classList.remove("bpviz-tight", "bpviz-tighter"); // which have rows of their own height
      for (const kept of [reserve, close, small]) kept.forget();
      reserve.keep(all, mostIn(stage, limit)); // what the highest beat needs, though it may be another one that is shown
      const others = stage.clientHeight - picture.clientHeight;
      place();
      return others + diagram.naturalHeight(picture.clientWidth);
    },
  };
}

/**
 * @param {Element} stage
 * @param {number | null} limit
 * @returns {number} how high a formula or a caption may get, in CSS pixels
 */
function mostIn(stage, limit) {
  return limit === null ? MOST_SHARE * stage.clientHeight : Infinity;
}

/**
 * The whole diagram in its room, or with numbers that can be read, of which a part is seen.
 *
 * @param {Diagram} diagram
 * @param {[number, number]} room
 * @param {number | null} limit
 * @param {() => void} changed
 * @returns {boolean} whether it scrolls
 */
function fitPicture(diagram, [width, height], limit, changed) {
  const { element: picture } = diagram;
  const way = limit === null ? "one" : "column";
  const whole = diagram.heightFor(width, SCROLLED[way]);
  const scrolls = whole > height + 1 && diagram.numbersIn(width, height) < SMALLEST[way];
  picture.classList.toggle("bpviz-scrolls", scrolls);
  picture.style.height = scrolls && limit !== null ? `${Math.max(height, LEAST_ROOM * limit)}px` : "";
  if (diagram.fitTo(width, scrolls ? whole : height)) changed();
  if (scrolls) follow(picture);
  return scrolls;
}
