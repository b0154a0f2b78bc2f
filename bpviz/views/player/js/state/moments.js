/** The moments that undo and redo go between, and the history of them, as moments.py has them. */

/** @typedef {import("../engine/tables.js").Table} Table */
/**
 * @typedef {{variant: number, rounds: number, start: number[] | null, givens: number[], epochs?: number, table?: Table}} Moment
 *   where the givens of a variant stand, and the training that led there; start: where the rounds or the epochs began,
 *   null without any; epochs and table: where there is data
 */
/** @typedef {{past: Moment[], now: Moment, future: Moment[]}} Moments now: as it was after the last finished change */

export const MOST_MOMENTS = 50; // what one may take back: all of it travels to the kernel with each change

/**
 * The beginning of a new run, on the same table or another.
 *
 * @param {Moment} moment
 * @param {number} variant
 * @param {number[]} givens
 * @returns {Moment}
 */
export function fresh(moment, variant, givens, table = moment.table) {
  return { ...moment, variant, givens, rounds: 0, start: null, ...(moment.table ? { epochs: 0, table } : {}) };
}

/**
 * The moment after so many rounds more led to these givens.
 *
 * @param {Moment} moment
 * @param {number} rounds
 * @param {number[]} givens
 * @returns {Moment}
 */
export function after(moment, rounds, givens) {
  const total = moment.rounds + rounds;
  const start = (moment.rounds && moment.start) || moment.givens;
  return { ...fresh(moment, moment.variant, givens), rounds: total, start: total ? start : null };
}

/**
 * The moment after so many epochs more, on its table, led to these givens.
 *
 * @param {Moment} moment
 * @param {number} epochs
 * @param {number[]} givens
 * @returns {Moment}
 */
export function afterEpochs(moment, epochs, givens) {
  const total = (moment.epochs ?? 0) + epochs;
  const start = (moment.epochs && moment.start) || moment.givens;
  const begun = fresh(moment, moment.variant, givens);
  return total ? { ...begun, epochs: total, start } : begun;
}

/**
 * A history that goes on to one more moment.
 *
 * @param {Moments} history
 * @param {Moment} moment
 * @returns {Moments}
 */
export function added({ past, now }, moment) {
  return { past: [...past, now].slice(-MOST_MOMENTS), now: moment, future: [] };
}

/**
 * As many rounds as were wanted, or as many as leave finite numbers, and where they led.
 *
 * @param {import("../engine/runner.js").Training} training
 * @param {number} wanted
 */
export function outcome({ values, divergedAt }, wanted) {
  return { done: divergedAt === null ? wanted : Math.max(divergedAt - 1, 0), givens: [...values] };
}
