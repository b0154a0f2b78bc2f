/** What the surface shows now: two weights, their ranges, and the path from where training began. */

import { trainingPath } from "./surface_numbers.js";
import { regimeOf } from "./surface_regimes.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Given} Given */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_map.js").Point} Point */
/** @typedef {import("./surface_numbers.js").Path} Path */
/** @typedef {import("./surface_numbers.js").Range} Range */
/** @typedef {import("./surface_regimes.js").Regime} Regime */
/** @typedef {import("./surface_lowest.js").Lowest} Lowest */
/**
 * steps: of the sliders; start: all givens there; applied: how many rounds, or epochs, led to the values that are now.
 *
 * @typedef {object} View
 * @property {[string, string]} names across, and up
 * @property {[Range, Range]} ranges
 * @property {[number, number]} steps
 * @property {number[]} start
 * @property {number} applied
 * @property {Point} at the start
 * @property {Point} here where the values are now
 * @property {Path} path
 * @property {Lowest} [round] the lowest of those that lie on the map: there what else learns is as it is now
 * @property {Regime} regime
 */

const ROUNDS_AHEAD = 100;
const MOST_ROUNDS = 10_000;

/**
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names
 * @returns {string} the same as long as the same is shown
 */
export function viewKey({ data }, state, names) {
  const { history, model, whole } = state;
  const values = whole.givens.map(({ name }) => model.get(name));
  const table = data ? JSON.stringify(history.data.table()) : "";
  return [state.variant(), names, history.walked(), history.walkStart(), values, table].join("|");
}

/**
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names
 * @returns {View}
 */
export function viewOf({ givens, program }, { history, model }, names) {
  const places = /** @type {[number, number]} */ (names.map((name) => givens.findIndex((given) => given.name === name)));
  const chosen = places.map((place) => givens[place]);
  const [start, applied] = [history.walkStart(), history.walked()];
  const [at, here] = [places.map((place) => start[place]), names.map((name) => Number(model.get(name)))];
  const rounds = Math.min(Math.max(ROUNDS_AHEAD, applied), MOST_ROUNDS);
  const path = trainingPath(history, start, rounds);
  const trained = program.trained.map((name) => givens.findIndex((given) => given.name === name));
  const ranges = /** @type {[Range, Range]} */ (chosen.map((given, k) => rangeWith(given, [at[k], here[k]])));
  const others = trained.filter((place) => !places.includes(place)).map((place) => ({ place, now: Number(model.get(givens[place].name)) }));
  const flat = { ...path, points: path.points.map((point) => /** @type {Point} */ ([point[places[0]], point[places[1]]])) };
  const onMap = path.points.map((point, k) => isWithin(flat.points[k], ranges) && others.every(({ place, now }) => point[place] === now));
  return {
    names,
    ranges,
    steps: /** @type {[number, number]} */ (chosen.map(({ step }) => step)),
    start: [...start],
    applied,
    at: /** @type {Point} */ (at),
    here: /** @type {Point} */ (here),
    path: flat,
    round: lowestRound(flat, onMap),
    regime: regimeOf(path, trained),
  };
}

/**
 * @param {Given} given
 * @param {number[]} values that the range makes room for
 * @returns {Range}
 */
function rangeWith({ low, high }, values) {
  return { low: Math.min(low, ...values), high: Math.max(high, ...values) };
}

/**
 * @param {{points: Point[], rounds: number[], losses: Float64Array}} path
 * @param {boolean[]} among whether each of the points counts
 * @returns {Lowest | undefined}
 */
function lowestRound({ points, rounds, losses }, among) {
  /** @type {Lowest | undefined} */
  let lowest;
  rounds.forEach((round, k) => {
    const loss = losses[round];
    if (among[k] && Number.isFinite(loss) && !(lowest && lowest.loss <= loss)) lowest = { at: points[k], loss };
  });
  return lowest;
}

/**
 * The lowest place that is known.
 *
 * @param {View} view
 * @param {Lowest} [place] of the ground
 */
export function lowestOf({ round }, place) {
  return round && !(place && place.loss <= round.loss) ? round : place;
}

/**
 * @param {Point} point
 * @param {[Range, Range]} ranges
 */
function isWithin(point, ranges) {
  return ranges.every(({ low, high }, k) => point[k] >= low && point[k] <= high);
}

/**
 * @param {View} view
 * @param {Point} [lowest]
 * @returns {import("./surface_map.js").Way}
 */
export function wayOf({ path: { points, rounds }, applied, here }, lowest) {
  const line = /** @type {Point[]} */ (points);
  const dots = rounds.flatMap((round, k) => (k > 0 && round - rounds[k - 1] === 1 ? [k] : []));
  return { line, dots, end: line[line.length - 1], lowest, ...(applied ? { here } : {}) };
}

/**
 * @param {View} view
 * @returns {boolean} whether the path leaves the map
 */
export function leavesMap({ path: { points }, ranges }) {
  return !points.every((point) => isWithin(/** @type {Point} */ (point), ranges));
}
