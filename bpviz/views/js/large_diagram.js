/** The diagram for a hall: the same scene, flatter, so that it can be wider and its numbers larger on a wide screen. */

import { createDiagram } from "./diagram.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Point} Point */

const FLATTER = 0.81; // beside formula and caption, 800 units of width then fill a screen of 16:9
const SIZES = { number: 15.5, line: 16.5, padding: 4, cell: 15.5, label: -6.5, value: 14.5 };

/** @param {Score} score */
export function createLargeDiagram(score) {
  const { scene } = score;
  const at = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([x, y * FLATTER]);
  const flat = {
    ...scene,
    height: scene.height * FLATTER,
    anchors: Object.fromEntries(Object.entries(scene.anchors).map(([name, point]) => [name, at(point)])),
    nodes: scene.nodes.map((node) => ({ ...node, y: node.y * FLATTER, h: node.h * (node.shape === "circle" ? 1 : FLATTER) })),
    edges: scene.edges.map((edge) => ({ ...edge, start: at(edge.start), end: at(edge.end) })),
  };
  return createDiagram({ ...score, scene: flat }, SIZES);
}
