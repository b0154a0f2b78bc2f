/** Who gets which height of the stage: formula and caption what they need, the diagram the rest. */

import { COMFORTABLE } from "./arrangements.js";
import { createCloseness } from "./closeness.js";
import { follow } from "./follow.js";
import { watchSize } from "../kit/dom.js";

/** @typedef {import("./reserve.js").Measured} Measured */
/** @typedef {ReturnType<typeof import("./fitting_diagram.js").createFittingDiagram>} Diagram */

const MOST_SHARE = 0.55; // of the stage, for a formula or a caption that no screen could hold; it scrolls
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
export function createPlacing(beats, stage, { diagram, diagram: { element: picture }, formula, caption }, changed) {
  const all = beats.map((_, index) => index);
  let [beat, isNew, tight, scrolls] = [0, false, false, false]; // tight: each beat has its own heights; scrolls: the diagram in its room
  /** @type {number | null} */
  let limit = null;
  const room = () => roomIn(stage, picture, limit);
  const closeness = createCloseness([formula, caption], picture, () => room()[1], formula.fit);
  const place = () => {
    const phase = all.filter((index) => beats[index].phase === beats[beat].phase);
    const most = mostIn(stage, limit);
    closeness.keep(all, most);
    if (diagram.numbersIn(...room()) < (limit === null ? COMFORTABLE : SMALLEST.column)) closeness.keep(phase, most);
    tight = picture.classList.toggle("bpviz-tight", limit === null && diagram.numbersIn(...room()) < LEAST_NUMBER);
    const height = tight ? evenHeight(diagram, room()[0], (isLarge) => closeness.leastLeft(phase, most, isLarge)) : room()[1];
    if (tight) closeness.keepFree(beat, most, height); // rather than tiny numbers
    scrolls = fitPicture(diagram, room(), height, limit, changed);
    picture.style.height = scrolls ? heightOfPart(speaks(beats[beat]) ? null : formula.element, () => room()[1], limit) : "";
    if (scrolls) follow(picture);
    formula.fit();
  };
  watchSize(picture, () => requestAnimationFrame(() => limit === null && stage.isConnected && place())); // panels have grown, or so
  return {
    /** In another phase other heights are needed, and in the lowest rooms at another beat. */
    showBeat(/** @type {number} */ next) {
      const another = tight || beats[next].phase !== beats[beat].phase || (scrolls && speaks(beats[next]) !== speaks(beats[beat]));
      [beat, isNew] = [next, true];
      if (another && stage.clientWidth) place();
    },
    /** After all others, when labels have their places, where a new beat happens is seen. */
    paint() {
      if (isNew && scrolls) follow(picture);
      isNew = false;
    },
    /**
     * Fill the height that the style sheet gives, or be as high as need be, about a limit.
     *
     * @param {number | null} most the limit, in CSS pixels
     * @returns {number} the height that the stage can make use of
     */
    fit(most) {
      limit = most;
      closeness.forget();
      closeness.keep(all, mostIn(stage, limit)); // what the highest beat needs, though it may be another one that is shown
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

/** @param {import("../score/schema.js").Beat} beat @returns {boolean} whether it has a formula */
function speaks({ formula }) {
  return formula.length > 0;
}

/**
 * @param {Element} stage
 * @param {Element} picture
 * @param {number | null} limit
 * @returns {[number, number]} width and height that the diagram has, in CSS pixels
 */
function roomIn(stage, { clientWidth: width, clientHeight: height }, limit) {
  return [width, limit === null ? height : limit - (stage.clientHeight - height)];
}

/**
 * @param {Diagram} diagram
 * @param {number} width
 * @param {(isLarge: (height: number) => boolean) => number} leastLeft
 * @returns {number} of the diagram in a phase whose beats leave it different heights
 */
function evenHeight(diagram, width, leastLeft) {
  const isLarge = (/** @type {number} */ height) => diagram.numbersIn(width, height) >= SMALLEST.one;
  const least = leastLeft(isLarge);
  return isLarge(least) ? diagram.heightIn(width, least) : diagram.heightFor(width, SCROLLED.one); // no more than it takes
}

/**
 * The whole diagram in its room, or with numbers that can be read, of which a part is seen.
 *
 * @param {Diagram} diagram
 * @param {[number, number]} room
 * @param {number} wanted its height, if its numbers are large enough then
 * @param {number | null} limit
 * @param {() => void} changed
 * @returns {boolean} whether it scrolls
 */
function fitPicture(diagram, [width, height], wanted, limit, changed) {
  const way = limit === null ? "one" : "column";
  const size = diagram.numbersIn(width, wanted) < SMALLEST[way] ? diagram.heightFor(width, SCROLLED[way]) : wanted;
  const scrolls = size > height + 1;
  diagram.element.classList.toggle("bpviz-scrolls", scrolls);
  if (diagram.fitTo(width, scrolls ? size : wanted)) changed();
  return scrolls;
}

/**
 * Of a diagram that scrolls, as much as there is room for.
 *
 * @param {Element | null} empty what has nothing to say at this beat, and leaves its room
 * @param {() => number} left the height that is left then
 * @param {number | null} limit
 * @returns {string} the height of what is seen, as styles have it
 */
function heightOfPart(empty, left, limit) {
  if (empty instanceof HTMLElement) empty.style.minHeight = "0";
  return limit === null ? "" : `${Math.max(left(), LEAST_ROOM * limit)}px`;
}
