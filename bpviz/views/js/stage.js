/** The stage: diagram, formula and caption, the part one looks at. */

import { createCaption } from "./caption.js";
import { createDiagram } from "./diagram.js";
import { html, ownsKeys, plainText } from "./dom.js";
import { createFormula } from "./formula.js";
import { createLargeDiagram } from "./large_diagram.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./dom.js").Part} Part */

/**
 * @param {Score} score
 * @returns {Part & {text: () => string, reserve: () => void, enlarge: (large: boolean) => void}}
 *   text: what a listener should hear of this beat; reserve: keep room for the tallest formula and caption, so that
 *   nothing jumps; enlarge: show the diagram for a hall, or the usual one again (unpainted)
 */
export function createStage(score) {
  const [usual, formula, caption] = [createDiagram(score), createFormula(score), createCaption(score)];
  let diagram = usual;
  const element = ownsKeys(
    html(
      "div",
      { class: "bpviz-stage", tabindex: 0, role: "group", "aria-label": score.title },
      usual.element,
      formula.element,
      caption.element,
    ),
  );
  let [title, shown] = ["", 0];
  return {
    element,
    showBeat(index) {
      shown = index;
      title = plainText(score.beats[index].title);
      for (const part of [diagram, formula, caption]) part.showBeat(index);
    },
    paint(reading) {
      for (const part of [diagram, formula, caption]) part.paint(reading);
    },
    text: () => `${title}. ${caption.element.textContent}`,
    enlarge(large) {
      const next = large ? createLargeDiagram(score) : usual;
      diagram.element.replaceWith(next.element);
      diagram = next;
      diagram.showBeat(shown);
    },
    reserve() {
      for (const part of [formula, caption]) {
        /** @type {HTMLElement} */ (part.element).style.minHeight = `${part.measure()}px`;
      }
    },
  };
}
