/** Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label. */

import LOOK from "../../../look.json";
import { isInTheWay } from "./crossings.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneNode} SceneNode */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("./crossings.js").Line} Line */
/**
 * home: where it would stand if there were room; move: puts it so far from there, null: nowhere; isTold: whether its beat
 * tells it, so that it rather stands farther away than not at all.
 *
 * @typedef {{anchor: string, isTold: boolean, home: () => Box, move: (way: Point | null) => void}} Label
 */
/** @typedef {{id: string, x: number, y: number, r: number}} Circle */

const STEPS_ASIDE = everyWay();

/** @returns {Point[]} steps in every direction, the shortest first */
function everyWay() {
  const steps = (/** @type {number} */ size) => {
    const most = Math.floor(LOOK.settle.farthest / size);
    return Array.from({ length: 2 * most + 1 }, (_, k) => (k - most) * size);
  };
  const all = steps(LOOK.settle.aside).flatMap((x) => steps(LOOK.settle.down).map((y) => /** @type {Point} */ ([x, y])));
  return all.filter((way) => lengthOfStep(way) <= LOOK.settle.farthest).sort((a, b) => lengthOfStep(a) - lengthOfStep(b));
}

/**
 * @param {Point} way
 * @returns {number} its length, where one to the left counts as more than one to the right, and one up or down too
 */
function lengthOfStep([x, y]) {
  return Math.hypot(x < 0 ? LOOK.settle.left * x : x, LOOK.settle.steep * y);
}

/**
 * @param {Label[]} labels what matters most first
 * @param {Scene} scene
 * @param {string[]} focus nodes with a ring
 * @param {Line[]} lit the edges of the beat, which no label that is not told should hide
 */
export function settle(labels, scene, focus, lit) {
  const circles = scene.nodes.map(({ id, x, y, w }) => ({ id, x, y, r: w / 2 + LOOK.settle.gap + (focus.includes(id) ? LOOK.settle.ring : 0) }));
  /** @type {Box[]} */
  const taken = [];
  for (const label of labels) {
    const home = label.home();
    const own = ownerOf(label.anchor, circles, scene);
    const isFree = (/** @type {Point} */ way, /** @type {Circle | null} */ nearTo) => {
      const box = movedBox(home, way);
      return isInScene(box, scene) && !taken.some((other) => boxesMeet(box, other)) && keepsClear(box, circles, nearTo);
    };
    const isQuiet = (/** @type {Point} */ way) => lengthOfStep(way) <= LOOK.settle.nearby && !isInTheWay(lit, movedBox(home, way));
    const way = label.isTold
      ? (STEPS_ASIDE.find((step) => isFree(step, own)) ?? STEPS_ASIDE.find((step) => isFree(step, null)))
      : STEPS_ASIDE.find((step) => isQuiet(step) && isFree(step, own));
    label.move(way ?? null);
    if (way) taken.push(movedBox(home, way));
  }
}

/**
 * @param {string} anchor
 * @param {Circle[]} circles
 * @param {Scene} scene
 * @returns {Circle | null} the node that a label belongs to; null: it stands on an edge
 */
function ownerOf(anchor, circles, { anchors, edges }) {
  if (edges.some(({ id }) => id === anchor)) return null;
  const [x, y] = anchors[anchor];
  const far = (/** @type {Circle} */ circle) => Math.hypot(circle.x - x, circle.y - y);
  return circles.reduce((best, circle) => (far(circle) < far(best) ? circle : best), circles[0]);
}

/**
 * @param {Box} box
 * @param {Circle[]} circles
 * @param {Circle | null} own
 * @returns {boolean} whether a label there covers no circle and, if it has one of its own, is no nearer to any other
 */
function keepsClear(box, circles, own) {
  const mine = own ? gapBetween(box, own) : 0;
  return circles.every((circle) => {
    const other = gapBetween(box, circle);
    return other >= 0 && (!own || other >= mine);
  });
}

/**
 * @param {Box} box
 * @param {Circle} circle
 * @returns {number} from the box to the circle; less than 0 where they meet
 */
function gapBetween([[left, top], [right, bottom]], { x, y, r }) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - r;
}

/** @param {Box} a @param {Box} b */
function boxesMeet(a, b) {
  return a[0][0] < b[1][0] && b[0][0] < a[1][0] && a[0][1] < b[1][1] && b[0][1] < a[1][1];
}

/** @param {Box} box @param {Scene} scene */
function isInScene([[left, top], [right, bottom]], { width, height }) {
  return left >= LOOK.settle.gap && top >= LOOK.settle.gap && right <= width - LOOK.settle.gap && bottom <= height - LOOK.settle.gap;
}

/** @param {Box} box @param {Point} way @returns {Box} */
function movedBox([low, high], [x, y]) {
  return [[low[0] + x, low[1] + y], [high[0] + x, high[1] + y]];
}
