/** The surface in words: what the learning rate does to the path, and what the map alone would hide. */

import { fillWords } from "../kit/slots.js";
import { formatCount, formatNumber } from "../kit/format.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_ground.js").Ground} Ground */
/** @typedef {import("./surface_numbers.js").Path} Path */
/** @typedef {import("./surface_regimes.js").Regime} Regime */

/**
 * @param {Score} score
 * @param {Regime} regime
 * @param {Path} path
 * @returns {[string, string]} its name, and what that means
 */
export function regimeWords({ words, data }, regime, { divergedAt }) {
  const diverges = data ? words.data_diverges : words.diverges;
  /** @type {Record<Regime, [string, string]>} */
  const all = {
    never: ["", words.never_a_number],
    diverges: [words.surface_diverging, fillWords(diverges, { round: divergedAt ?? 0 })],
    grows: [words.surface_diverging, words.surface_grows],
    still: [words.surface_still, words.surface_still_means],
    large: [words.surface_large, words.surface_large_means],
    small: [words.surface_small, words.surface_small_means],
    good: [words.surface_good, words.surface_good_means],
    above: [words.surface_above, data ? words.data_above : words.surface_above_means],
  };
  return all[regime];
}

/**
 * @param {Score} score
 * @param {[string, string]} names across, and up
 */
export function mapWords({ words, quantities }, [x, y]) {
  return fillWords(words.surface_plot, { x: quantities[x].speak, y: quantities[y].speak });
}

/**
 * @param {Score} score
 * @param {[string, string]} names
 * @param {Ground} ground
 * @param {boolean} leaves whether the path leaves the map
 */
export function hiddenWords({ words, program: { trained }, quantities }, names, { grid, flat, known }, leaves) {
  const said = [];
  if (!known) said.push(words.surface_nowhere);
  else if (flat[0] && flat[1]) said.push(words.surface_level);
  else flat.forEach((is, k) => is && said.push(fillWords(words.surface_flat, { name: quantities[names[k]].speak })));
  if (known && known < grid.values.length) said.push(words.surface_hatched);
  if (leaves) said.push(words.surface_leaves);
  if (trained.length > 2) said.push(words.surface_others);
  return said.join(" ");
}

/** @param {Score} score */
export function legendWords({ words, data }) {
  return fillWords(words.surface_legend, { dots: data ? words.data_dots : words.surface_dots });
}

/**
 * The numbers of a path and its map.
 *
 * @param {Score} score
 * @param {State} state
 * @param {Path} path
 * @param {number | undefined} lowest absent where there is none
 */
export function numberWords({ words, lang, data }, state, { losses, rounds }, lowest) {
  const last = rounds[rounds.length - 1];
  const rows = data ? state.history.data.table().rows.length : 1;
  const parts = [fillWords(rows > 1 ? words.data_from : words.surface_from, { loss: formatNumber(losses[0]), rows })];
  const end = fillWords(data ? words.data_epochs : words.rounds, { n: formatCount(last, lang) });
  if (last > 0) parts.push(fillWords(words.surface_to, { end, loss: formatNumber(losses[last]) }));
  if (lowest !== undefined) parts.push(fillWords(words.surface_lowest, { loss: formatNumber(lowest) }));
  return parts.join(" ");
}
