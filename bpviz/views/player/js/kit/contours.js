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

const [CORNERS, ALL] = [4, 0b1111]; // of a cell, one beside the next; as bits

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
  const steps = stepsOf(columns, values.length);
  for (let at = 0; at < values.length - columns; at += 1) {
    if (!known[at]) continue;
    let above = 0; // a bit for each corner
    for (let k = 0; k < CORNERS; k += 1) if (values[at + steps.corner[k]] >= level) above |= 1 << k;
    const inside = known[at - columns] + known[at + 1] + known[at + columns] + known[at - 1] === CORNERS;
    if (above && !(above === ALL && inside)) boundCell(bounds, above, at, steps, known);
  }
  return bounds;
}

/**
 * From the first corner of a cell to its corners, to the points where a level crosses its sides, and to the cells beside them.
 *
 * @param {number} columns
 * @param {number} count of corners
 */
function stepsOf(columns, count) {
  return { corner: [0, 1, columns + 1, columns, 0], crossed: [count, 2 * count + 1, count + columns, 2 * count], beside: [-columns, 1, columns, -1] };
}

/**
 * The bounds of the part of a cell that lies above, walked round: where the level crosses it, and the sides behind which there is nothing.
 *
 * @param {Bounds} bounds
 * @param {number} above a bit for each of its corners
 * @param {number} at its first corner
 * @param {ReturnType<typeof stepsOf>} steps
 * @param {Uint8Array} known
 */
function boundCell(bounds, above, at, { corner, crossed, beside }, known) {
  let [first, last] = [-1, -1];
  for (let k = 0; k < CORNERS; k += 1) {
    const [leaves, enters] = [above & (1 << k), above & (1 << ((k + 1) % CORNERS))];
    const side = at + crossed[k];
    if ((leaves || enters) && !known[at + beside[k]]) join(bounds, leaves ? at + corner[k] : side, enters ? at + corner[k + 1] : side);
    if (!leaves === !enters) continue;
    if (leaves) last = side;
    else if (last < 0) first = side;
    else {
      join(bounds, last, side);
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
    const other = second.size ? second.get(from) : undefined;
    const to = other ?? next[from];
    if (other === undefined) next[from] = -1;
    else second.delete(from);
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
