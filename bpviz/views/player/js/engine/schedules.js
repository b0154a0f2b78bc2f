/** Schedules of the learning rate, with the same meaning as bpviz/calculation/schedules.py. */

/** @typedef {"small" | "large" | "shrinking" | "growing"} Schedule */
/** @type {Schedule[]} */
export const SCHEDULES = ["small", "large", "shrinking", "growing"];

/**
 * @param {Schedule} kind
 * @param {number} rounds
 * @param {number} small the smallest rate
 * @param {number} large the largest
 * @param {number} rise the part of the rounds in which a growing schedule grows
 * @returns {Float64Array} a rate for every round
 */
export function ratesOf(kind, rounds, small, large, rise) {
  if (kind === "small") return new Float64Array(rounds).fill(small);
  if (kind === "large") return new Float64Array(rounds).fill(large);
  if (kind === "shrinking") return geometric(large, small, rounds, rounds - 1);
  const growing = Math.floor(rise * rounds + 0.5);
  const rest = rounds - growing;
  return Float64Array.of(...geometric(small, large, growing, growing), ...geometric(large, small, rest, rest - 1));
}

/**
 * Rates that change by the same factor from round to round.
 *
 * @param {number} start
 * @param {number} end reached after so many steps
 * @param {number} count
 * @param {number} steps
 */
function geometric(start, end, count, steps) {
  return Float64Array.from({ length: count }, (_, k) => (k === steps ? end : start * (end / start) ** (k / steps)));
}
