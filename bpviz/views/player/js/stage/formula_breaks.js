/** Where a formula is too wide for a phone: what comes after the last "=" of its widest rows stands below. */

import { mathml } from "../kit/dom.js";

const BELOW = "bpviz-below";

/**
 * Give the end of each row that is too wide a row of its own.
 *
 * @param {Element} table
 * @param {number} width in CSS pixels
 */
export function breakRows(table, width) {
  const begins = table.getBoundingClientRect().left;
  for (const row of [...table.children]) {
    const [, middle, right] = row.children;
    const side = right.firstElementChild;
    const sign = side && [...side.children].findLast((item) => item.matches("mo") && item.textContent === "=");
    if (!side || !sign || side.getBoundingClientRect().right - begins <= width) continue;
    const rest = mathml("mrow");
    while (sign.nextSibling) rest.append(sign.nextSibling);
    sign.remove();
    row.after(mathml("mtr", { class: BELOW }, mathml("mtd", { class: "bpviz-left" }), middle.cloneNode(true), mathml("mtd", { class: "bpviz-right" }, rest)));
  }
}

/**
 * Undo it.
 *
 * @param {Element} table
 */
export function joinRows(table) {
  for (const row of table.querySelectorAll(`.${BELOW}`)) {
    const [above, rest] = [row.previousElementSibling, row].map((item) => item?.lastElementChild?.firstElementChild);
    above?.append(mathml("mo", {}, "="), ...(rest?.childNodes ?? []));
    row.remove();
  }
}
