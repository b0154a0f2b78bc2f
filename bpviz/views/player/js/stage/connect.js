/** Trained weights can be chosen where they stand: on their edges and on chips. */

import { setAttributes, svg } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { pointsOf } from "./crossings.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */

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
    edge?.addEventListener("click", () => choose(weight));
    edge?.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(/** @type {KeyboardEvent} */ (event).key)) return;
      event.preventDefault();
      choose(weight);
    });
  }
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
