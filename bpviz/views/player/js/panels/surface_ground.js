/** The ground of the surface: the loss over two weights, computed again only where something that it depends on has changed. */

import { readFor } from "../engine/work.js";
import { flatWays, lossGrid } from "./surface_numbers.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_map.js").Point} Point */
/** @typedef {import("./surface_numbers.js").Range} Range */
/** @typedef {import("./surface_view.js").View} View */
/**
 * every: it has so many times as many cells as while it changes; lowest: absent where the loss is nowhere a number; flat:
 * whether the loss is the same all the way across, and up; known: at how many places it is a number.
 *
 * @typedef {{grid: Grid, every: number, lowest?: {at: Point, loss: number}, flat: [boolean, boolean], known: number}} Ground
 */

const COARSE = 15; // cells along each weight while something moves
export const FINER = 3; // times as many cells at rest

/**
 * @param {Score} score
 * @param {State} state
 */
export function createGrounds(score, state) {
  const { program, givens, data } = score;
  const read = readFor(program, givens.map(({ name }) => name), program.loss);
  return {
    /** The same as long as the loss is the same everywhere on the map. */
    key(/** @type {View} */ { names, ranges }) {
      const others = read.filter((name) => !names.includes(name) && !data?.columns.includes(name));
      const table = data ? state.history.data.table().rows : [];
      return JSON.stringify([names, ranges, others.map((name) => state.model.get(name)), table]);
    },
    /** @returns {Ground} */
    compute(/** @type {View} */ { names, ranges }, /** @type {number} */ every) {
      const grid = lossGrid(score, state, names, ranges, every * COARSE + 1);
      const known = grid.values.filter(Number.isFinite).length;
      let lowest = lowestOn(grid, ranges);
      if (lowest && every === 1) {
        const near = cellsBeside(lowest.at, ranges); // as fine as at rest: then the lowest place does not leap
        lowest = lowestOn(lossGrid(score, state, names, near, 2 * FINER + 1), near) ?? lowest;
      }
      return { grid, every, lowest, flat: flatWays(grid), known };
    },
  };
}

/**
 * Two coarse cells along each weight, with a place in their middle as far as the map reaches.
 *
 * @param {Point} at
 * @param {[Range, Range]} ranges
 */
function cellsBeside(at, ranges) {
  return /** @type {[Range, Range]} */ (ranges.map(({ low, high }, k) => {
    const cell = (high - low) / COARSE;
    const from = Math.min(Math.max(at[k] - cell, low), high - 2 * cell);
    return { low: from, high: from + 2 * cell };
  }));
}

/**
 * @param {Grid} grid
 * @param {[Range, Range]} ranges
 * @returns {Ground["lowest"]}
 */
function lowestOn({ values, columns, rows }, [across, up]) {
  let best = -1;
  for (let k = 0; k < values.length; k += 1) if (Number.isFinite(values[k]) && !(values[k] >= values[best])) best = k;
  if (best < 0) return undefined;
  const part = [(best % columns) / (columns - 1), Math.floor(best / columns) / (rows - 1)];
  return { at: [across.low + (across.high - across.low) * part[0], up.low + (up.high - up.low) * part[1]], loss: values[best] };
}
