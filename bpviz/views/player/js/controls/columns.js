/**
 * Two columns for a wide place, one after the other elsewhere. The browser's own columns would lay all their sliders out
 * again with every number that changes in them.
 */

import { html } from "../kit/dom.js";

/** @typedef {{element: Element, rows: number}} Piece what stays together, and about how high it is */

/**
 * @param {Piece[]} pieces in order
 * @returns {HTMLElement[]} two columns, as equal as can be
 */
export function inColumns(pieces) {
  const heightOf = (/** @type {Piece[]} */ some) => some.reduce((sum, { rows }) => sum + rows, 0);
  const higher = pieces.map((_, at) => Math.max(heightOf(pieces.slice(0, at + 1)), heightOf(pieces.slice(at + 1))));
  const first = higher.indexOf(Math.min(...higher)) + 1;
  return [pieces.slice(0, first), pieces.slice(first)].map((column) =>
    html("div", { class: "bpviz-column" }, ...column.map(({ element }) => element)),
  );
}
