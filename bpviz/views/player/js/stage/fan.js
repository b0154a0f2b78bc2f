/** What comes back to one node over several edges: the middle ones of the fan have the least room, and come first. */

import { pointsOf } from "./crossings.js";
import { nodeOf } from "./owners.js";

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
    return Math.abs(fan.filter((one) => one.slope < slope).length - fan.filter((one) => one.slope > slope).length);
  };
  const sorted = [...on].sort((one, other) => fromMiddle(one) - fromMiddle(other));
  return [...sorted.map(({ chip }) => chip), ...chips.filter(({ anchor }) => !edgeOf.has(anchor))];
}

/**
 * @template {{anchor: string, isTold: boolean, slots: {name: string}[]}} T
 * @param {T[]} chips
 * @param {Scene} scene
 * @param {Set<string>} read what the beat calculates with
 * @returns {{parts: T[], sums: T[]}} where parts are added, those of elements that are not written out: they may give way
 */
export function besideTheSum(chips, scene, read) {
  const edgeOf = new Map(scene.edges.map((edge) => [edge.id, edge]));
  const all = chips.filter(({ anchor }) => edgeOf.has(anchor));
  const added = all.filter(({ slots }) => slots.some(({ name }) => read.has(name)));
  const parts = added.length > 1 ? all.filter((part) => !added.includes(part)) : [];
  const nodes = new Set(parts.map(({ anchor }) => edgeOf.get(anchor)?.ends[0]));
  return { parts, sums: chips.filter(({ anchor, isTold }) => isTold && nodes.has(nodeOf(anchor, scene))) };
}

/** @param {SceneEdge} edge @returns {number} the direction in which it leaves its node, in radians */
function slopeOf(edge) {
  const [[x, y], [nextX, nextY]] = pointsOf(edge);
  return Math.atan2(nextY - y, nextX - x);
}
