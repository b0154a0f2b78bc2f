/** Values where nothing is written: what a part of the diagram holds stands beside it while it has the keyboard. */

import LOOK from "../../../look.json";
import { createChip } from "./chips.js";
import { pointsOf } from "./crossings.js";
import { svg } from "../kit/dom.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../score/schema.js").Rich} Rich */

const ASIDE = 12; // diagram units between a part and what is told of it

/**
 * @param {Score} score
 * @param {import("./chips.js").Sizes} sizes
 * @returns {{element: SVGGElement, show: (part: Element | null) => void, paint: (reading: import("../engine/evaluate.js").Reading) => void}}
 *   show: what one part of the diagram holds, or nothing
 */
export function createTips({ scene, quantities }, sizes) {
  const element = svg("g", { class: "bpviz-tip", "aria-hidden": "true" });
  const labelled = new Set(scene.labels.map(({ anchor }) => anchor));
  /** @type {import("../engine/evaluate.js").Reading} */
  let known = () => undefined;
  /** @type {ReturnType<typeof createChip> | null} */
  let chip = null;
  const lineOf = (/** @type {Rich} */ label, /** @type {string} */ name) => /** @type {Rich} */ ([...label, ["", " = "], { bp: name }]);
  const told = (/** @type {SVGElement} */ part) => {
    const node = scene.nodes.find(({ id, h }) => id === part.dataset.node && h < LOOK.written.least);
    if (node) return { lines: node.cells.map(({ label, bp }) => lineOf(label, bp)), at: /** @type {Point} */ ([node.x, node.y]) };
    const edge = scene.edges.find(({ id, carries }) => id === part.dataset.edge && carries && !labelled.has(id));
    return edge ? { lines: [lineOf(quantities[edge.carries].label, edge.carries)], at: middleOf(pointsOf(edge)) } : null;
  };
  return {
    element,
    show(part) {
      const found = part instanceof SVGElement ? told(part) : null;
      chip = found && createChip({ anchor: "", tone: "plain", lines: found.lines }, beside(found, sizes), [0, scene.width], sizes);
      element.replaceChildren(...(chip ? [chip.element] : []));
      chip?.paint(known);
    },
    paint(reading) {
      known = reading;
      chip?.paint(reading);
    },
  };
}

/**
 * @param {Point[]} points
 * @returns {Point}
 */
function middleOf(points) {
  const [[x1, y1], [x2, y2]] = points.slice(Math.ceil(points.length / 2) - 1);
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

/**
 * @param {{lines: Rich[], at: Point}} told
 * @param {import("./chips.js").Sizes} sizes
 * @returns {Point} above it or, where that is outside, below
 */
function beside({ lines, at: [x, y] }, { line, padding }) {
  const height = lines.length * line + padding;
  const away = height / 2 + ASIDE;
  return [x, y - away - height / 2 < 0 ? y + away : y - away];
}
