/** The numbers of the surface: the loss over two weights, and the path that training takes; see calculation/surfaces.py. */

import { LARGEST_DRAWN } from "../kit/plot.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("../engine/runner.js").Training} Training */
/** @typedef {{low: number, high: number}} Range */
/** @typedef {(from: ArrayLike<number>, gone: number, count: number) => Training} Walk so many rounds or epochs, after those that went before */
/** @typedef {{points: ArrayLike<number>[], rounds: number[], losses: Float64Array, divergedAt: number | null}} Path points: all givens after some rounds */
/** @typedef {"never" | "diverges" | "grows" | "still" | "large" | "small" | "good"} Regime */

const LEVELS = 9;
const WIDEST = 1e12; // of the scale of levels, so that no level overflows
const SINGLE = 100; // rounds that are seen one by one
const GROWTH = 1.1;
const ROUNDING = 1e-9; // of the largest step: smaller ones are rounding

/**
 * The loss at every pair of values of two givens, the others as they are; where there is data, its mean over the rows.
 *
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names across, and up
 * @param {[Range, Range]} ranges
 * @param {number} count of values of each
 * @returns {Grid}
 */
export function lossGrid({ program, data }, state, names, [across, up], count) {
  const rows = data ? state.history.data.table().rows : [[]];
  const columns = [...names, ...(data?.columns ?? [])];
  const numbers = new Float64Array(count * count * rows.length * columns.length);
  const value = (/** @type {Range} */ { low, high }, /** @type {number} */ k) => low + (high - low) * (k / (count - 1));
  let at = 0;
  for (let k = 0; k < count * count; k += 1) {
    for (const row of rows) {
      numbers.set([value(across, k % count), value(up, Math.floor(k / count)), ...row], at);
      at += columns.length;
    }
  }
  const losses = state.each({ columns, count: count * count * rows.length, numbers }, [program.loss]);
  const values = Float64Array.from({ length: count * count }, (_, k) => {
    let total = 0;
    for (let row = 0; row < rows.length; row += 1) total += losses[k * rows.length + row];
    const mean = total / rows.length;
    return Math.abs(mean) < LARGEST_DRAWN ? mean : NaN;
  });
  return { values, columns: count, rows: count };
}

/**
 * Every so many columns and rows of a grid.
 *
 * @param {Grid} grid
 * @param {number} every
 * @returns {Grid}
 */
export function thinned({ values, columns, rows }, every) {
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
  const known = Float64Array.from(values).filter(Number.isFinite).sort();
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
 * @param {Walk} walk
 * @param {ArrayLike<number>} start
 * @param {number} rounds
 * @returns {Path}
 */
export function trainingPath(walk, start, rounds) {
  const losses = new Float64Array(rounds + 1).fill(NaN);
  const [stops, points] = [stopsTo(rounds), [start]];
  losses[0] = walk(start, 0, 0).losses[0];
  if (!Number.isFinite(losses[0])) return { points, rounds: [0], losses, divergedAt: 0 };
  for (let k = 1; k < stops.length; k += 1) {
    const [from, to] = [stops[k - 1], stops[k]];
    const part = walk(points[k - 1], from, to - from);
    losses.set(part.losses, from);
    points.push(part.values);
    if (part.divergedAt !== null) return { points, rounds: [...stops.slice(0, k), from + part.divergedAt - 1], losses, divergedAt: from + part.divergedAt };
  }
  return { points, rounds: stops, losses, divergedAt: null };
}

/**
 * What the learning rate does to a path.
 *
 * @param {Path} path
 * @param {number[]} trained the places of trained givens
 * @returns {Regime}
 */
export function regimeOf({ points, rounds, losses, divergedAt }, trained) {
  if (divergedAt !== null) return divergedAt ? "diverges" : "never";
  const last = losses.length - 1;
  const [first, half, end] = [losses[0], losses[last >> 1], losses[last]];
  if (losses.every((loss) => loss === first)) return "still";
  if (end > first) return "grows";
  const least = losses.reduce((a, b) => Math.min(a, b));
  const rises = losses.reduce((sum, loss, k) => sum + (k ? Math.max(loss - losses[k - 1], 0) : 0), 0);
  if (rises > first - least || turnsOften(points, rounds, trained)) return "large";
  return 2 * (half - end) > first - half ? "small" : "good";
}

/**
 * @param {ArrayLike<number>[]} points
 * @param {number[]} rounds
 * @param {number[]} trained
 * @returns {boolean} whether most steps go back on the one before, as far as they are more than rounding
 */
function turnsOften(points, rounds, trained) {
  const steps = points.slice(1).filter((_, k) => rounds[k + 1] - rounds[k] === 1).map((point, k) => trained.map((place) => point[place] - points[k][place]));
  const largest = Math.max(0, ...steps.map((step) => Math.hypot(...step)));
  const pairs = steps.slice(1).map((step, k) => [step, steps[k]]).filter((pair) => pair.every((step) => Math.hypot(...step) > ROUNDING * largest));
  const turns = pairs.filter(([step, before]) => step.reduce((sum, part, k) => sum + part * before[k], 0) < 0).length;
  return 2 * turns > pairs.length;
}
