/** Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label. */

import LOOK from "../../../look.json";
import { watchEnds } from "./arrow_ends.js";
import { distanceTo, isInTheWay, lengthInside, pointsOf } from "./crossings.js";
import { boxesMeet, centreOfBox, isInScene, movedBox } from "./label_boxes.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("./crossings.js").Line} Line */
/**
 * home: where it would stand if there were room; move: puts it so far from there, null: nowhere; isNeeded: whether its beat
 * tells it, or calculates with it, so that it rather stands farther away than not at all.
 *
 * @typedef {{anchor: string, isNeeded: boolean, home: () => Box, move: (way: Point | null) => void}} Label
 */
/** @typedef {{x: number, y: number, r: number, flat: number}} Circle or what is wider by `flat` at its left and its right */
/** @typedef {{anchor: string, start: Point, end: Point}} Leader a line from a label to what it belongs to */

/**
 * How many times as near a label is to its own node or edge as to any other; in diagram units how much nearer to its node
 * at least, and how far a value may stand below the middle of its node, or what comes back above it.
 */
const { clearly: CLEARLY, nearer: NEARER, level: LEVEL } = LOOK.settle;
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
 * @param {SceneEdge[]} lit the edges of the beat, which no label that is not needed should hide
 * @param {import("./arrow_ends.js").ArrowEnd[]} ends of what runs back: of each arrow one at least should be seen
 * @returns {Leader[]} from labels that stand where one could take them for another's to what they belong to
 */
export function settle(labels, scene, focus, lit, ends) {
  const around = (/** @type {string} */ id) => LOOK.settle.gap + (focus.includes(id) ? LOOK.settle.ring : 0);
  const circles = scene.nodes.map(({ id, x, y, w, h }) => ({ x, y, r: h / 2 + around(id), flat: (w - h) / 2 }));
  /** @type {Box[]} */
  const taken = [];
  /** @type {Leader[]} */
  const leaders = [];
  const watch = watchEnds(ends);
  for (const label of labels) {
    const home = label.home();
    const own = ownerOf(label.anchor, circles, scene);
    const edge = scene.edges.find(({ id }) => id === label.anchor);
    const foreign = lit.filter((line) => line !== edge);
    const isFree = (/** @type {Point} */ way) => {
      const box = movedBox(home, way);
      return isInScene(box, scene) && !taken.some((other) => boxesMeet(box, other)) && circles.every((circle) => gapBetween(box, circle) >= 0);
    };
    const isByItsOwn = (/** @type {Point} */ way) => {
      const box = movedBox(home, way);
      return own ? isNearest(box, own, circles) && isInOrder(box, own, home) : !edge || isNearestEdge(centreOfBox(box), edge, lit);
    };
    const isQuiet = (/** @type {Point} */ way) => lengthOfStep(way) <= LOOK.settle.nearby && !isInTheWay(lit, movedBox(home, way));
    const isClose = (/** @type {Point} */ way) => (label.isNeeded || isQuiet(way)) && isFree(way) && isByItsOwn(way);
    const spares = (/** @type {Point} */ way) => lengthOfStep(way) <= LOOK.settle.nearby && watch.spares(movedBox(home, way));
    const isBeside = (/** @type {Point} */ way) => foreign.every((line) => lengthInside(line, movedBox(home, way)) <= LOOK.settle.covers);
    const isFair = (/** @type {Point} */ way) => watch.isFair(movedBox(home, way));
    const first = (/** @type {((way: Point) => boolean)[]} */ ...asked) => STEPS_ASIDE.find((step) => asked.every((is) => is(step)));
    const leaderFrom = (/** @type {Point} */ way) => leaderTo(own ?? placeOn(home), movedBox(home, way));
    const isLed = (/** @type {Point} */ way) => isFree(way) && lengthOfLine(leaderFrom(way)) >= LOOK.settle.leader;
    const isClear = (/** @type {Point} */ way) => lengthOfStep(way) <= LOOK.settle.nearby && taken.every((box) => !lengthInside(leaderFrom(way), box));
    const clear = first(spares, isBeside, isClose) ?? first(isFair, isBeside, isClose);
    const close = clear ?? first(spares, isClose) ?? first(isFair, isClose);
    const told = () => first(isFair, isLed, isClear) ?? first(isFair, isLed) ?? first(isClose) ?? first(isLed);
    const way = close ?? (label.isNeeded ? told() : undefined);
    label.move(way ?? null);
    if (!way) continue;
    taken.push(movedBox(home, way));
    watch.take(movedBox(home, way));
    if (!isByItsOwn(way)) leaders.push({ anchor: label.anchor, ...leaderFrom(way) });
  }
  return leaders;
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
 * @param {Circle} own
 * @param {Circle[]} circles
 * @returns {boolean} whether a label there is clearly nearer to its own than to any other
 */
function isNearest(box, own, circles) {
  const mine = gapBetween(box, own);
  return circles.every((circle) => circle === own || gapBetween(box, circle) >= Math.max(CLEARLY * mine, mine + NEARER));
}

/**
 * @param {Box} box
 * @param {Circle} own
 * @param {Box} home
 * @returns {boolean} whether a value stands no lower than its node there, and what comes back no higher
 */
function isInOrder(box, { y }, home) {
  const [here, usual] = [box, home].map((place) => centreOfBox(place)[1] - y);
  return usual < 0 ? here <= LEVEL : here >= -LEVEL;
}

/**
 * @param {Point} point the middle of a label
 * @param {SceneEdge} own
 * @param {SceneEdge[]} lit
 * @returns {boolean} whether it stands beside its own edge, and clearly nearer to it than to any other of the beat
 */
function isNearestEdge(point, own, lit) {
  const mine = distanceTo(own, point);
  const isBeside = [0, 1].every((axis) => {
    const places = pointsOf(own).map((corner) => corner[axis]);
    return Math.min(...places) - LOOK.settle.beside < point[axis] && point[axis] < Math.max(...places) + LOOK.settle.beside;
  });
  return isBeside && lit.every((edge) => edge === own || distanceTo(edge, point) > CLEARLY * mine);
}

/**
 * @param {Circle} own what a label belongs to
 * @param {Box} box of the label
 * @returns {Line} from its border to that of the circle
 */
function leaderTo(own, box) {
  const [[left, top], [right, bottom]] = box;
  const [x, y, r] = [nearestIn(own, box), own.y, own.r];
  const start = /** @type {Point} */ ([Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)]);
  const part = r / (Math.hypot(start[0] - x, start[1] - y) || 1);
  return { start, end: [x + part * (start[0] - x), y + part * (start[1] - y)] };
}

/**
 * @param {Circle} circle
 * @param {Box} box
 * @returns {number} the place along its middle that is nearest to the box
 */
function nearestIn({ x, flat }, box) {
  return Math.min(Math.max(centreOfBox(box)[0], x - flat), x + flat);
}

/** @param {Line} line */
function lengthOfLine({ start, end }) {
  return Math.hypot(end[0] - start[0], end[1] - start[1]);
}

/** @param {Box} home of a label on an edge */
function placeOn(home) {
  const [x, y] = centreOfBox(home);
  return { x, y, r: 0, flat: 0 };
}

/**
 * @param {Box} box
 * @param {Circle} circle
 * @returns {number} from the box to the circle; less than 0 where they meet
 */
function gapBetween(box, circle) {
  const [[left, top], [right, bottom]] = box;
  const [x, y, r] = [nearestIn(circle, box), circle.y, circle.r];
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - r;
}
