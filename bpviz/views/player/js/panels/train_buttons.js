/** Buttons: train so many times, and undo and redo. */

import { createButton } from "../kit/button.js";
import { html, setAttributes, setText, svg } from "../kit/dom.js";
import { formatCount } from "../kit/format.js";
import { fillWords } from "../kit/slots.js";

const UNDO = "M3 7h7a3.5 3.5 0 0 1 0 7H6M6 4L3 7l3 3";
const REDO = "M13 7H6a3.5 3.5 0 0 0 0 7h4M10 4l3 3-3 3";
const ICON_SIZE = { viewBox: "0 0 16 16", "aria-hidden": "true" };

/**
 * @param {number[]} counts 1 first
 * @param {{group: string, once: string, many: string}} words many: with a gap {n}
 * @param {string} lang how the counts are written
 * @param {(count: number) => void} train
 */
export function createTrainButtons(counts, { group, once, many }, lang, train) {
  const buttons = counts.map((count) => {
    const n = formatCount(count, lang);
    const label = count === 1 ? once : fillWords(many, { n });
    return createButton(count === 1 ? once : `×${n}`, label, () => train(count));
  });
  return html("div", { class: "bpviz-train", role: "group", "aria-label": group }, ...buttons);
}

/**
 * @param {Record<string, string>} words
 * @param {import("./panels.js").State["history"]} history
 * @returns {{element: Element, end: Element, paint: () => void}} end: says where undo ends
 */
export function createUndoButtons(words, history) {
  const undo = createButton(svg("svg", ICON_SIZE, svg("path", { d: UNDO })), words.undo, history.undo);
  const redo = createButton(svg("svg", ICON_SIZE, svg("path", { d: REDO })), words.redo, history.redo);
  const end = html("p", { class: "bpviz-undo-end" });
  for (const element of [undo, redo]) element.classList.add("bpviz-icon");
  return {
    element: html("div", { class: "bpviz-undo" }, undo, redo),
    end,
    paint() {
      setText(end, history.undoEnd());
      setAttributes(undo, { "aria-disabled": String(!history.canUndo()) });
      setAttributes(redo, { "aria-disabled": String(!history.canRedo()) });
    },
  };
}
