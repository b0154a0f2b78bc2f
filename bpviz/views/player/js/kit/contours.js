/** Contours of a grid of numbers by marching squares: the lines at a level, and the area above it. */

import { inTenths } from "./plot.js";

/**
 * Numbers row after row, the lowest row first; what is not finite belongs to no area.
 *
 * @typedef {{values: Float64Array, columns: number, rows: number}} Grid
 */
/** @typedef {{left: number, top: number, width: number, height: number}} Box in CSS pixels, from the grid's first to its last column and row */
/** @typedef {{marks: string[], between: (place: number) => string}} Ruler where columns or rows lie, and what is between them, as a path has it */
/**
 * What bounds an area, which lies to the left of it. Points are numbers: a corner has its place in the grid; the point at
 * which the level crosses the side to the next column, or row, has that of the corner where the side begins, once or twice
 * as many as there are corners further on.
 *
 * @typedef {{starts: number[], next: Int32Array, second: Map<number, number>}} Bounds next: where each point leads to, or −1;
 *   second: where else, as two parts of an area may touch in a corner
 */

const CORNERS = 4; // of a cell, one beside the next

/**
 * @param {Grid} grid
 * @param {number[]} levels
 * @param {Box} box
 * @returns {{line: string, area: string}[]} paths for each level: where it is crossed, and all that lies at it or above
 */
export function contours(grid, levels, box) {
  const [rulers, known] = [rulersOf(grid, box), knownCells(grid)];
  return levels.map((level) => walkRound(boundsOf(grid, level, known), pointText(grid, level, rulers)));
}

/**
 * Strokes through the cells that have a corner without a number.
 *
 * @param {Grid} grid
 * @param {Box} box
 */
export function hatching(grid, box) {
  const [[x, y], known] = [rulersOf(grid, box), knownCells(grid)];
  let strokes = "";
  for (let row = 0; row < grid.rows - 1; row += 1) {
    for (let column = 0; column < grid.columns - 1; column += 1) {
      if (!known[row * grid.columns + column]) strokes += `M${x.marks[column]} ${y.marks[row]}L${x.marks[column + 1]} ${y.marks[row + 1]}`;
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
    const between = (/** @type {number} */ place) => inTenths(from + (place / (count - 1)) * size);
    return { marks: Array.from({ length: count }, (_, k) => between(k)), between };
  };
  return [ruler(columns, left, width), ruler(rows, top + height, -height)];
}

/**
 * @param {Grid} grid
 * @returns {Uint8Array} 1 at the first corner of each cell whose corners all have a number
 */
function knownCells({ values, columns, rows }) {
  const known = new Uint8Array(values.length);
  for (let at = 0; at < (rows - 1) * columns; at += 1) {
    const [a, b, c, d] = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
    if ((at + 1) % columns && Number.isFinite(a - a + (b - b) + (c - c) + (d - d))) known[at] = 1;
  }
  return known;
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {Uint8Array} known
 * @returns {Bounds}
 */
function boundsOf({ values, columns }, level, known) {
  /** @type {Bounds} */
  const bounds = { starts: [], next: new Int32Array(3 * values.length).fill(-1), second: new Map() };
  for (let at = 0; at < values.length - columns; at += 1) {
    if (!known[at]) continue;
    const [a, b, c, d] = [values[at] >= level, values[at + 1] >= level, values[at + columns + 1] >= level, values[at + columns] >= level];
    const count = Number(a) + Number(b) + Number(c) + Number(d);
    const inside = known[at - columns] + known[at + 1] + known[at + columns] + known[at - 1] === CORNERS;
    if (count > 0 && !(count === CORNERS && inside)) boundCell(bounds, [a, b, c, d, a], at, columns, known);
  }
  return bounds;
}

/**
 * The bounds of the part of a cell that lies above, walked round: where the level crosses it, and the sides behind which there is nothing.
 *
 * @param {Bounds} bounds
 * @param {boolean[]} above which of its corners
 * @param {number} at its first corner
 * @param {number} columns
 * @param {Uint8Array} known
 */
function boundCell(bounds, above, at, columns, known) {
  const count = known.length;
  const corners = [at, at + 1, at + columns + 1, at + columns, at];
  const crossed = [count + at, 2 * count + at + 1, count + at + columns, 2 * count + at];
  const beside = [at - columns, at + 1, at + columns, at - 1];
  let [first, last] = [-1, -1];
  for (let k = 0; k < CORNERS; k += 1) {
    const [leaves, enters] = [above[k], above[k + 1]];
    if ((leaves || enters) && !known[beside[k]]) join(bounds, leaves ? corners[k] : crossed[k], enters ? corners[k + 1] : crossed[k]);
    if (leaves === enters) continue;
    if (leaves) last = crossed[k];
    else if (last < 0) first = crossed[k];
    else {
      join(bounds, last, crossed[k]);
      last = -1;
    }
  }
  if (last >= 0) join(bounds, last, first);
}

/**
 * @param {Bounds} bounds
 * @param {number} from
 * @param {number} to
 */
function join({ starts, next, second }, from, to) {
  if (next[from] < 0) next[from] = to;
  else second.set(from, to);
  starts.push(from);
}

/**
 * Each of the bounds as far as it leads, which is back to where it starts.
 *
 * @param {Bounds} bounds
 * @param {(point: number) => string} textOf
 */
function walkRound({ starts, next, second }, textOf) {
  const corners = next.length / 3;
  const leave = (/** @type {number} */ from) => {
    const to = second.get(from) ?? next[from];
    if (!second.delete(from)) next[from] = -1;
    return to;
  };
  let [line, area] = ["", ""];
  for (const start of starts) {
    let [at, here, drawn, to] = [start, "", false, leave(start)];
    while (to >= 0) {
      const then = leave(to);
      const straight = at < corners && to < corners && then >= 0 && then < corners && then - to === to - at;
      if (!here) area += `M${(here = textOf(at))}`;
      if (!straight) {
        const there = textOf(to);
        area += `L${there}`;
        const crosses = at >= corners && to >= corners;
        if (crosses) line += `${drawn ? "" : `M${here}`}L${there}`;
        [here, drawn] = [there, crosses];
      }
      [at, to] = [to, then];
    }
    if (here) area += "Z";
  }
  return { line, area };
}

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {[Ruler, Ruler]} rulers
 * @returns {(point: number) => string} where a point of the bounds lies
 */
function pointText({ values, columns }, level, [x, y]) {
  const part = (/** @type {number} */ from, /** @type {number} */ to) => (level - values[from]) / (values[to] - values[from]);
  return (point) => {
    const at = point % values.length;
    const [column, row] = [at % columns, Math.floor(at / columns)];
    if (point < values.length) return `${x.marks[column]} ${y.marks[row]}`;
    if (point < 2 * values.length) return `${x.between(column + part(at, at + 1))} ${y.marks[row]}`;
    return `${x.marks[column]} ${y.between(row + part(at, at + columns))}`;
  };
}
