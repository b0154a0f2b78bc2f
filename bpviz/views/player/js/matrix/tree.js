/** Formulas that come as trees, with their numbers written in. */

import { mathml } from "../kit/dom.js";
import { formatNumber } from "../kit/format.js";

/** @typedef {{bp?: string, ref?: string, wrap?: boolean, bold?: boolean}} Mark */
/** @typedef {[string, ...(string | Mark | Leaf)[]]} Leaf */

/**
 * @param {any} tree [tag, mark or text or tree, ...]
 * @param {Record<string, number>} values
 * @returns {Element}
 */
export function plantTree([tag, ...rest], values) {
  const element = mathml(tag);
  for (const child of rest) {
    if (typeof child === "string") element.append(child);
    else if (Array.isArray(child)) element.append(plantTree(child, values));
    else if (child.bp) {
      element.textContent = formatNumber(values[child.bp], { wrap: child.wrap });
      element.setAttribute("data-bp", child.bp);
      element.setAttribute("data-value", String(values[child.bp]));
      if (child.bold) element.classList.add("bpviz-strong");
    }
  }
  return element;
}

/**
 * @param {{left: any, right: any}[]} rows
 * @param {Record<string, number>} values
 */
export function plantFormula(rows, values) {
  const lines = rows.map(({ left, right }) =>
    mathml("mtr", {}, mathml("mtd", { class: "bpviz-left" }, plantTree(left, values)), mathml("mtd", {}, mathml("mo", {}, "=")), mathml("mtd", { class: "bpviz-right" }, plantTree(right, values))),
  );
  const table = mathml("mtable", { displaystyle: "true", columnalign: "right center left" }, ...lines);
  for (const sign of table.querySelectorAll("mo")) {
    if (/^[()]$/.test(sign.textContent ?? "") && !sign.parentElement?.querySelector("mfrac")) sign.setAttribute("stretchy", "false");
  }
  return mathml("math", { display: "block" }, table);
}
