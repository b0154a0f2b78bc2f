/** What comes back to one node over several edges: the middle ones of the fan have the least room, and come first. */

import { pointsOf } from "./crossings.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */

/**
 * @template {{anchor: string}} T
 * @param {T[]} chips
 * @param {Scene} scene
 * @returns {T[]} the same; those on edges come first, of each node's from the middle to the outer ones
 */
export function fromTheMiddle(chips, { edges }) {
  const edgeOf = new Map(edges.map((edge) => [edge.id, edge]));
  const on = chips.flatMap((chip) => {
    const edge = edgeOf.get(chip.anchor);
    return edge ? [{ chip, from: edge.ends[0], slope: slopeOf(edge) }] : [];
  });
  const fromMiddle = (/** @type {typeof on[number]} */ { from, slope }) => {
    const fan = on.filter((one) => one.from === from);
    const [before, after] = [fan.filter((one) => one.slope < slope).length, fan.filter((one) => one.slope > slope).length];
    return Math.abs(before - after);
  };
  const far = new Map(on.map((one) => [one.chip, fromMiddle(one)]));
  return chips.toSorted((one, other) => (far.get(one) ?? Infinity) - (far.get(other) ?? Infinity) || 0);
}

/** @param {SceneEdge} edge @returns {number} the direction in which it leaves its node, in radians */
function slopeOf(edge) {
  const [[x, y], [nextX, nextY]] = pointsOf(edge);
  return Math.atan2(nextY - y, nextX - x);
}
