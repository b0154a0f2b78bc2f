/**
 * Walking through the numbers of a part by keyboard: Tab leads to one of them and on to the next part, the arrows up and
 * down lead from one to the other. The arrows left and right stay what they are everywhere: a step in the story.
 */

import { hasFocus, setAttributes } from "./dom.js";

/**
 * @param {HTMLElement} area not the SVG itself: listening to the focus would make that a Tab stop of its own
 * @param {string} selector of what can be visited inside
 * @param {(name: string, item: Element) => void} [visited] called with the quantity that has been walked to
 * @returns {{refresh: (at: string | null) => void, place: () => string | null}}
 *   refresh: make the items reachable after they have been built or changed, and give the keyboard back to the one
 *   that had it; place: the quantity that has the keyboard now, null where it is elsewhere
 */
export function createWalk(area, selector, visited = () => {}) {
  let last = "";
  const items = () => [...area.querySelectorAll(selector)].filter((item) => !item.closest('[style*="display: none"]'));
  const makeStop = (/** @type {Element | undefined} */ stop) => {
    for (const item of items()) {
      setAttributes(item, { tabindex: item === stop ? 0 : -1, "data-lm-suppress-shortcuts": "true" });
    }
  };
  area.addEventListener("keydown", (event) => {
    const { key, target, altKey, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    const way = { ArrowUp: -1, ArrowDown: 1 }[key];
    const all = items();
    const at = all.findIndex((item) => item === target);
    if (!way || at < 0 || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    focus(all[at + way]);
  });
  area.addEventListener("focusin", ({ target }) => {
    const item = items().find((other) => other === target);
    if (!item) return;
    last = quantityOf(item);
    makeStop(item);
    visited(last, item);
  });
  return {
    refresh(at) {
      const all = items();
      const stop = all.find((item) => quantityOf(item) === (at ?? last)) ?? all[0];
      makeStop(stop);
      if (at !== null && !all.some(hasFocus)) focus(stop ?? area.closest("[tabindex]"));
    },
    place() {
      const item = items().find(hasFocus);
      return item ? quantityOf(item) : null;
    },
  };
}

/** @param {Element | null | undefined} element of HTML, SVG or MathML */
function focus(element) {
  /** @type {HTMLElement | null | undefined} */ (element)?.focus();
}

/**
 * @param {Element} element
 * @returns {string} the quantity, or the node, an element stands for itself, or ""
 */
export function quantityOf(element) {
  const keys = ["data-bp", "data-ref", "data-weight", "data-open"];
  return keys.map((key) => element.getAttribute(key)).find((name) => name !== null) ?? "";
}
