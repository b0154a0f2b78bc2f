/**
 * The rows of a formula: where they are too wide, what comes after the last "=" stands below, and then what comes after
 * a "+" or a "·"; where they are too high together, they follow each other.
 */

import { mathml } from "./dom.js";

const BELOW = "bpviz-below";
const LEAST_PART = 0.4; // of the width: a row is not broken before

/** @typedef {[Element, Kept[]]} Kept an element, and what it held */
/** @type {WeakMap<Element, Kept>} tables that are broken, as they were */
const whole = new WeakMap();

/**
 * Give the end of each row that is too wide a row of its own.
 *
 * @param {Element} table
 * @param {number} width in CSS pixels
 */
export function breakRows(table, width) {
  keep(table);
  for (const row of [...table.children]) {
    const side = sideOf(row);
    const sign = [...side.children].findLast((item) => item.matches("mo") && item.textContent === "=");
    if (!sign || endOf(side, table) <= width) continue;
    const rest = mathml("mrow");
    while (sign.nextSibling) rest.append(sign.nextSibling);
    sign.remove();
    addBelow(row, rest, row.children[1].cloneNode(true));
  }
}

/**
 * Break the sums and products in rows that still are too wide, brackets and squares around them too.
 *
 * @param {Element} table
 * @param {number} width in CSS pixels
 */
export function breakTerms(table, width) {
  keep(table);
  for (let row = table.firstElementChild; row; row = row.nextElementSibling) {
    const side = sideOf(row);
    if (endOf(side, table) <= width) continue;
    const begins = endOf(row.children[1], table);
    const signs = [...side.querySelectorAll("mo")].filter((sign) => /^[+·]$/.test(sign.textContent ?? "") && mayBreakAt(sign, side));
    const near = signs.filter((sign) => {
      const end = endOf(sign, table);
      return end <= width && end > begins + LEAST_PART * (width - begins);
    });
    const least = Math.min(...near.map((sign) => depthOf(sign, side)));
    const sign = near.findLast((one) => depthOf(one, side) === least);
    if (sign) addBelow(row, cutFrom(sign, side), mathml("mtd"));
  }
}

/**
 * Let rows follow the one above them, as far as there is room for that.
 *
 * @param {Element} table
 * @param {number} width in CSS pixels
 */
export function foldRows(table, width) {
  keep(table);
  const rows = [...table.children];
  const lengths = rows.map((row) => endOf(sideOf(row), table) - endOf(row.children[0], table));
  let [line, end] = [rows[0], 0];
  rows.forEach((row, index) => {
    if (index && !row.children[0].textContent && end + lengths[index] <= width) {
      append(line, row);
      end += lengths[index];
    } else [line, end] = [row, endOf(sideOf(row), table)];
  });
}

/**
 * Undo it.
 *
 * @param {Element} table
 */
export function joinRows(table) {
  const kept = whole.get(table);
  if (kept) putBack(kept);
  whole.delete(table);
}

/** @param {Element} table */
function keep(table) {
  if (!whole.has(table)) whole.set(table, keptOf(table));
}

/**
 * @param {Element} element
 * @returns {Kept}
 */
function keptOf(element) {
  return [element, [...element.children].map(keptOf)];
}

/** @param {Kept} kept */
function putBack([element, children]) {
  const parts = children.map(([child]) => child);
  if (parts.length !== element.childElementCount || parts.some((part, k) => part !== element.children[k])) element.replaceChildren(...parts);
  children.forEach(putBack);
}

/** @param {Element} row */
function sideOf(row) {
  return /** @type {Element} */ (row.lastElementChild?.firstElementChild);
}

/**
 * @param {Element} element
 * @param {Element} table
 * @returns {number} how far from the table's left end it ends, in CSS pixels
 */
function endOf(element, table) {
  return element.getBoundingClientRect().right - table.getBoundingClientRect().left;
}

/**
 * @param {Element} line
 * @param {Element} row gives all that it has after its "="
 */
function append(line, row) {
  line.lastElementChild?.append(mathml("mrow", {}, sideOf(line), mathml("mo", {}, "="), sideOf(row)));
  row.remove();
}

/**
 * @param {Element} row
 * @param {Element} rest
 * @param {Node} middle what stands where the others have "="
 */
function addBelow(row, rest, middle) {
  row.after(mathml("mtr", { class: BELOW }, mathml("mtd", { class: "bpviz-left" }), middle, mathml("mtd", { class: "bpviz-right" }, rest)));
}

/**
 * @param {Element} sign
 * @param {Element} side
 * @returns {boolean} whether all around it can be cut in two: rows, and what has an exponent
 */
function mayBreakAt(sign, side) {
  const outer = /** @type {Element} */ (sign.parentElement);
  if (outer === side) return side.localName === "mrow";
  const can = outer.localName === "mrow" || (outer.localName === "msup" && sign === outer.firstElementChild);
  return can && mayBreakAt(outer, side);
}

/**
 * @param {Element} part
 * @param {Element} side
 * @returns {number} how many elements are around it
 */
function depthOf(part, side) {
  return part === side ? 0 : 1 + depthOf(/** @type {Element} */ (part.parentElement), side);
}

/**
 * Take out all from a sign on; an exponent goes with the end of what it belongs to.
 *
 * @param {Element} sign
 * @param {Element} side
 * @returns {Element}
 */
function cutFrom(sign, side) {
  let outer = /** @type {Element} */ (sign.parentElement);
  let rest = mathml("mrow", {}, sign, ...followersOf(sign));
  while (outer !== side) {
    const around = /** @type {Element} */ (outer.parentElement);
    if (around.localName === "msup") {
      rest = mathml("msup", {}, rest, /** @type {Element} */ (around.lastElementChild));
      around.replaceWith(outer);
    } else {
      rest = mathml("mrow", {}, rest, ...followersOf(outer));
      outer = around;
    }
  }
  return rest;
}

/** @param {Element} element */
function followersOf(element) {
  const all = [...(element.parentElement?.children ?? [])];
  return all.slice(all.indexOf(element) + 1);
}
