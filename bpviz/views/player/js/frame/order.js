/** The order in which one meets the parts of a card with the keyboard: as they are seen. */

import { focusBeside } from "../kit/dom.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {Record<"header" | "stage" | "transport" | "aside" | "controls" | "panels" | "tools", Element>} Ordered */

/**
 * @param {Ordered} parts of a card
 */
export function createOrder(parts) {
  let onPaper = false;
  /** @type {[Layout, {narrow: boolean, presents: boolean}]} */
  let last = ["tall", { narrow: false, presents: false }];
  const order = () => (onPaper ? putInOrder(parts, "tall", { narrow: false, presents: false }) : putInOrder(parts, ...last));
  return {
    put(/** @type {Layout} */ layout, /** @type {{narrow: boolean, presents: boolean}} */ room) {
      last = [layout, room];
      order();
    },
    /** Paper has nothing that sticks to a window: the steps stand below the story. */
    putOnPaper(/** @type {boolean} */ on) {
      onPaper = on;
      order();
    },
  };
}

/**
 * Where one column scrolls, the transport comes last, panels come before the sliders unless they stand beside them, and
 * the narrowest header leaves its tools to what stands below the story.
 *
 * @param {Ordered} parts
 * @param {Layout} layout
 * @param {{narrow: boolean, presents: boolean}} room
 */
function putInOrder({ header, stage, transport, aside, controls, panels, tools }, layout, { narrow, presents }) {
  const scrolls = layout === "low" || layout === "stack";
  const card = /** @type {Element} */ (stage.parentElement);
  const focused = focusBeside(card);
  line(card, scrolls ? [header, stage, aside, transport] : [header, stage, transport, aside]);
  const below = narrow && !presents ? [tools] : [];
  if (!below.length && tools.parentElement !== header) header.append(tools);
  line(aside, [...below, ...(narrow ? [panels, controls] : [controls, panels])]);
  if (focused && focused !== focusBeside(card) && card.contains(focused)) {
    /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
  }
}

/**
 * Let an element begin with these children; what is in its place is not touched.
 *
 * @param {Element} element
 * @param {Element[]} children
 */
function line(element, children) {
  const isInLine = children.every((child, index) => element.children[index] === child);
  if (!isInLine) element.prepend(...children);
}
