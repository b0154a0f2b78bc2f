/** The diagram for a hall: the same scene, with other places and larger numbers. */

import { createDiagram } from "./diagram.js";

/** @typedef {import("./schema.js").Score} Score */

const SIZES = { number: 15.7, line: 16.5, padding: 4, margin: 5, cell: 15.7, label: -6.5, value: 14.5 };

/** @param {Score} score */
export function createLargeDiagram(score) {
  const { nodes, edges, large, ...scene } = score.scene;
  const placed = {
    ...scene,
    ...large,
    large,
    nodes: nodes.map((node) => {
      const [x, y, w, h] = large.nodes[node.id];
      return { ...node, x, y, w, h };
    }),
    edges: edges.map((edge) => {
      const [start, end] = large.edges[edge.id];
      return { ...edge, start, end };
    }),
  };
  return createDiagram({ ...score, scene: placed }, SIZES);
}
