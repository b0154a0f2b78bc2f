/** A board: one thing to touch beside a lesson's text. Which one, its `content` says; what a person has done to it, its `state`. */

import { html } from "./kit/dom.js";
import { attempt, tellKernel } from "./kit/tell_kernel.js";
import { followTheme } from "./kit/theme.js";
import { createCells } from "./matrix/cells.js";
import { createPad } from "./matrix/pad.js";
import { createShapes } from "./matrix/shapes.js";

/** @typedef {{get: (name: string) => any, set: (name: string, value: any) => void, on: (event: string, callback: () => void) => void, off: (event: string, callback: () => void) => void} & import("./kit/tell_kernel.js").Told} BoardModel */
/** @typedef {(content: any, change: (part: object) => void) => {element: HTMLElement, draw: (state: any) => void}} Maker change: takes the parts of the state that are new */

/** @type {Record<string, Maker>} */
const BOARDS = { shapes: createShapes, cells: createCells, digits: createPad };

/**
 * Show a board in an element, as anywidget asks for it.
 *
 * @param {{model: BoardModel, el: HTMLElement}} place
 * @returns {() => void} removes it again
 */
export function render({ model, el }) {
  const content = model.get("content");
  const board = BOARDS[content.kind](content, (part) => {
    model.set("state", { ...model.get("state"), ...part });
    tellKernel(model);
  });
  const root = html("div", { class: `bpviz bpviz-board bpviz-${content.kind}`, lang: content.lang, role: "group", "aria-label": content.title }, board.element);
  el.append(root);
  const leaveTheme = followTheme(root);
  const draw = () => board.draw(model.get("state"));
  model.on("change:state", draw);
  draw();
  return () => {
    attempt(() => model.off("change:state", draw));
    leaveTheme();
    root.remove();
  };
}
