/** Small helpers to build elements, and live numbers ("slots"). Text always reaches the page as text. */

import { formatNumber } from "./format.js";

/** @typedef {import("../score/schema.js").Rich} Rich */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("./format.js").NumberFormat} NumberFormat */
/** @typedef {{element: Element, name: string, format: NumberFormat}} Slot an element that shows a quantity's value */
/**
 * A part of the player: showBeat builds what belongs to a beat, paint writes today's values into it.
 *
 * @typedef {{element: Element, showBeat: (index: number) => void, paint: (reading: Reading) => void}} Part
 */
/** @typedef {Record<string, string | number>} Attributes */

const NOT_COMPUTED = "·";

/**
 * Write attributes that are new or other than before: to write the same one again costs the browser a layout.
 *
 * @template {Element} T
 * @param {T} element
 * @param {Attributes} attributes
 * @returns {T} the same element
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function html(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
  element.append(...children);
  return element;
}

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function mathml(tag, attributes = {}, ...children) {
  const element = setAttributes(document.createElementNS("http://www.w3.org/1998/Math/MathML", tag), attributes);
  element.append(...children);
  return element;
}

/**
 * An element that can take the keyboard. JupyterLab leaves its keys alone only if the element itself says so.
 *
 * @template {HTMLElement} T
 * @param {T} element
 */
export function ownsKeys(element) {
  return setAttributes(element, { "data-lm-suppress-shortcuts": "true" });
}

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
 */
export function fillSlots(slots, reading) {
  for (const { element, name, format } of slots) {
    const value = reading(name);
    const text = value === undefined ? NOT_COMPUTED : formatNumber(value, format);
    if (element.textContent !== text) element.textContent = text;
    setData(element, value);
  }
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
      parent.append(
        style === "i" || style === "b" || style === "sub" || style === "sup" ? html(style, {}, text) : text,
      );
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

/**
 * Remember which place in an element has the focus.
 *
 * @param {Element} [old]
 * @returns {(next: Element) => void} gives the same place in another element the focus, without scrolling
 */
export function rememberFocus(old) {
  const focused = document.activeElement;
  if (!focused || !old?.contains(focused)) return () => {};
  /** @type {number[]} */
  const path = [];
  for (let at = focused; at !== old && at.parentElement; at = at.parentElement) {
    path.unshift([...at.parentElement.children].indexOf(at));
  }
  return (next) => focusAt(next, path);
}

/**
 * @param {Element} root
 * @param {number[]} path of places among children; the nearest element above that can is focused
 */
function focusAt(root, path) {
  /** @type {Element[]} */
  const way = [root];
  for (const place of path) way.unshift(way[0].children[place] ?? way[0]);
  way.find((element) => {
    if (element instanceof HTMLElement || element instanceof SVGElement) element.focus({ preventScroll: true });
    return document.activeElement === element;
  });
}

/**
 * @param {Element} element
 * @param {(width: number) => void} changed called when the element gets a new width, in CSS pixels
 * @returns {() => void} stops it
 */
export function watchWidth(element, changed) {
  let width = 0;
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width || contentRect.width === 0) return;
    width = contentRect.width;
    changed(width);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** A number of the usual length, to measure texts with. */
export const SAMPLE = -0.12345;

/**
 * @param {Element} element beside which they are laid out, together and once
 * @param {Element[]} probes
 * @returns {number} the height of the tallest, in CSS pixels
 */
export function tallest(element, probes) {
  element.after(...probes);
  const heights = probes.map((probe) => Math.ceil(probe.getBoundingClientRect().height));
  for (const probe of probes) probe.remove();
  return Math.max(...heights);
}
