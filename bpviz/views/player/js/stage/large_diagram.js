/** The diagram for a hall, and for a narrow window: the same scene with other places, so that numbers are larger. */

import { USUAL } from "./chips.js";
import { createDiagram } from "./diagram.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */

/** Sizes in diagram units, as chips.js has the usual ones. */
export const LARGE = {
  ...USUAL,
  number: 15.7,
  line: 17.9,
  padding: 0.5,
  single: 4,
  margin: 5,
  least: 5,
  cell: 15.7,
  label: -6.5,
  value: 14.5,
  beside: 3.2,
  lean: 4.5,
};

/** The same where there is height to spare. */
export const AIRY = { line: 19, padding: 4, single: 5 };

/**
 * @param {Score} score
 * @param {Scene} scene see `largeScene`
 * @param {Partial<import("./chips.js").Sizes>} [sizes] that are other than usual here
 */
export function createLargeDiagram(score, scene, sizes = {}) {
  const diagram = createDiagram({ ...score, scene }, { ...LARGE, ...sizes });
  diagram.element.classList.add("bpviz-large");
  const { style } = /** @type {SVGElement} */ (diagram.element);
  style.setProperty("--bp-chip-number", `${LARGE.number}px`);
  style.setProperty("--bp-cell-number", `${LARGE.cell}px`);
  return diagram;
}

/**
 * @param {Scene} scene
 * @returns {Scene} with its large places
 */
export function largeScene(scene) {
  return arrange(scene, scene.large);
}

/**
 * @param {Scene} scene
 * @param {import("../score/schema.js").Places} places
 * @returns {Scene} with its parts in other places
 */
export function arrange(scene, places) {
  return {
    ...scene,
    width: places.width,
    height: places.height,
    anchors: places.anchors,
    nodes: scene.nodes.map((node) => {
      const [x, y, w, h] = places.nodes[node.id];
      return { ...node, x, y, w, h };
    }),
    edges: scene.edges.map((edge) => {
      const points = places.edges[edge.id];
      return { ...edge, start: points[0], via: points.slice(1, -1), end: points[points.length - 1] };
    }),
  };
}
