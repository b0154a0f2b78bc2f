/** A group of sliders; one of many is closed at first, and its rows are made when it is opened. */

import { html } from "../kit/dom.js";

/** @typedef {import("../score/schema.js").Group} Group */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {Part & {resetRange: () => void}} Row */

/**
 * @param {Group} group
 * @param {boolean} folded
 * @param {(name: string) => Row} rowOf
 */
export function createGroup({ label, tone, givens: names }, folded, rowOf) {
  /** @type {Row[]} */
  let rows = [];
  /** @type {Reading} */
  let latest = () => undefined;
  const room = html("div", { class: "bpviz-group-rows" });
  const open = () => {
    if (rows.length) return;
    rows = names.map(rowOf);
    room.append(...rows.map(({ element }) => element));
  };
  const element = folded ? createFolded(label, tone, names.length, room) : createOpen(label, tone);
  const paint = (/** @type {Reading} */ reading) => {
    latest = reading;
    if (!(element instanceof HTMLDetailsElement) || element.open) for (const row of rows) row.paint(reading);
  };
  if (folded) {
    element.addEventListener("toggle", () => {
      if (element instanceof HTMLDetailsElement && element.open) open();
      paint(latest);
    });
  } else {
    rows = names.map(rowOf);
    element.append(...rows.map((row) => row.element));
  }
  return {
    element,
    names,
    paint,
    resetRange() {
      for (const row of rows) row.resetRange();
    },
    /** Open it, scroll to a slider and give it the keyboard. */
    bring(/** @type {string} */ name) {
      if (element instanceof HTMLDetailsElement) element.open = true;
      open();
      paint(latest);
      const slider = rows[names.indexOf(name)].element.querySelector("input");
      slider?.scrollIntoView({ block: "nearest" });
      slider?.focus({ preventScroll: true });
    },
  };
}

/**
 * @param {string} label
 * @param {string} tone
 */
function createOpen(label, tone) {
  return html("section", { class: `bpviz-group bpviz-tone-${tone}` }, html("h3", { class: "bpviz-heading" }, label));
}

/**
 * @param {string} label
 * @param {string} tone
 * @param {number} count
 * @param {Element} room
 */
function createFolded(label, tone, count, room) {
  const heading = html("summary", { class: "bpviz-heading" }, `${label} (${count})`);
  return html("details", { class: `bpviz-group bpviz-folded bpviz-tone-${tone}` }, heading, room);
}
