/** A sum and its terms: where a row with a sum sign is followed by one that writes it out, the terms slide from the sign. */

import { slideFrom } from "./motion.js";

/** @param {Element} formula that is laid out */
export function unfoldSums(formula) {
  const rows = [...formula.querySelectorAll("mtr")];
  rows.forEach((row, at) => {
    const sign = rows[at - 1]?.querySelector("munderover > mo");
    const sum = row.lastElementChild?.firstElementChild;
    if (!sign || !sum || row.querySelector("munderover")) return;
    const first = isSum(sum) ? sum : [...sum.querySelectorAll("mrow")].find(isSum);
    termsOf(first ?? sum).forEach((term, place) => slideFrom(term, sign, place));
  });
}

/** @param {Element} row */
function isSum(row) {
  return [...row.children].some((part) => part.localName === "mo" && part.textContent === "+");
}

/**
 * @param {Element} sum whose first part may be a sum, too
 * @returns {Element[]} its terms, each with the sign before it
 */
function termsOf(sum) {
  return isSum(sum) ? [...sum.children].flatMap(termsOf) : [sum];
}
