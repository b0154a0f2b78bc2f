/** Pointing at a quantity anywhere (in the diagram, the formula, the table, at a slider) marks it everywhere. */

import { quantityOf } from "./walk.js";

const MARKED = ":is(.bpviz-stage, .bpviz-table)"; // the places where a quantity lights up

/** @param {HTMLElement} root the player */
export function linkQuantities(root) {
  /** @type {Element[]} */
  let marked = [];
  let last = "";
  const mark = (/** @type {EventTarget | null} */ target) => {
    const name = (target instanceof Element && nameOf(target)) || "";
    if (name === last && marked.every((element) => element.isConnected)) return;
    last = name;
    for (const element of marked) element.classList.remove("bpviz-marked");
    const value = CSS.escape(name);
    marked = name ? [...root.querySelectorAll(`${MARKED} :is([data-bp="${value}"], [data-ref="${value}"])`)] : [];
    for (const element of marked) element.classList.add("bpviz-marked");
  };
  // not pointerover: what moves under a resting pointer is not pointed at
  for (const event of ["pointermove", "focusin"]) root.addEventListener(event, ({ target }) => mark(target));
  root.addEventListener("keydown", ({ target }) => mark(target), { capture: true }); // the keyboard takes over
  for (const event of ["pointerleave", "focusout"]) root.addEventListener(event, () => mark(null));
}

/**
 * @param {Element} element
 * @returns {string | null} the quantity it stands for
 */
function nameOf(element) {
  const term = element.closest("[data-bp], [data-ref], [data-weight], .bpviz-chip, .bpviz-slider");
  if (!term) return null;
  const own = quantityOf(term) ? term : term.querySelector("[data-bp], input");
  return own && (quantityOf(own) || own.getAttribute("name"));
}
