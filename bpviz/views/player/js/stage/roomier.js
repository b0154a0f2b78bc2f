/** More room between the parts of a scene, which keep their sizes: nodes move apart, and what belongs to one moves along. */

import { ownerOf } from "./owners.js";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").Point} Point */

/**
 * @param {Scene} scene
 * @param {number} wider how many times as far apart its columns stand
 * @param {number} taller the same of its rows
 * @returns {Scene}
 */
export function roomier(scene, wider, taller) {
  const apart = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([x * wider, y * taller]);
  const along = (/** @type {Point} */ [x, y], /** @type {{x: number, y: number}} */ node) =>
    /** @type {Point} */ ([x + node.x * (wider - 1), y + node.y * (taller - 1)]);
  const nodeOf = (/** @type {string} */ id) => /** @type {Scene["nodes"][0]} */ (scene.nodes.find((node) => node.id === id));
  const edges = scene.edges.map((edge) => {
    const [start, end] = [along(edge.start, nodeOf(edge.ends[0])), along(edge.end, nodeOf(edge.ends[1]))];
    if (edge.start[0] === edge.end[0]) start[0] = end[0]; // it stays upright
    return { ...edge, start, via: edge.via?.map(apart), end };
  });
  const anchors = Object.entries(scene.anchors).map(([name, point]) => {
    const at = scene.edges.findIndex(({ id }) => id === name);
    return [name, at < 0 ? along(point, scene.nodes[ownerOf(name, scene)]) : [across(point[0], scene.edges[at], edges[at]), point[1] * taller]];
  });
  const nodes = scene.nodes.map((node) => ({ ...node, x: node.x * wider, y: node.y * taller }));
  return { ...scene, width: scene.width * wider, height: scene.height * taller, nodes, edges, anchors: Object.fromEntries(anchors) };
}

/**
 * @param {number} x beside an edge
 * @param {SceneEdge} edge
 * @param {SceneEdge} moved
 * @returns {number} as far along the edge as before
 */
function across(x, edge, moved) {
  const way = edge.end[0] - edge.start[0];
  const part = way ? (x - edge.start[0]) / way : 0.5;
  return moved.start[0] + part * (moved.end[0] - moved.start[0]);
}
