/** A formula that is too wide for its room, as on a phone: smaller, or broken; or too high: its rows follow each other. */

import { breakRows, breakTerms, foldRows, joinRows } from "./formula_breaks.js";

const PADDING = 24; // of the cells of a row, in CSS pixels
const ATTEMPTS = 5;
const LEAST_STEP = 0.99; // widths of letters are rounded to pixels: a hair smaller may be no narrower
const BROKEN = 0.72; // of its usual size: rows that would have to be smaller are broken
const LEAST_SHARE = 0.6; // of its usual size, but no less than
const IN_A_LINE = ".bpviz-folded ~ *"; // behind a diagram that needs the height
const LEAST_LETTERS = 11; // CSS pixels; what is wider still is scrolled

/**
 * Make a formula no wider than its element: smaller, or broken, or scrolled.
 *
 * @param {HTMLElement} element
 */
export function fitWidth(element) {
  const table = element.querySelector("mtable");
  if (!table || !element.clientWidth) return; // not on the page yet
  element.classList.remove("bpviz-across");
  joinRows(table);
  element.style.fontSize = "";
  fold(element);
  const usual = parseFloat(getComputedStyle(element).fontSize);
  if (shrink(element, usual) < BROKEN * usual) {
    element.style.fontSize = `${BROKEN * usual}px`;
    breakRows(table, element.clientWidth);
    shrink(element, usual);
  }
  if (element.scrollWidth > element.clientWidth) breakTerms(table, element.clientWidth - PADDING);
  element.classList.toggle("bpviz-across", element.scrollWidth > element.clientWidth);
}

/**
 * Where there is too little height, rows follow each other.
 *
 * @param {HTMLElement} element
 */
export function fold(element) {
  const table = element.querySelector("mtable");
  if (table && element.matches(IN_A_LINE)) foldRows(table, element.clientWidth - PADDING);
}

/**
 * @param {HTMLElement} element
 * @param {number} usual the size of its letters, in CSS pixels
 * @returns {number} the size that they have now
 */
function shrink(element, usual) {
  const least = Math.max(LEAST_SHARE * usual, LEAST_LETTERS);
  let size = usual;
  element.style.fontSize = "";
  for (let attempt = 0; attempt < ATTEMPTS && element.scrollWidth > element.clientWidth && size > least; attempt += 1) {
    const room = (element.clientWidth - PADDING) / (element.scrollWidth - PADDING); // the padding does not shrink
    size = Math.max(size * Math.min(room, LEAST_STEP), least);
    element.style.fontSize = `${size.toFixed(2)}px`;
  }
  return size;
}
