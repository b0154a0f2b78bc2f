/** Both ends of an arrow: without either no one sees from where to where it goes. */

import LOOK from "../../../look.json";
import { pointsOf } from "./crossings.js";

/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {{arrow: string, at: Point}} ArrowEnd the middle of its diamond, or of its head */

/** Diagram units: on a shorter way diamond and head are smaller; a label that comes nearer to the middle of one hides it. */
const { whole_arrow: WHOLE_ARROW, around_end: AROUND_END, untouched: UNTOUCHED } = LOOK.settle;

/**
 * @param {SceneEdge[]} edges on which errors run back
 * @param {string[]} focus nodes with a ring, before which arrows end earlier
 * @returns {ArrowEnd[]}
 */
export function endsOf(edges, focus) {
  return edges.flatMap((edge) => {
    const points = pointsOf(edge);
    const size = Math.min(1, Math.hypot(edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]) / WHOLE_ARROW);
    const reach = focus.includes(edge.ends[0]) ? LOOK.ring.reach : LOOK.edge.clearance;
    const head = towards(points[0], points[1], reach + (size * LOOK.head.length) / 2);
    const diamond = towards(points[points.length - 1], points[points.length - 2], size * LOOK.diamond.middle);
    return [head, diamond].map((at) => ({ arrow: edge.id, at }));
  });
}

/**
 * @param {SceneEdge[]} edges on which the signal moves on
 * @param {string[]} focus nodes with a ring, before which arrows end earlier
 * @returns {ArrowEnd[]} where each head is, and where each sets out
 */
export function forwardEndsOf(edges, focus) {
  return edges.flatMap((edge) => {
    const points = pointsOf(edge);
    const reach = focus.includes(edge.ends[1]) ? LOOK.ring.reach : LOOK.edge.clearance;
    const head = towards(points[points.length - 1], points[points.length - 2], reach + LOOK.head.length / 2);
    return [head, towards(points[0], points[1], LOOK.edge.clearance)].map((at) => ({ arrow: edge.id, at }));
  });
}

/**
 * What labels hide of arrows, one label after the other.
 *
 * @param {ArrowEnd[]} ends
 * @returns {{spares: (box: Box) => boolean, isOffEnds: (box: Box) => boolean, isFair: (box: Box) => boolean, take: (box: Box) => void}} spares:
 *   whether a label there hides no end; isOffEnds: whether it does not even touch one; isFair: whether it leaves one to
 *   every arrow that had one; take: it stands there now
 */
export function watchEnds(ends) {
  /** @type {Set<ArrowEnd>} */
  const hidden = new Set();
  const hiddenBy = (/** @type {Box} */ [[left, top], [right, bottom]], around = AROUND_END) =>
    ends.filter(({ at: [x, y] }) => left - around < x && x < right + around && top - around < y && y < bottom + around);
  return {
    spares: (box) => !hiddenBy(box).length,
    isOffEnds: (box) => !hiddenBy(box, AROUND_END + UNTOUCHED).length,
    isFair(box) {
      const now = hiddenBy(box);
      const gone = (/** @type {ArrowEnd} */ end) => hidden.has(end) || now.includes(end);
      return now.every((end) => hidden.has(end) || ends.some((other) => other.arrow === end.arrow && !gone(other)));
    },
    take(box) {
      for (const end of hiddenBy(box)) hidden.add(end);
    },
  };
}

/** @param {Point} point @param {Point} other @param {number} far @returns {Point} */
function towards([x, y], other, far) {
  const part = far / (Math.hypot(other[0] - x, other[1] - y) || 1);
  return [x + part * (other[0] - x), y + part * (other[1] - y)];
}
