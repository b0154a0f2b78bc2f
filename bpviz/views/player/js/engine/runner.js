/**
 * Every loop over a program: rounds of training, epochs of training on rows, one evaluation for each row; with the same
 * meaning as bpviz/calculation/trace.py and epochs.py.
 *
 * Names say what the code is made for; numbers come in and go out as plain numbers and arrays of doubles, and nothing
 * outside is asked before a loop has ended. So a faster machine than the one of evaluate.js can take its place.
 */

import { loadProgram } from "./evaluate.js";
import { createWorks, doWork, registersOf } from "./work.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {import("./work.js").Work} Work */
/** @typedef {ArrayLike<number>} Values of the givens, in their order */
/** @typedef {{columns: string[], count: number, numbers: Float64Array}} Rows row after row, a number for each column */
/** @typedef {{of: string, rates: ArrayLike<number>}} Pace another value of the given `of` in each round */
/**
 * @typedef {object} Training
 * @property {Float64Array} losses before the first round and after each; nan after divergence
 * @property {Float64Array} values of the givens, after the last round whose loss and values are numbers
 * @property {number | null} divergedAt the first round whose loss or a given is not finite
 */
/**
 * @typedef {object} Runner
 * @property {(values: Values, rounds: number, pace?: Pace) => Training} rounds from these values on
 * @property {(values: Values, epochs: number, rows: Rows, order: Int32Array) => Training} epochs in which every row sets
 *   its columns, then changes the values once; order: places of rows as they are presented, from its beginning again after
 *   its end. The losses are means over the rows; what the columns hold in the end is left open
 * @property {(values: Values, rows: Rows, wanted: string[]) => Float64Array} each the quantities wanted, for row after
 *   row. A column may be a quantity that is computed, too: it keeps the row's number
 */

/**
 * Make a runner for a checked program.
 *
 * @param {Program} program
 * @param {string[]} givens the order of all values
 * @returns {Runner}
 */
export function createRunner(program, givens) {
  const { registers } = loadProgram(program);
  const places = registersOf(program, givens);
  const workOf = createWorks(program);
  const set = (/** @type {Values} */ values) => places.forEach((place, index) => (registers[place] = values[index]));
  const pupil = createPupil(program, registers, places);
  const [loss, news] = [[program.loss], Object.values(program.feedback)];
  return {
    rounds(values, rounds, pace) {
      set(values);
      const { measure, change } = byRounds(workOf(pace ? [pace.of] : [], [...loss, ...news]), pupil, pace?.rates ?? []);
      return train(pupil, rounds, measure, change);
    },
    epochs(values, epochs, rows, order) {
      set(values);
      const { measure, change } = byEpochs(workOf(rows.columns, loss), workOf(rows.columns, news), pupil, rows, order);
      return train(pupil, epochs, measure, change);
    },
    each(values, rows, wanted) {
      set(values);
      return evaluateEach(workOf(rows.columns, wanted), registers, rows);
    },
  };
}

/** @typedef {ReturnType<typeof createPupil>} Pupil */

/**
 * What learns: registers, of which some are trained.
 *
 * @param {Program} program
 * @param {Float64Array} registers
 * @param {Int32Array} places of the givens
 */
function createPupil(program, registers, places) {
  const [trained, news] = [Object.keys, Object.values].map((part) => registersOf(program, part(program.feedback)));
  const fed = new Float64Array(trained.length);
  return {
    registers,
    places,
    isFinite: () => trained.every((place) => Number.isFinite(registers[place])),
    feedBack() {
      for (let i = 0; i < fed.length; i += 1) fed[i] = registers[news[i]];
      for (let i = 0; i < fed.length; i += 1) registers[trained[i]] = fed[i];
    },
  };
}

/**
 * Measure, and change the values, until all rounds are done or a number is not finite.
 *
 * @param {Pupil} pupil
 * @param {number} rounds
 * @param {(round: number) => number} measure the loss
 * @param {(round: number) => void} change
 * @returns {Training}
 */
function train({ registers, places, isFinite: isSound }, rounds, measure, change) {
  const losses = new Float64Array(rounds + 1);
  const before = registers.slice();
  const values = () => Float64Array.from(places, (place) => before[place]);
  for (let round = 0; ; round += 1) {
    losses[round] = measure(round);
    if (!Number.isFinite(losses[round]) || !isSound()) {
      losses.fill(NaN, round + 1);
      return { losses, values: values(), divergedAt: round };
    }
    before.set(registers);
    if (round === rounds) return { losses, values: values(), divergedAt: null };
    change(round);
  }
}

/**
 * @param {Work} work
 * @param {Pupil} pupil
 * @param {ArrayLike<number>} rates of each round, the last one for the measurement after it too
 */
function byRounds(work, { registers, feedBack }, rates) {
  return {
    measure(/** @type {number} */ round) {
      doWork(work, registers, rates, Math.min(round, rates.length - 1));
      return registers[work.gets[0]];
    },
    change: feedBack,
  };
}

/**
 * @param {Work} measuring
 * @param {Work} learning
 * @param {Pupil} pupil
 * @param {Rows} rows
 * @param {Int32Array} order
 */
function byEpochs(measuring, learning, { registers, feedBack }, { count, numbers }, order) {
  return {
    measure() {
      let total = 0;
      for (let row = 0; row < count; row += 1) {
        doWork(measuring, registers, numbers, row);
        total += registers[measuring.gets[0]];
      }
      return total / count;
    },
    change(/** @type {number} */ epoch) {
      for (let k = epoch * count; k < (epoch + 1) * count; k += 1) {
        doWork(learning, registers, numbers, order[k % order.length]);
        feedBack();
      }
    },
  };
}

/**
 * @param {Work} work
 * @param {Float64Array} registers
 * @param {Rows} rows
 */
function evaluateEach(work, registers, { count, numbers }) {
  const results = new Float64Array(count * work.gets.length);
  for (let row = 0; row < count; row += 1) {
    doWork(work, registers, numbers, row);
    work.gets.forEach((register, k) => (results[row * work.gets.length + k] = registers[register]));
  }
  return results;
}
