/** Labels in the way: where many edges cross, the label of one may stand on a line that belongs to the story now. */

import LOOK from "../../../look.json";

/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {{start: Point, via?: Point[], end: Point}} Line */
/** @typedef {[Point, Point]} Box its upper left and its lower right corner */

/**
 * @param {Line} line
 * @returns {Point[]} its start, its bends and its end
 */
export function pointsOf({ start, via = [], end }) {
  return [start, ...via, end];
}

/**
 * @param {Line[]} lines
 * @param {Box} box
 * @returns {boolean} whether a label there would hide a part of one of the lines; less than that is only a corner
 */
export function isInTheWay(lines, box) {
  return lines.some((line) => lengthInside(line, box) > LOOK.settle.hides);
}

/**
 * @param {Line} line
 * @param {Point} point
 * @returns {number} how far the point is from the line
 */
export function distanceTo(line, [x, y]) {
  const points = pointsOf(line);
  const distances = points.slice(1).map(([bx, by], at) => {
    const [ax, ay] = points[at];
    const part = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1);
    const near = Math.min(Math.max(part, 0), 1);
    return Math.hypot(ax + near * (bx - ax) - x, ay + near * (by - ay) - y);
  });
  return Math.min(...distances);
}

/**
 * @param {Line} line
 * @param {Box} box
 * @returns {number} how much of the line lies inside the box
 */
export function lengthInside(line, box) {
  const points = pointsOf(line);
  return points.slice(1).reduce((sum, end, at) => sum + lengthOfPart(points[at], end, box), 0);
}

/**
 * @param {Line} line
 * @param {Line} other
 * @returns {boolean} whether one goes to the other side of the other
 */
export function linesCross(line, other) {
  const parts = (/** @type {Line} */ one) => pointsOf(one).slice(1).map((end, at) => /** @type {Point[]} */ ([pointsOf(one)[at], end]));
  const isApart = (/** @type {Point[]} */ [a, b], /** @type {Point[]} */ ends) => ends.map((point) => turnOf(a, b, point)).reduce((x, y) => x * y) < 0;
  return parts(line).some((one) => parts(other).some((two) => isApart(one, two) && isApart(two, one)));
}

/**
 * @param {Point} start
 * @param {Point} end
 * @param {Point} point
 * @returns {number} above 0 where the point lies on one side of the straight line, below 0 on the other
 */
function turnOf(start, end, point) {
  return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0]);
}

/**
 * @param {Point} start of a straight part of a line
 * @param {Point} end
 * @param {Box} box
 * @returns {number} how much of it lies inside the box
 */
function lengthOfPart(start, end, [low, high]) {
  let [first, last] = [0, 1]; // the parts of the way along the line
  for (const axis of [0, 1]) {
    const way = end[axis] - start[axis];
    if (!way && (start[axis] < low[axis] || start[axis] > high[axis])) return 0;
    const meets = way ? [(low[axis] - start[axis]) / way, (high[axis] - start[axis]) / way] : [first, last];
    first = Math.max(first, Math.min(...meets));
    last = Math.min(last, Math.max(...meets));
  }
  return Math.max(last - first, 0) * Math.hypot(end[0] - start[0], end[1] - start[1]);
}
