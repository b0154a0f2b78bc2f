/** Contours of a grid of numbers by marching squares: the lines at a level, and the area above it. */

import { inTenths } from "./plot.js";

/**
 * Numbers row after row, the lowest row first; what is not finite belongs to no area.
 *
 * @typedef {{values: Float64Array, columns: number, rows: number}} Grid
 */
/** @typedef {{left: number, top: number, width: number, height: number}} Box in CSS pixels, from the grid's first to its last column and row */
/** @typedef {(place: number) => string} Ruler where a column or row lies, and all between them, as a path has it */

/** The corners of a cell, one beside the next: columns and rows further; the first again at the end. */
const [RIGHT, UP] = [[0, 1, 1, 0, 0], [0, 0, 1, 1, 0]];
const CORNERS = 4;

/**
 * @param {Grid} grid
 * @param {number[]} levels
 * @param {Box} box
 * @returns {{line: string, area: string}[]} paths for each level: where it is crossed, and all that lies at it or above
 */
export function contours(grid, levels, box) {
  const rulers = rulersOf(grid, box);
  return levels.map((level) => contour(grid, level, rulers));
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {[Ruler, Ruler]} rulers
 */
function contour(grid, level, rulers) {
  const [x, y] = rulers;
  let [line, area] = ["", ""];
  for (let row = 0; row < grid.rows - 1; row += 1) {
    let first = -1; // of a run of cells that lie above the level
    for (let column = 0; column < grid.columns; column += 1) {
      const above = column < grid.columns - 1 ? cornersAbove(grid, level, column, row) : -1;
      if (above === CORNERS && first < 0) first = column;
      if (above !== CORNERS && first >= 0) {
        area += `M${x(first)} ${y(row)}H${x(column)}V${y(row + 1)}H${x(first)}Z`;
        first = -1;
      }
      if (above <= 0 || above === CORNERS) continue;
      const cell = crossed(grid, level, column, row, rulers);
      area += cell.area;
      line += cell.line;
    }
  }
  return { line, area };
}

/**
 * Strokes through the cells that have a corner without a number.
 *
 * @param {Grid} grid
 * @param {Box} box
 */
export function hatching(grid, box) {
  const [x, y] = rulersOf(grid, box);
  let strokes = "";
  for (let row = 0; row < grid.rows - 1; row += 1) {
    for (let column = 0; column < grid.columns - 1; column += 1) {
      if (cornersAbove(grid, 0, column, row) < 0) strokes += `M${x(column)} ${y(row)}L${x(column + 1)} ${y(row + 1)}`;
    }
  }
  return strokes;
}

/**
 * @param {Grid} grid
 * @param {Box} box
 * @returns {[Ruler, Ruler]}
 */
function rulersOf({ columns, rows }, { left, top, width, height }) {
  const ruler = (/** @type {number} */ count, /** @type {number} */ from, /** @type {number} */ size) => {
    const marks = Array.from({ length: count }, (_, k) => inTenths(from + (k / (count - 1)) * size));
    return (/** @type {number} */ place) => marks[place] ?? inTenths(from + (place / (count - 1)) * size);
  };
  return [ruler(columns, left, width), ruler(rows, top + height, -height)];
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {number} column
 * @param {number} row
 * @returns {number} how many corners of a cell lie above; −1 where one of them has no number
 */
function cornersAbove({ values, columns }, level, column, row) {
  const at = row * columns + column;
  const [a, b, c, d] = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
  if (!Number.isFinite(a - a + (b - b) + (c - c) + (d - d))) return -1;
  return Number(a >= level) + Number(b >= level) + Number(c >= level) + Number(d >= level);
}

/**
 * The part of a cell that lies above, walked round, and the lines that bound it inside the cell.
 *
 * @param {Grid} grid
 * @param {number} level
 * @param {number} column
 * @param {number} row
 * @param {[Ruler, Ruler]} rulers
 */
function crossed({ values, columns }, level, column, row, [x, y]) {
  let [area, line, first, last] = ["", "", "", ""];
  let here = values[row * columns + column];
  for (let k = 0; k < CORNERS; k += 1) {
    const [right, up] = [column + RIGHT[k], row + UP[k]];
    const [across, along] = [RIGHT[k + 1] - RIGHT[k], UP[k + 1] - UP[k]];
    const [before, next] = [here, values[(up + along) * columns + right + across]];
    here = next;
    const leaves = before >= level;
    if (leaves) area += `${area ? "L" : "M"}${x(right)} ${y(up)}`;
    if (leaves === next >= level) continue;
    const part = (level - before) / (next - before);
    const at = `${x(right + across * part)} ${y(up + along * part)}`;
    area += `${area ? "L" : "M"}${at}`;
    if (leaves) last = at;
    else if (last) [line, last] = [`${line}M${last}L${at}`, ""];
    else first = at;
  }
  return { area: `${area}Z`, line: last ? `${line}M${last}L${first}` : line };
}
