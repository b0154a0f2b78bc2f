/** Where a chip stands on its edge: in its place, or further along, so that every arrow of the beat is seen to set out and to arrive. */

import { isInTheWay } from "./crossings.js";

/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("./crossings.js").Box} Box */

const PARTS = [0.5, 0.58, 0.42, 0.66, 0.34, 0.72, 0.28]; // of the way along the edge, the first that will do
const [SPARED, TIP] = [6, 10]; // diagram units that are free around a chip, and at the ends of an arrow

/**
 * @param {Box} box where the chip stands
 * @param {SceneEdge} edge its own
 * @param {SceneEdge[]} arrows those of the beat
 * @param {Box[]} taken where others stand
 * @returns {Point} how far to move: nowhere, where that is well, or where no place is
 */
export function wayAlong(box, edge, arrows, taken) {
  const others = arrows.filter(({ id }) => id !== edge.id);
  if (others.length === arrows.length || edge.via?.length) return [0, 0];
  const isWell = (/** @type {Point} */ way) => {
    const moved = /** @type {Box} */ (box.map(([x, y]) => [x + way[0], y + way[1]]));
    const hidesTip = [edge.start, edge.end].some((end) => meets(moved, [end, end], TIP));
    return !hidesTip && !isInTheWay(others, grown(moved, SPARED)) && !taken.some((other) => meets(moved, other, 1));
  };
  const middle = [0, 1].map((axis) => (box[0][axis] + box[1][axis]) / 2);
  const ways = PARTS.map((part) => /** @type {Point} */ (middle.map((at, axis) => edge.start[axis] + part * (edge.end[axis] - edge.start[axis]) - at)));
  return [/** @type {Point} */ ([0, 0]), ...ways].find(isWell) ?? [0, 0];
}

/**
 * @param {Box} box
 * @param {number} around
 * @returns {Box}
 */
function grown([[left, top], [right, bottom]], around) {
  return [[left - around, top - around], [right + around, bottom + around]];
}

/**
 * @param {Box} one
 * @param {Box} other
 * @param {number} apart how far apart they are at least, if they do not meet
 */
function meets(one, other, apart) {
  const [low, high] = grown(one, apart);
  return [0, 1].every((axis) => low[axis] < other[1][axis] && high[axis] > other[0][axis]);
}
