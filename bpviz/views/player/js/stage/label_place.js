/** What lies round a label that looks for a place: what it belongs to, and what it could be taken to belong to. */

import LOOK from "../../../look.json";
import { distanceTo, lengthInside, linesCross, pointsOf } from "./crossings.js";
import { centreOfBox } from "./label_boxes.js";
import { ownerOf } from "./owners.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("./crossings.js").Line} Line */
/** @typedef {{x: number, y: number, r: number, flat: number}} Circle or what is wider by `flat` at its left and its right */

/**
 * How many times as near a label is to its own node or edge as to any other; in diagram units how much nearer to its node
 * at least, how near in any case, how far a value may stand below the middle of its node, or what comes back above it, and
 * how far from its middle a line at its left looks like its minus.
 */
const { clearly: CLEARLY, nearer: NEARER, near: NEAR_ENOUGH, level: LEVEL, sign: SIGN } = LOOK.settle;

/**
 * @param {import("./settle.js").Label} label
 * @param {Box} home where it would stand if there were room
 * @param {Scene} scene
 * @param {Circle[]} circles of its nodes
 * @param {SceneEdge[]} lit the edges of the beat
 * @param {boolean} down whether edges run down: labels stand at the right, so that none looks like an input
 * @param {string[]} needed the anchors of labels that the beat needs, which one on an edge leaves their places
 */
export function createPlace({ anchor, isNeeded, stays, isBright, isNamed }, home, scene, circles, lit, down, needed) {
  const edge = scene.edges.find(({ id }) => id === anchor);
  const at = edge ? -1 : ownerOf(anchor, scene);
  const own = edge ? placeOn(home) : circles[at];
  const others = circles.filter((circle) => circle !== own);
  const into = down ? [] : scene.edges.filter(({ ends }) => ends[1] === scene.nodes[at]?.id);
  const isBelow = centreOfBox(home)[1] > own.y; // what comes back
  const outOf = isBelow ? [] : withoutFrames(scene).filter(({ ends }) => ends[0] === scene.nodes[at]?.id);
  const foreign = lit.filter((line) => line !== edge);
  const homes = homesOfOthers(anchor, scene, edge ? needed : Object.keys(scene.anchors));
  const ofNode = edge ? [] : foreign.filter(({ ends }) => ends.includes(scene.nodes[at].id));
  const meet = ofNode.filter(({ ends }) => ends[0] === scene.nodes[at].id).length > 1; // parts do: each edge has its own
  const strange = isBelow && meet ? foreign : foreign.filter((line) => !ofNode.includes(line));
  const isSaid = isNeeded && isNamed; // it says whose it is
  const isFirst = !into.length && circles.every(({ x }) => x > own.x - LEVEL); // nothing is left of it
  const mayStandLeft = [edge, !isBright, isFirst, isBelow ? down : isSaid].some(Boolean); // where is read what runs into a node
  const isApart = (/** @type {Box} */ box) =>
    (isSaid || homes.every((point) => !isInside(point, box))) && (mayStandLeft || centreOfBox(box)[0] >= own.x - LEVEL);
  const leader = (/** @type {Box} */ box) => leaderTo(own, box);
  return {
    leader,
    isOnEdge: Boolean(edge),
    isApart, // it says whose it is, or stands where no other label of a node does if there is room, and not at the left of its own
    /** @param {Box} box @returns {boolean} whether it covers nothing of the beat's other edges but a corner */
    isBeside: (box) => isOff(foreign, box),
    /** @param {Box} box @returns {boolean} the same of those that do not end at its node */
    isOffOthers: (box) => isOff(strange, box),
    /** @param {Box} box @returns {boolean} whether it does not even touch them */
    isAside: (box) => foreign.every((line) => !lengthInside(line, widened(box))),
    /** @param {Box} box @returns {boolean} whether one sees at once what it belongs to: an edge, or a node, whose output it is */
    isByItsOwn(box) {
      if (!isApart(box)) return false;
      if (edge) return isNearestEdge(centreOfBox(box), edge, lit) && (isNeeded || lengthInside(edge, box) > 0);
      const toOwn = { start: centreOfBox(box), end: leader(box).end };
      const isBehind = foreign.some((line) => linesCross(toOwn, line)); // an arrow of the beat, whose it would seem
      const isNear = gapBetween(box, own) <= NEAR_ENOUGH && isNearest(box, own, others);
      return isNear && isInOrder(box, own, home) && isOff(meet && isNeeded && stays ? [...into, ...foreign] : into, box) && !isBehind && !hasMinus(box, outOf);
    },
    /** @param {Box} box @param {Box[]} taken @returns {boolean} whether its leader runs through no other label, and no other node */
    isClear(box, taken) {
      const line = leader(box);
      return taken.every((other) => !lengthInside(line, other)) && others.every((circle) => !lengthInside(line, around(circle)));
    },
  };
}

/** @param {string} own @param {Scene} scene @param {string[]} others @returns {Point[]} where those of nodes stand if there is room */
function homesOfOthers(own, { anchors, edges }, others) {
  const onEdges = new Set(edges.map(({ id }) => id));
  return others.flatMap((anchor) => (anchor === own || onEdges.has(anchor) ? [] : [anchors[anchor]]));
}

/** @param {Point} point @param {Box} box */
function isInside([x, y], [[left, top], [right, bottom]]) {
  return left < x && x < right && top < y && y < bottom;
}

/** @param {Scene} scene @returns {SceneEdge[]} those beside which numbers stand without frames */
function withoutFrames({ compact, edges }) {
  return compact ? edges : [];
}

/**
 * @param {Box} box of a number without a frame
 * @param {SceneEdge[]} lines
 * @returns {boolean} whether a line ends at its left as if it were its sign
 */
function hasMinus([[left, top], [, bottom]], lines) {
  const middle = (top + bottom) / 2;
  const before = /** @type {Box} */ ([[left - 1, middle - SIGN], [left, middle + SIGN]]);
  return lines.some((line) => lengthInside(line, before) > 0);
}

/** @param {Box} box @returns {Box} with the space round it that lines leave free */
function widened([[left, top], [right, bottom]]) {
  const { untouched } = LOOK.settle;
  return [[left - untouched, top - untouched], [right + untouched, bottom + untouched]];
}

/** @param {Circle} circle @returns {Box} */
function around({ x, y, r, flat }) {
  return [[x - r - flat, y - r], [x + r + flat, y + r]];
}

/**
 * @param {SceneEdge[]} lines
 * @param {Box} box
 * @returns {boolean} whether it covers no more than a corner of any
 */
function isOff(lines, box) {
  return lines.every((line) => lengthInside(line, box) <= LOOK.settle.covers);
}

/**
 * @param {Box} box
 * @param {Circle} own
 * @param {Circle[]} others
 * @returns {boolean} whether a label there is clearly nearer to its own than to any other
 */
function isNearest(box, own, others) {
  const mine = gapBetween(box, own);
  return others.every((circle) => gapBetween(box, circle) >= Math.max(CLEARLY * mine, mine + NEARER));
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
export function gapBetween(box, circle) {
  const [[left, top], [right, bottom]] = box;
  const [x, y, r] = [nearestIn(circle, box), circle.y, circle.r];
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - r;
}
