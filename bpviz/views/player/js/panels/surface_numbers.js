/** The numbers of the surface: the loss over two weights, and the path that training takes; see calculation/surfaces.py. */

import { LARGEST_DRAWN } from "../kit/plot.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("../engine/runner.js").Training} Training */
/** @typedef {{low: number, high: number}} Range */
/** @typedef {(from: ArrayLike<number>, gone: number, count: number) => Training} Walk so many rounds or epochs, after those that went before */
/** @typedef {{walk: Walk, way: (from: ArrayLike<number>, count: number) => import("../engine/runner.js").Way | undefined}} Walker way: round by round */
/** @typedef {{points: ArrayLike<number>[], rounds: number[], losses: Float64Array, divergedAt: number | null}} Path points: all givens after some rounds */

const LEVELS = 9;
const WIDEST = 1e12; // of the scale of levels, so that no level overflows
const SINGLE = 100; // rounds that are seen one by one
const GROWTH = 1.1;

/**
 * The loss at every pair of values of two givens; see `lossesAt`.
 *
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names across, and up
 * @param {[Range, Range]} ranges
 * @param {number} count of values of each
 * @returns {Grid}
 */
export function lossGrid(score, state, names, [across, up], count) {
  const places = new Float64Array(2 * count * count);
  for (let k = 0; k < count * count; k += 1) {
    places[2 * k] = onRange(across, k % count, count - 1);
    places[2 * k + 1] = onRange(up, Math.floor(k / count), count - 1);
  }
  return { values: lossesAt(score, state, names, places), columns: count, rows: count };
}

/**
 * @param {Range} range
 * @param {number} part so many of `parts` from its beginning
 * @param {number} parts
 */
export function onRange({ low, high }, part, parts) {
  return low + (high - low) * (part / parts);
}

/**
 * The loss at some places, the other givens as they are; where there is data, its mean over the rows.
 *
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names across, and up
 * @param {ArrayLike<number>} places two values each
 */
export function lossesAt({ program, data }, state, names, places) {
  const rows = data ? state.history.data.table().rows : [[]];
  const columns = [...names, ...(data?.columns ?? [])];
  const count = (places.length / 2) * rows.length;
  const numbers = new Float64Array(count * columns.length);
  let at = 0;
  for (let k = 0; k < places.length; k += 2) {
    for (const row of rows) {
      numbers[at] = places[k];
      numbers[at + 1] = places[k + 1];
      for (let column = 0; column < row.length; column += 1) numbers[at + 2 + column] = row[column];
      at += columns.length;
    }
  }
  return meansOf(state.each({ columns, count, numbers }, [program.loss]), rows.length);
}

/**
 * @param {Float64Array} losses
 * @param {number} each of how many of them, one beside the other
 */
function meansOf(losses, each) {
  const means = new Float64Array(losses.length / each);
  for (let k = 0; k < means.length; k += 1) {
    let total = 0;
    for (let row = 0; row < each; row += 1) total += losses[k * each + row];
    means[k] = Math.abs(total / each) < LARGEST_DRAWN ? total / each : NaN;
  }
  return means;
}

/**
 * Every so many columns and rows of a grid.
 *
 * @param {Grid} grid
 * @param {number} every
 * @returns {Grid}
 */
export function thinned(grid, every) {
  if (every === 1) return grid;
  const { values, columns, rows } = grid;
  const [across, up] = [(columns - 1) / every + 1, (rows - 1) / every + 1];
  const kept = Float64Array.from({ length: across * up }, (_, k) => values[Math.floor(k / across) * every * columns + (k % across) * every]);
  return { values: kept, columns: across, rows: up };
}

/**
 * The levels of contours: about even steps below the median, of ever larger ones above it.
 *
 * @param {Grid} grid
 */
export function levelsOf({ values }) {
  const known = values.filter(Number.isFinite).sort();
  const [low, median, high] = [known[0], known[known.length >> 1], known[known.length - 1]];
  if (!(high > low)) return [];
  const scale = Math.max(median - low, (high - low) / WIDEST);
  const top = Math.log1p((high - low) / scale);
  return Array.from({ length: LEVELS }, (_, k) => low + scale * Math.expm1((top * (k + 1)) / (LEVELS + 1)));
}

/**
 * @param {Grid} grid
 * @returns {[boolean, boolean]} whether the loss is the same all the way across, and all the way up
 */
export function flatWays({ values, columns, rows }) {
  const same = (/** @type {number} */ one, /** @type {number} */ other) => Object.is(values[one], values[other]);
  let [across, up] = [true, true];
  for (let k = 0; k < columns * rows; k += 1) {
    if (k % columns && !same(k, k - 1)) across = false;
    if (k >= columns && !same(k, k - columns)) up = false;
  }
  return [across, up];
}

/**
 * @param {number} rounds
 * @returns {number[]} after which of them the path is seen: each of the first, then ever fewer
 */
function stopsTo(rounds) {
  const stops = [0];
  for (let last = 0; last < rounds; stops.push(last)) last = Math.min(last < SINGLE ? last + 1 : Math.ceil(last * GROWTH), rounds);
  return stops;
}

/**
 * The way that training takes; it ends before it diverges.
 *
 * @param {Walker} walker
 * @param {ArrayLike<number>} start
 * @param {number} rounds
 * @returns {Path}
 */
export function trainingPath({ walk, way }, start, rounds) {
  const losses = new Float64Array(rounds + 1).fill(NaN);
  const stops = stopsTo(rounds);
  const singly = way(start, Math.min(SINGLE, rounds));
  losses.set(singly?.losses ?? walk(start, 0, 0).losses);
  /** @type {ArrayLike<number>[]} */
  const points = singly?.points.length ? singly.points : [start];
  if (!Number.isFinite(losses[0])) return { points: [start], rounds: [0], losses, divergedAt: 0 };
  const seen = stops.slice(0, points.length);
  if (singly && singly.divergedAt !== null) return { points, rounds: seen, losses, divergedAt: singly.divergedAt };
  for (let k = points.length; k < stops.length; k += 1) {
    const [from, to] = [stops[k - 1], stops[k]];
    const part = walk(points[k - 1], from, to - from);
    const done = part.divergedAt === null ? to : from + part.divergedAt - 1;
    losses.set(part.losses, from);
    if (done > from) {
      points.push(part.values);
      seen.push(done);
    }
    if (part.divergedAt !== null) return { points, rounds: seen, losses, divergedAt: from + part.divergedAt };
  }
  return { points, rounds: seen, losses, divergedAt: null };
}
