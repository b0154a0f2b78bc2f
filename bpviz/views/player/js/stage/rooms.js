/** From where to where a chip may reach. */

import LOOK from "../../../look.json";

/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("./chips.js").Room} Room */

const CLEAR = 1; // between a chip and a node beside it
const BORDER = 2; // between a chip and the border of the diagram
const BESIDE = 20; // diagram units above and below a node at which a chip still stands beside it

/**
 * Where edges run to the right: on an edge between its nodes and their rings, elsewhere in the whole diagram.
 *
 * @param {string} anchor
 * @param {Scene} scene
 * @returns {Room}
 */
export function roomAlong(anchor, { edges, width }) {
  const edge = edges.find(({ id }) => id === anchor);
  const clear = LOOK.ring.reach;
  return edge ? [edge.start[0] + clear, edge.end[0] - clear] : [BORDER, width - BORDER];
}

/**
 * Where edges run down: between the nodes left and right of it, and the rings of those in focus.
 *
 * @param {string} anchor
 * @param {Scene} scene
 * @param {string[]} focus
 * @returns {Room}
 */
export function roomBetween(anchor, { anchors, nodes, width }, focus) {
  const [x, y] = anchors[anchor];
  const level = nodes.filter((node) => Math.abs(node.y - y) < node.h / 2 + BESIDE);
  const reach = (/** @type {import("../score/schema.js").SceneNode} */ { id, w }) =>
    w / 2 + (focus.includes(id) ? LOOK.ring.reach : CLEAR);
  return [
    Math.max(BORDER, ...level.filter((node) => node.x < x).map((node) => node.x + reach(node))),
    Math.min(width - BORDER, ...level.filter((node) => node.x > x).map((node) => node.x - reach(node))),
  ];
}

/**
 * @param {Scene} scene
 * @returns {Room} the whole width of the diagram
 */
export function roomInWhole({ width }) {
  return [BORDER, width - BORDER];
}
