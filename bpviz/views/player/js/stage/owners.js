/** Which node a place for labels belongs to. */

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").Point} Point */

/**
 * @param {string} anchor such as value@x1 or x1.left, which belong to x1
 * @param {Scene} scene
 * @returns {number} the place of its node among the scene's: the one that it is called after, else the nearest
 */
export function ownerOf(anchor, { anchors, nodes }) {
  const name = anchor.includes("@") ? anchor.split("@")[1] : anchor.replace(/\.(left|right)$/, "");
  const called = nodes.findIndex(({ id }) => id === name);
  if (called >= 0) return called;
  const [x, y] = anchors[anchor];
  const far = nodes.map((node) => Math.hypot(node.x - x, node.y - y));
  return far.indexOf(Math.min(...far));
}

/**
 * @param {string} anchor
 * @param {Scene} scene
 * @returns {string | undefined} the id of its node; none where it belongs to an edge
 */
export function nodeOf(anchor, scene) {
  return scene.edges.some(({ id }) => id === anchor) ? undefined : scene.nodes[ownerOf(anchor, scene)].id;
}

/**
 * @param {string} anchor
 * @param {Scene} scene
 * @returns {boolean} whether it belongs to a node, into which nothing runs
 */
export function isAtStart(anchor, scene) {
  return isOutside(anchor, scene, 1);
}

/**
 * @param {string} anchor
 * @param {Scene} scene
 * @returns {boolean} whether it belongs to a node, from which nothing runs on: the result
 */
export function isAtResult(anchor, scene) {
  return isOutside(anchor, scene, 0);
}

/**
 * @param {string} anchor
 * @param {Scene} scene
 * @param {0 | 1} end
 * @returns {boolean} whether it belongs to a node that is at this end of no edge
 */
function isOutside(anchor, scene, end) {
  const node = nodeOf(anchor, scene);
  return node !== undefined && scene.edges.every(({ ends }) => ends[end] !== node);
}
