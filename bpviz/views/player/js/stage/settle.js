/** Where there is little room: labels stand nearby or give way, so that nothing covers a node or another label. */

import LOOK from "../../../look.json";
import { watchEnds } from "./arrow_ends.js";
import { lengthInside } from "./crossings.js";
import { boxesMeet, isInScene, movedBox } from "./label_boxes.js";
import { createPlace, gapBetween } from "./label_place.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("./crossings.js").Line} Line */
/**
 * home: where it would stand if there were room; move: puts it so far from there, null: nowhere; isNeeded: whether its beat
 * tells it, or calculates with it, so that it rather stands farther away than not at all; stays: but not so far that it takes a
 * leader; isBright: whether it is drawn in full strength; isNamed: whether it says whose it is;
 * isFree: whether it is a part that is not written out.
 *
 * @typedef {{anchor: string, isNeeded: boolean, stays: boolean, isBright: boolean, isNamed: boolean, isFree?: boolean, home: () => Box, move: (way: Point | null) => void}} Label
 */
/** @typedef {{anchor: string, start: Point, end: Point}} Leader a line from a label to what it belongs to */
/**
 * focus: nodes with a ring; lit: the edges of the beat, which no label that is not needed should hide; ends: of what runs
 * back, of each arrow one at least should be seen; down: whether edges run down.
 *
 * @typedef {{focus: string[], lit: SceneEdge[], ends: import("./arrow_ends.js").ArrowEnd[], down: boolean}} Around
 */

const STEPS_ASIDE = everyWay();
const NEAR = STEPS_ASIDE.filter((way) => lengthOfStep(way) <= LOOK.settle.nearby);

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
 * @param {Around} beat
 * @returns {Leader[]} from labels that stand where one could take them for another's to what they belong to
 */
export function settle(labels, scene, beat) {
  const { leaders, gone } = settleAll(labels, scene, beat);
  const vain = inVain(labels, gone, scene);
  if (!vain.length) return leaders;
  for (const label of vain) label.move(null);
  const others = labels.filter((label) => !vain.includes(label));
  return settleAll(others, scene, beat).leaders;
}

/**
 * @param {Label[]} labels
 * @param {Label[]} gone those that found no place
 * @param {Scene} scene
 * @returns {Label[]} parts that need not stand there, and would not add up to what their node gets: another one is gone
 */
function inVain(labels, gone, scene) {
  const targets = new Map(scene.edges.map(({ id, ends }) => [id, ends[0]]));
  const incomplete = new Set(gone.flatMap(({ anchor }) => targets.get(anchor) ?? []));
  return labels.filter(({ anchor, isNeeded }) => !isNeeded && incomplete.has(targets.get(anchor) ?? ""));
}

/**
 * @param {Label[]} labels what matters most first
 * @param {Scene} scene
 * @param {Around} beat
 */
function settleAll(labels, scene, { focus, lit, ends, down }) {
  const around = (/** @type {string} */ id) => LOOK.settle.gap + (focus.includes(id) ? LOOK.settle.ring : 0);
  const circles = scene.nodes.map(({ id, x, y, w, h }) => ({ x, y, r: h / 2 + around(id), flat: (w - h) / 2 }));
  /** @type {Box[]} */
  const taken = [];
  /** @type {Leader[]} */
  const leaders = [];
  /** @type {Label[]} */
  const gone = [];
  const watch = watchEnds(ends);
  const needed = labels.filter(({ isNeeded }) => isNeeded).map(({ anchor }) => anchor);
  /** @type {Label[]} */
  const waiting = [];
  const put = (/** @type {Label} */ label, /** @type {boolean} */ mayWait) => {
    const home = label.home();
    const place = createPlace(label, home, scene, circles, lit, down, needed);
    const isFree = (/** @type {Box} */ box) =>
      isInScene(box, scene) && !taken.some((other) => boxesMeet(box, other)) && circles.every((circle) => gapBetween(box, circle) >= 0);
    const isOffLeaders = (/** @type {Box} */ box) => leaders.every((line) => !lengthInside(line, box));
    const isClear = (/** @type {Box} */ box) => place.isClear(box, taken);
    const { way, isLed } = shortestWay(label, place, { isFree, isOffLeaders, isClear, ...watch });
    if (mayWait && isLed && place.isOnEdge) {
      waiting.push(label);
      return;
    }
    label.move(way ?? null);
    if (!way) {
      gone.push(label);
      return;
    }
    const box = movedBox(home, way);
    taken.push(box);
    watch.take(box);
    if (isLed) leaders.push({ anchor: label.anchor, ...place.leader(box) });
  };
  const isPart = (/** @type {Label} */ { anchor, isNeeded }) => isNeeded && scene.edges.some(({ id }) => id === anchor);
  for (const label of labels.filter(isPart)) put(label, true);
  for (const label of waiting) put(label, false); // what finds no place by its arrow does not take that of another
  for (const label of labels.filter((one) => !isPart(one))) put(label, false);
  return { leaders, gone };
}

/** @typedef {(box: Box) => boolean} Asked of where a label would stand */

/**
 * @param {Label} label
 * @param {ReturnType<typeof createPlace>} place
 * @param {Record<"isFree" | "isOffLeaders" | "isClear" | "spares" | "isOffEnds" | "isFair", Asked>} room what there is, and what stands round it
 * @returns {{way: Point | undefined, isLed: boolean}} the shortest way to a place by its own, or, of what is needed, to one
 *   from where a leader can be seen
 */
function shortestWay({ home, isNeeded, stays, isFree: isFreePart }, place, room) {
  const usual = home();
  const at = (/** @type {Asked} */ holds) => remembered((way) => holds(movedBox(usual, way)));
  const [isRoom, isClear, spares, isFair, isOffLeaders] = [room.isFree, room.isClear, room.spares, room.isFair, room.isOffLeaders].map(at);
  const [isOwn, isApart, isBeside, isOffOthers] = [place.isByItsOwn, place.isApart, place.isBeside, place.isOffOthers].map(at);
  const isQuiet = at((box) => place.isAside(box) && (place.isOnEdge || room.isOffEnds(box)));
  const isFree = (/** @type {Point} */ way) => isRoom(way) && isOffLeaders(way);
  const isClose = (/** @type {Point} */ way) => (isNeeded || isFreePart || isQuiet(way)) && isFree(way) && isOwn(way);
  const isFar = at((box) => lengthOfLine(place.leader(box)) >= LOOK.settle.leader);
  const isLed = (/** @type {Point} */ way) => isFree(way) && isFar(way);
  const far = isNeeded ? STEPS_ASIDE : NEAR;
  /** @type {[Point[], ...((way: Point) => boolean)[]][]} the first that finds a place is taken */
  const close = [[NEAR, isClose, spares, isBeside], [far, isClose, isFair, isBeside], [NEAR, isClose, spares, isOffOthers], [far, isClose, isFair, isOffOthers]];
  /** @type {typeof close} */
  const aside = [
    [NEAR, isLed, isFair, isClear, isBeside, isApart],
    [far, isLed, isFair, isClear, isBeside, isApart],
  ];
  /** @type {typeof close} */
  const over = [
    [NEAR, isClose, spares],
    [far, isClose, isFair],
  ];
  /** @type {typeof close} */
  const led = [
    [NEAR, isLed, isFair, isClear, isBeside],
    [NEAR, isLed, isFair, isClear],
    [far, isLed, isFair, isClear],
    [far, isLed, isFair],
    [far, isClose],
    [far, isLed],
    [far, isRoom, isFar],
  ];
  const farther = place.isOnEdge ? [...over, ...aside, ...led] : [...aside, ...over, ...led]; // a part rather lies on other arrows than off its own
  const rounds = [...close, ...(isNeeded ? (stays ? over : farther) : [])];
  let way;
  for (const [ways, ...asked] of rounds) way ??= ways.find((one) => asked.every((holds) => holds(one)));
  return { way, isLed: way !== undefined && !isOwn(way) };
}

/**
 * @param {(way: Point) => boolean} holds
 * @returns {(way: Point) => boolean} the same, which looks at each way once, though several rounds ask
 */
function remembered(holds) {
  /** @type {Map<Point, boolean>} */
  const known = new Map();
  return (way) => {
    const before = known.get(way);
    if (before !== undefined) return before;
    const found = holds(way);
    known.set(way, found);
    return found;
  };
}

/** @param {Line} line */
function lengthOfLine({ start, end }) {
  return Math.hypot(end[0] - start[0], end[1] - start[1]);
}
