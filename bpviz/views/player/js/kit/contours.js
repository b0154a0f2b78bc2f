/** Contours of a grid of numbers by marching squares: the lines at a level, and the area above it. */

/**
 * Numbers row after row, the lowest row first; what is not finite belongs to no area.
 *
 * @typedef {{values: Float64Array, columns: number, rows: number}} Grid
 */
/** @typedef {{left: number, top: number, width: number, height: number}} Box in CSS pixels, from the grid's first to its last column and row */
/** @typedef {{at: [number, number], leaves: boolean}} Crossing where the edge of a cell crosses the level; leaves: from above it to below */

/** The corners of a cell, one beside the next: columns and rows further. */
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];

/**
 * @param {Grid} grid
 * @param {number} level
 * @param {Box} box
 * @returns {{line: string, area: string}} paths: where the level is crossed, and all that lies at it or above
 */
export function contour(grid, level, box) {
  const place = placer(grid, box);
  const [line, area] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  for (let row = 0; row < grid.rows - 1; row += 1) {
    let first = -1; // of a run of cells that lie above the level
    for (let column = 0; column < grid.columns; column += 1) {
      const above = column < grid.columns - 1 ? cornersAbove(grid, level, column, row) : -1;
      if (above === CORNERS.length && first < 0) first = column;
      if (above !== CORNERS.length && first >= 0) {
        area.push(rectangle(place(first, row), place(column, row + 1)));
        first = -1;
      }
      if (above <= 0 || above === CORNERS.length) continue;
      const { outline, crossings } = crossed(grid, level, column, row, place);
      area.push(`M${outline.map(written).join("L")}Z`);
      crossings.forEach(({ at, leaves }, k) => {
        if (leaves) line.push(`M${written(at)}L${written(crossings[(k + 1) % crossings.length].at)}`);
      });
    }
  }
  return { line: line.join(""), area: area.join("") };
}

/**
 * Strokes through the cells that have a corner without a number.
 *
 * @param {Grid} grid
 * @param {Box} box
 */
export function hatching(grid, box) {
  const place = placer(grid, box);
  const strokes = [];
  for (let row = 0; row < grid.rows - 1; row += 1) {
    for (let column = 0; column < grid.columns - 1; column += 1) {
      if (cornersAbove(grid, -Infinity, column, row) < 0) strokes.push(`M${written(place(column, row))}L${written(place(column + 1, row + 1))}`);
    }
  }
  return strokes.join("");
}

/**
 * @param {Grid} grid
 * @param {Box} box
 * @returns {(column: number, row: number) => [number, number]}
 */
function placer({ columns, rows }, { left, top, width, height }) {
  return (column, row) => [left + (column / (columns - 1)) * width, top + height - (row / (rows - 1)) * height];
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
  if (!Number.isFinite(a + b + c + d)) return -1;
  return Number(a >= level) + Number(b >= level) + Number(c >= level) + Number(d >= level);
}

/**
 * The part of a cell that lies above, walked round.
 *
 * @param {Grid} grid
 * @param {number} level
 * @param {number} column
 * @param {number} row
 * @param {(column: number, row: number) => [number, number]} place
 */
function crossed({ values, columns }, level, column, row, place) {
  /** @type {[number, number][]} */
  const outline = [];
  /** @type {Crossing[]} */
  const crossings = [];
  CORNERS.forEach(([x, y], k) => {
    const [nextX, nextY] = CORNERS[(k + 1) % CORNERS.length];
    const [here, next] = [values[(row + y) * columns + column + x], values[(row + nextY) * columns + column + nextX]];
    const leaves = here >= level;
    if (leaves) outline.push(place(column + x, row + y));
    if (leaves === next >= level) return;
    const part = (level - here) / (next - here);
    const at = place(column + x + (nextX - x) * part, row + y + (nextY - y) * part);
    outline.push(at);
    crossings.push({ at, leaves });
  });
  return { outline, crossings };
}

/**
 * @param {[number, number]} from the lower left
 * @param {[number, number]} to the upper right
 */
function rectangle([left, bottom], [right, top]) {
  return `M${written([left, bottom])}H${right.toFixed(1)}V${top.toFixed(1)}H${left.toFixed(1)}Z`;
}

/** @param {[number, number]} point */
function written([x, y]) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
