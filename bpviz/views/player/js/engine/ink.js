/** A picture of drawn lines, 8 × 8 numbers from paper (0) to ink (1), by the same steps as bpviz/matrices/digits.py. */

/** @typedef {[number, number]} Dot x to the right, y downwards */
/** @typedef {{side: number, span: number, pen: number}} Paper pixels along a side; those of what is drawn; half a pen's width */

/**
 * @param {Dot[][]} lines with at least one point, in any unit
 * @param {Paper} paper
 * @returns {Dot[][]} moved and scaled into the middle of the picture, in pixels
 */
function fittedLines(lines, { side, span }) {
  const all = lines.flat();
  const low = [0, 1].map((axis) => Math.min(...all.map((dot) => dot[axis])));
  const high = [0, 1].map((axis) => Math.max(...all.map((dot) => dot[axis])));
  const size = Math.max(high[0] - low[0], high[1] - low[1]);
  const scale = size > 0 ? span / size : 0;
  const at = (/** @type {Dot} */ dot, /** @type {0 | 1} */ axis) => (dot[axis] - (low[axis] + high[axis]) / 2) * scale + side / 2;
  return lines.map((line) => line.map((dot) => [at(dot, 0), at(dot, 1)]));
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Dot} a
 * @param {Dot} b
 * @returns {number} the squared distance of a point to the line from a to b
 */
function squaredDistance(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length > 0 ? Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) : 0;
  const [ex, ey] = [ax + t * dx - x, ay + t * dy - y];
  return ex * ex + ey * ey;
}

/**
 * @param {Dot[][]} lines none of them empty
 * @param {Paper} paper
 * @returns {number[]} the darkness of each pixel, row by row; all paper where nothing is drawn
 */
export function inkOf(lines, paper) {
  const { side, pen } = paper;
  const nearest = new Array(side * side).fill(Infinity);
  for (const line of lines.length ? fittedLines(lines, paper) : []) {
    for (let k = 0; k < Math.max(line.length - 1, 1); k += 1) {
      for (const pixel of nearest.keys()) {
        const [x, y] = [(pixel % side) + 0.5, Math.floor(pixel / side) + 0.5];
        nearest[pixel] = Math.min(nearest[pixel], squaredDistance(x, y, line[k], line[k + 1] ?? line[k]));
      }
    }
  }
  return nearest.map((square) => Math.min(Math.max(pen + 0.5 - Math.sqrt(square), 0), 1));
}
