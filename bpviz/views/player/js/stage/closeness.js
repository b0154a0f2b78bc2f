/** Where there is little height: formulas close up, so that the diagram is as large at every beat of a phase. */

import { createReserve } from "./reserve.js";

/** Classes of the picture, for the formula behind it: as usual; its rows nearer; close together; small letters, too; in a line. */
const LOOKS = [[], ["bpviz-near"], ["bpviz-close"], ["bpviz-close", "bpviz-small"], ["bpviz-close", "bpviz-small", "bpviz-folded"]];
const [CLOSELY, SMALLER, FOLDED] = [2, 3, 4];
const MUCH_LOWER = 0.8; // than the middle height: rather than that, rows follow each other
const HAIR = 0.5; // CSS pixels, for heights that are rounded

/**
 * @param {import("./reserve.js").Measured[]} parts
 * @param {Element} picture
 * @param {() => number} height that the parts leave the diagram
 * @param {() => void} fit what is shown to its look
 */
export function createCloseness(parts, picture, height, fit) {
  const kept = LOOKS.map(() => createReserve(parts));
  /** @type {Map<string, number>} */
  const known = new Map(); // what each phase leaves in a room
  const dress = (/** @type {number} */ look) => {
    for (const name of LOOKS.flat()) picture.classList.toggle(name, LOOKS[look].includes(name));
  };
  const left = (/** @type {number} */ look, /** @type {number} */ beat, /** @type {number} */ most, isShown = false) => {
    dress(look);
    kept[look].keep([beat], most);
    if (isShown) fit();
    else for (const { element } of parts) holdDown(/** @type {HTMLElement} */ (element)); // what is shown may need more
    return height();
  };
  return {
    forget() {
      for (const one of kept) one.forget();
      known.clear();
    },
    /** The room that all these beats need, as usual. */
    keep(/** @type {number[]} */ beats, /** @type {number} */ most) {
      dress(0);
      kept[0].keep(beats, most);
    },
    /**
     * @param {number[]} beats
     * @param {number} most that a part may take
     * @param {(height: number) => boolean} isEnough
     * @returns {number} the height that each of them leaves the diagram, as close together as need be; but for those that
     *   leave it too little, if others do not
     */
    leastLeft(beats, most, isEnough) {
      const key = `${beats} ${most}`;
      const found = known.get(key) ?? leastOf(beats, (look, beat) => left(look, beat, most), isEnough);
      known.set(key, found);
      return found;
    },
    /** No closer together at a beat than a diagram of a height needs. */
    keepFree(/** @type {number} */ beat, /** @type {number} */ most, /** @type {number} */ wanted) {
      let look = 0;
      while (left(look, beat, most, true) + HAIR < wanted && look < LOOKS.length - 1) look += 1;
    },
  };
}

/**
 * @param {number[]} beats
 * @param {(look: number, beat: number) => number} left
 * @param {(height: number) => boolean} isEnough
 */
function leastOf(beats, left, isEnough) {
  const heightAt = (/** @type {number} */ beat) => {
    for (const look of [CLOSELY, SMALLER]) {
      const height = left(look, beat);
      if (isEnough(height)) return height;
    }
    return left(FOLDED, beat);
  };
  const heights = beats.map(heightAt);
  const middle = [...heights].sort((one, other) => one - other)[Math.floor(heights.length / 2)];
  const isLow = (/** @type {number} */ height) => height < MUCH_LOWER * middle;
  const possible = heights.map((height, at) => (isLow(height) ? Math.max(height, left(FOLDED, beats[at])) : height));
  const large = possible.filter(isEnough);
  return Math.min(...(large.length ? large : possible));
}

/** @param {HTMLElement} element to be no higher than the room that is kept for it, until other room is kept */
function holdDown({ style }) {
  style.maxHeight = style.minHeight;
}
