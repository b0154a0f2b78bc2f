/** The diagram for a hall: the same scene, flatter, so that it can be wider and its numbers larger on a wide screen. */

import { createDiagram } from "./diagram.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Scene} Scene */
/** @typedef {import("./schema.js").Point} Point */

const FLATTER = 0.81; // beside formula and caption, 800 units of width then fill a screen of 16:9
const DEEP = 3; // columns of neurons: its neurons are widened for larger numbers
const SHAPE = 2.7; // width over height of the room that is left to the diagram
const SIZES = { number: 15.5, line: 16.5, padding: 4, cell: 15.5, label: -6.5, value: 14.5 };
const SIZES_IN_WIDE = { ...SIZES, cell: 21, label: -8.5, value: 15.5 };

/** @param {Score} score */
export function createLargeDiagram(score) {
  const { scene } = score;
  const capsules = scene.nodes.filter((node) => node.shape === "capsule");
  const columns = [...new Set(capsules.map((node) => node.x))];
  const spare = Math.max(0, SHAPE * FLATTER * scene.height - scene.width);
  const extra = columns.length < DEEP ? 0 : spare / columns.length;
  const room = capsules[0]?.w ?? 1;
  const wider = (/** @type {number} */ x) =>
    columns.reduce((sum, column) => sum + extra * Math.min(Math.max((x - column) / room + 0.5, 0), 1), x);
  const at = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([wider(x), y * FLATTER]);
  const flat = {
    ...scene,
    width: wider(scene.width),
    height: scene.height * FLATTER,
    anchors: Object.fromEntries(Object.entries(scene.anchors).map(([name, point]) => [name, at(point)])),
    nodes: scene.nodes.map((node) => ({
      ...node,
      x: wider(node.x),
      y: node.y * FLATTER,
      w: node.w + (node.shape === "capsule" ? extra : 0),
      h: node.h * (node.shape === "capsule" ? FLATTER : 1),
    })),
    edges: scene.edges.map((edge) => ({ ...edge, start: at(edge.start), end: at(edge.end) })),
  };
  return createDiagram({ ...score, scene: flat }, extra ? SIZES_IN_WIDE : SIZES);
}
