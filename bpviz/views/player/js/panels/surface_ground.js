/** The ground of the surface: the loss over two weights, computed again only where something that it depends on has changed. */

import { readFor } from "../engine/work.js";
import { lowestPlace } from "./surface_lowest.js";
import { flatWays, lossGrid } from "./surface_numbers.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_lowest.js").Lowest} Lowest */
/** @typedef {import("./surface_view.js").View} View */
/**
 * every: it has so many times as many cells as while it changes; lowest: absent where the loss is nowhere a number; flat:
 * whether the loss is the same all the way across, and up; known: at how many places it is a number.
 *
 * @typedef {{grid: Grid, every: number, lowest?: Lowest, flat: [boolean, boolean], known: number}} Ground
 */

const COARSE = 15; // cells along each weight while something moves
export const FINER = 4; // times as many cells at rest: as many as in a figure

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
      return { grid, every, lowest: lowestPlace(score, state, names, ranges, grid), flat: flatWays(grid), known };
    },
  };
}
