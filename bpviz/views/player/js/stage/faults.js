/** Where the calculation goes wrong, the node says so: no number, and why. */

import LOOK from "../../../look.json";
import { svg } from "../kit/dom.js";
import { createFaultFinder } from "../engine/faults.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

/** @param {Score} score @returns {(reading: Reading) => Map<string, string>} step → what is wrong, of steps that are computed */
export function createFaults({ program, words, givens }) {
  const names = Object.keys(program.names);
  const given = givens.map(({ name }) => name);
  const find = createFaultFinder(program, given, names.filter((name) => !given.includes(name)));
  return (reading) => {
    if (names.every((name) => Number.isFinite(reading(name) ?? 0))) return new Map();
    const found = find((name) => reading(name) ?? NaN);
    return new Map([...found].filter(([step]) => reading(step) !== undefined).map(([step, key]) => [step, words[key]]));
  };
}

/**
 * The words beside the nodes of a diagram.
 *
 * @param {Score} score
 * @returns {{element: SVGGElement, paint: (reading: Reading) => void}}
 */
export function createFaultMarks(score) {
  const [element, faults] = [svg("g", {}), createFaults(score)];
  return {
    element,
    paint(reading) {
      const found = faults(reading);
      const marked = score.scene.nodes.filter(({ cells }) => cells.some(({ bp }) => found.has(bp)));
      if (!marked.length && !element.firstChild) return;
      element.replaceChildren(...marked.flatMap(({ cells, x, y, w, h }) => [
        svg("circle", { class: "bpviz-fault-ring", cx: x, cy: y, r: Math.max(w, h) / 2 + LOOK.ring.distance }),
        svg("text", { class: "bpviz-fault", x, y: y + h / 2 + 22 }, found.get(cells[0].bp) ?? ""),
      ]));
    },
  };
}
