/** The formulas of both passes as matrices. Each cell of a result is a formula that one knows: point at it, and its path lights up. */

import { html, mathml, ownsKeys, setText, watchSize } from "../kit/dom.js";
import { formatNumber } from "../kit/format.js";
import { createButton } from "../kit/button.js";
import { fitWidth } from "../kit/formula_fit.js";
import { createNetwork } from "./network.js";
import { plantFormula, plantTree } from "./tree.js";

/** @typedef {{sign?: string, label?: any, plain?: string, rows: string[][]}} MatrixPart a sign, or a matrix of names */
/** @typedef {import("./network.js").Path & {name: string, told: string[], formula: {left: any, right: any}[], reads: [number, number | null, number | null][]}} Cell */
/** @typedef {{key: string, told: string, layer: number, parts: MatrixPart[], cells: Cell[][]}} MatrixFormula */
/** @typedef {{formula: number, row: number, column: number}} Chosen */
/** @typedef {{words: Record<string, string>, network: any, formulas: MatrixFormula[], values: Record<string, number>}} CellsContent */

/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {CellsContent} content
 * @param {(part: Partial<Chosen>) => void} change
 */
export function createCells(content, change) {
  const { words, formulas, values } = content;
  const network = createNetwork(content.network, words.network);
  const tabs = formulas.map(({ parts: [result] }, index) => {
    const symbol = mathml("math", {}, plantTree(result.label, values));
    const button = createButton("", result.plain ?? "", () => change({ formula: index, row: 0, column: 0 }));
    button.append(symbol);
    return button;
  });
  const shown = html("div", { class: "bpviz-cells-equation" });
  const formula = html("div", { class: "bpviz-cells-formula" });
  const told = html("p", { class: "bpviz-board-message", role: "status" });
  const head = createTabs(words, formulas, tabs);
  watchSize(head, () => fitWidth(formula));
  let [drawn, point] = [-1, /** @type {(chosen: Chosen) => void} */ (() => {})];
  return {
    element: html("div", { class: "bpviz-cells-board" }, head, html("div", { class: "bpviz-cells-matrices" }, shown, formula, told), network.element),
    /** @param {Chosen} state */
    draw(state) {
      const { cells } = formulas[state.formula];
      const cell = cells[state.row][state.column];
      if (state.formula !== drawn) point = drawMatrices(shown, formulas[state.formula], state.formula, values, change);
      drawn = state.formula;
      tabs.forEach((tab, index) => tab.setAttribute("aria-pressed", String(index === state.formula)));
      point(state);
      formula.replaceChildren(plantFormula(cell.formula, values));
      fitWidth(formula);
      network.light(cell);
      setText(told, words[`told_${formulas[state.formula].told}`]);
    },
  };
}

/**
 * @param {Record<string, string>} words
 * @param {MatrixFormula[]} formulas
 * @param {HTMLElement[]} tabs
 */
function createTabs(words, formulas, tabs) {
  const group = (/** @type {string} */ label, /** @type {boolean} */ back) => {
    const own = tabs.filter((_, index) => formulas[index].key.startsWith("d") === back);
    return html("div", { class: "bpviz-cells-tabs", role: "group", "aria-label": label }, html("span", {}, label), ...own);
  };
  return html("div", { class: "bpviz-cells-head" }, group(words.forward, false), group(words.backward, true));
}

/**
 * @param {Element} place
 * @param {MatrixFormula} formula
 * @param {number} number
 * @param {Record<string, number>} values
 * @param {(part: Partial<Chosen>) => void} change
 * @returns {(chosen: Chosen) => void} marks a cell and what it is made of
 */
function drawMatrices(place, { parts, cells }, number, values, change) {
  const point = (/** @type {number} */ row, /** @type {number} */ column) => change({ formula: number, row, column });
  const drawn = parts.map(({ sign, label, rows }, index) => {
    if (sign) return { element: html("span", { class: "bpviz-cells-sign" }, sign), cells: [] };
    return drawMatrix(label, rows, values, index === 0 ? cells : null, point);
  });
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...drawn.map(({ element }) => element));
  const [result, , ...operands] = drawn;
  const matrices = operands.filter((_, index) => !parts[index + 2].sign);
  if (hadFocus) result.cells[0][0].focus();
  return ({ row, column }) => {
    const { reads } = cells[row][column];
    each(result.cells, (cell, i, j) => {
      const isHere = i === row && j === column;
      cell.classList.toggle("bpviz-here", isHere);
      cell.setAttribute("tabindex", isHere ? "0" : "-1");
    });
    matrices.forEach((matrix, index) => each(matrix.cells, (cell, i, j) => cell.classList.toggle("bpviz-read", reads.some(([part, y, x]) => part === index && (y ?? i) === i && (x ?? j) === j))));
  };
}

/**
 * @param {HTMLElement[][]} cells
 * @param {(cell: HTMLElement, row: number, column: number) => void} visit
 */
function each(cells, visit) {
  cells.forEach((row, i) => row.forEach((cell, j) => visit(cell, i, j)));
}

/**
 * @param {any} label
 * @param {string[][]} rows
 * @param {Record<string, number>} values
 * @param {Cell[][] | null} told what the cells of a result tell; null: these cannot be pointed at
 * @param {(row: number, column: number) => void} point
 */
function drawMatrix(label, rows, values, told, point) {
  const cells = rows.map((row, i) =>
    row.map((name, j) => {
      const number = formatNumber(values[name]);
      const attributes = { "data-bp": name, "data-value": values[name] };
      if (!told) return html("span", attributes, number);
      const button = ownsKeys(html("button", { type: "button", "aria-label": told[i][j].told.join(" "), ...attributes }, number));
      for (const event of ["pointerenter", "focus", "click"]) button.addEventListener(event, () => point(i, j));
      return button;
    }),
  );
  const grid = html("div", { class: "bpviz-cells-grid", style: `--columns: ${rows[0].length}` }, ...cells.flat());
  if (told) moveByKeys(grid, /** @type {HTMLElement[][]} */ (cells));
  return { element: html("div", { class: `bpviz-cells-matrix${told ? " bpviz-result" : ""}` }, mathml("math", {}, plantTree(label, values)), grid), cells: /** @type {HTMLElement[][]} */ (cells) };
}

/**
 * @param {HTMLElement} grid
 * @param {HTMLElement[][]} cells
 */
function moveByKeys(grid, cells) {
  grid.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    each(cells, (cell, i, j) => {
      if (cell !== event.target) return;
      cells[i + move[0]]?.[j + move[1]]?.focus();
      event.preventDefault();
    });
    event.stopPropagation();
  });
}
