/** What shows values and words: live numbers ("slots"), rich text, sentences with gaps. */

import { html, setAttributes, setText } from "./dom.js";
import { formatNumber } from "./format.js";

/** @typedef {import("../score/schema.js").Rich} Rich */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("./format.js").NumberFormat} NumberFormat */
/**
 * An element that shows a quantity's value; data: the one that it carries, as it was last written.
 *
 * @typedef {{element: Element, name: string, format: NumberFormat, value?: number, data?: string | null}} Slot
 */
/**
 * A part of the player: showBeat builds what belongs to a beat, paint writes today's values into it.
 *
 * @typedef {{element: Element, showBeat: (index: number) => void, paint: (reading: Reading) => void}} Part
 */

const NOT_COMPUTED = "·";

/** A number of the usual length, to measure texts with. */
export const SAMPLE = -0.12345;

/**
 * Let an element show a quantity.
 *
 * @param {Element} element
 * @param {string} name
 * @param {NumberFormat} [format]
 * @returns {Slot}
 */
export function createSlot(element, name, format = {}) {
  element.setAttribute("data-bp", name);
  return { element, name, format };
}

/**
 * Write today's values into slots; what is not computed yet is a dot and carries no value.
 *
 * @param {Slot[]} slots
 * @param {Reading} reading
 * @returns {boolean} whether any of them has changed
 */
export function fillSlots(slots, reading) {
  let changed = false;
  for (const slot of slots) {
    const value = reading(slot.name);
    if (slot.data !== undefined && Object.is(value, slot.value) && slot.element.getAttribute("data-value") === slot.data) continue;
    setText(slot.element, value === undefined ? NOT_COMPUTED : formatNumber(value, slot.format));
    setData(slot.element, value);
    [slot.value, slot.data] = [value, slot.element.getAttribute("data-value")];
    changed = true;
  }
  return changed;
}

/**
 * Give an element its quantity's value at full precision.
 *
 * @param {Element} element
 * @param {number | undefined} value
 */
export function setData(element, value) {
  if (value === undefined) element.removeAttribute("data-value");
  else setAttributes(element, { "data-value": value });
}

/**
 * Rich text as HTML.
 *
 * @param {Element} parent where the runs are appended
 * @param {Rich} rich
 * @returns {Slot[]} its live numbers
 */
export function appendRich(parent, rich) {
  /** @type {Slot[]} */
  const slots = [];
  for (const run of rich) {
    if (Array.isArray(run)) {
      const [style, text] = run;
      const inside = style === "subi" ? html("i", {}, text) : text;
      const tag = style === "subi" ? "sub" : style;
      parent.append(tag === "i" || tag === "b" || tag === "sub" || tag === "sup" ? html(tag, {}, inside) : inside);
    } else {
      const element = html("span", { class: run.style === "b" ? "bpviz-number bpviz-strong" : "bpviz-number" });
      slots.push(createSlot(element, run.bp));
      parent.append(element);
    }
  }
  return slots;
}

/**
 * @param {Rich} rich
 * @returns {string} its words, without live numbers
 */
export function plainText(rich) {
  return rich.map((run) => (Array.isArray(run) ? run[1] : "")).join("");
}

/**
 * A sentence of the score's string table with its gaps filled.
 *
 * @param {string} template with gaps such as {name}
 * @param {Record<string, string | number>} values
 */
export function fillWords(template, values) {
  return template.replace(/\{(\w+)\}/g, (gap, key) => String(values[key] ?? gap));
}
