/** The diagram for a tall, narrow place: the same scene in rows from top to bottom. */

import { createDiagram } from "./diagram.js";
import { arrange } from "./large_diagram.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").Rich} Rich */

/** Sizes in diagram units, as chips.js has the usual ones. */
export const TALL = {
  number: 12,
  text: 12,
  line: 15.5,
  padding: 4,
  single: 4,
  named: 0,
  margin: 4,
  round: 9,
  least: 1.5,
  cell: 14,
  dot: 14,
  label: -5,
  value: 12.5,
  beside: 4,
  lean: 0,
};

/**
 * @param {Score} score
 * @param {Scene} scene see `tallScene`
 */
export function createTallDiagram(score, scene) {
  const diagram = createDiagram({ ...score, scene }, TALL, true);
  diagram.element.classList.add("bpviz-tall");
  return diagram;
}

/**
 * @param {Scene} scene
 * @returns {Scene} with its tall places, and with every label's value below its name
 */
export function tallScene(scene) {
  const labels = scene.labels.map((label) => ({ ...label, lines: label.lines.flatMap(nameAboveValue) }));
  return { ...arrange(scene, scene.tall), labels };
}

/**
 * @param {Rich} line
 * @returns {Rich[]}
 */
function nameAboveValue(line) {
  const name = line.filter((run) => Array.isArray(run) && run[1].trim());
  const value = line.filter((run) => !Array.isArray(run));
  return [name, value].filter((runs) => runs.length > 0);
}
