/** Boxes around labels. */

import LOOK from "../../../look.json";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */

/** @param {Box} box @returns {Point} */
export function centreOfBox([[left, top], [right, bottom]]) {
  return [(left + right) / 2, (top + bottom) / 2];
}

/** @param {Box} a @param {Box} b @returns {boolean} whether they overlap, or stand side by side without a gap */
export function boxesMeet(a, b) {
  const { apart } = LOOK.settle;
  return a[0][0] < b[1][0] + apart && b[0][0] < a[1][0] + apart && a[0][1] < b[1][1] && b[0][1] < a[1][1];
}

/** @param {Box} box @param {Scene} scene */
export function isInScene([[left, top], [right, bottom]], { width, height }) {
  return left >= LOOK.settle.gap && top >= LOOK.settle.gap && right <= width - LOOK.settle.gap && bottom <= height - LOOK.settle.gap;
}

/** @param {Box} box @param {Point} way @returns {Box} */
export function movedBox([low, high], [x, y]) {
  return [[low[0] + x, low[1] + y], [high[0] + x, high[1] + y]];
}
