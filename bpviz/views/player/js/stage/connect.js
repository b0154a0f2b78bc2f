/** What can be chosen where it stands: trained weights, on their edges and on chips; nodes that can be opened. */

import LOOK from "../../../look.json";
import { setAttributes, svg } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { pointsOf } from "./crossings.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */

const REACH = 1.2; // of a dot: its neighbours begin there

/**
 * Let every edge with a trained weight be clicked; it takes the keyboard too.
 *
 * @param {Element} diagram
 * @param {Pick<Scene, "edges">} scene that it shows
 * @param {Score} score
 * @param {string} template what choosing one does, with a gap for its {name}
 * @param {(weight: string) => void} choose
 */
export function connectEdges(diagram, { edges }, { program, quantities }, template, choose) {
  const trained = new Set(program.trained);
  const drawn = new Map([...diagram.querySelectorAll("[data-edge]")].map((edge) => [edge.getAttribute("data-edge"), edge]));
  for (const { carries: weight, ...line } of edges.filter(({ carries }) => trained.has(carries))) {
    const edge = drawn.get(line.id);
    const label = fillWords(template, { name: quantities[weight].speak });
    setAttributes(/** @type {Element} */ (edge), {
      role: "button",
      "aria-label": label,
      "data-weight": weight,
    });
    edge?.append(svg("polyline", { class: "bpviz-reach", points: pointsOf(line).join(" ") }));
    if (edge) whenPressed(edge, () => choose(weight));
  }
}

/**
 * Let every node that can be opened be clicked; it takes the keyboard too, and so does the one that is open.
 *
 * @param {Element} diagram
 * @param {Pick<Scene, "nodes">} scene that it shows
 * @param {Score} score
 * @param {Set<string>} nodes those that are opened or can be
 * @param {(node: string) => void} open
 */
export function connectNodes(diagram, { nodes: drawn }, { words, quantities }, nodes, open) {
  for (const { id, cells, h, w } of drawn.filter((node) => nodes.has(node.id))) {
    const element = diagram.querySelector(`[data-node="${CSS.escape(id)}"]`);
    if (!element) continue;
    const isOpen = h >= LOOK.written.least;
    const what = cells.map(({ bp }) => quantities[bp].speak).join(", ");
    const label = fillWords(isOpen ? words.opened_node : words.open_node, { what });
    setAttributes(element, { role: isOpen ? "group" : "button", "data-open": id, "aria-label": label });
    if (isOpen) continue;
    element.append(svg("circle", { class: "bpviz-reach-node", r: (w / 2) * REACH }));
    whenPressed(element, () => open(id));
  }
}

/**
 * @param {Element} element
 * @param {() => void} act
 */
function whenPressed(element, act) {
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(/** @type {KeyboardEvent} */ (event).key)) return;
    event.preventDefault();
    act();
  });
}

/**
 * Let every chip with a trained weight be clicked.
 *
 * @param {Element} stage
 * @param {Score} score
 * @param {(weight: string) => void} choose
 */
export function connectChips(stage, { program }, choose) {
  stage.addEventListener("click", ({ target }) => {
    const chip = target instanceof Element ? target.closest(".bpviz-chip") : null;
    const weight = chip?.querySelector("[data-bp]")?.getAttribute("data-bp");
    if (weight && program.trained.includes(weight)) choose(weight);
  });
}
