/**
 * Every loop over a program: rounds of training, epochs of training on rows, one evaluation for each row; with the same
 * meaning as bpviz/calculation/trace.py and epochs.py.
 *
 * Names say what the code is made for; numbers come in and go out as plain numbers and arrays of doubles, and nothing
 * outside is asked before a loop has ended. So WebAssembly runs what is long, where there is any; see wasm.js.
 */

import { createPupil, train, trainFast, walkFast } from "./training.js";
import { createLoops, WORTH } from "./wasm.js";
import { eachModule, epochsModule, roundsModule } from "./wasm_code.js";
import { createWorks, doWork, registersOf } from "./work.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {import("./training.js").Pupil} Pupil */
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
/** @typedef {{losses: Float64Array, points: Float64Array[], divergedAt: number | null}} Way points: the givens before the first round and after each, before it diverges */
/**
 * @typedef {object} Runner
 * @property {(values: Values, rounds: number, pace?: Pace) => Training} rounds from these values on
 * @property {(values: Values, rounds: number) => Way | undefined} way the same round by round, where one loop can do that by now
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
 * @param {number} [worth] after how many instructions a loop becomes WebAssembly
 * @returns {Runner}
 */
export function createRunner(program, givens, worth = WORTH) {
  const pupil = createPupil(program, registersOf(program, givens));
  const { registers, set } = pupil;
  const workOf = createWorks(program);
  const [loss, news] = [[program.loss], Object.values(program.feedback)];
  const aRound = workOf([], [...loss, ...news]); // asked for often, to see a way round by round
  const fast = {
    rounds: createLoops((work) => roundsModule(work, pupil), worth),
    way: createLoops((work) => roundsModule(work, pupil, true), worth),
    epochs: createLoops((learning, measuring) => epochsModule(learning, measuring, pupil), worth),
    each: createLoops(eachModule, worth),
  };
  return {
    rounds(values, rounds, pace) {
      const rates = pace?.rates ?? [];
      const work = pace ? workOf([pace.of], [...loss, ...news]) : aRound;
      const loop = fast.rounds(rounds + 1, work);
      if (loop) return trainFast(pupil, values, rounds, (count) => loop(registers, count, count + 1, rates, rates.length));
      return train(pupil, values, rounds, byRounds(work, pupil, rates));
    },
    way(values, rounds) {
      const loop = fast.way(rounds + 1, aRound);
      return loop && walkFast(pupil, values, rounds, (count, room) => loop(registers, count, room, [], 0));
    },
    epochs(values, epochs, rows, order) {
      const { columns, count: all, numbers } = rows;
      const [measuring, learning] = [loss, news].map((wanted) => workOf(columns, wanted));
      const loop = fast.epochs((epochs + 1) * all, learning, measuring);
      if (loop) return trainFast(pupil, values, epochs, (count) => loop(registers, count, count + 1, numbers, all, order));
      return train(pupil, values, epochs, byEpochs(measuring, learning, pupil, rows, order));
    },
    each(values, rows, wanted) {
      const work = workOf(rows.columns, wanted);
      const loop = fast.each(rows.count, work);
      set(values);
      if (loop) return loop(registers, rows.count, rows.count * wanted.length, rows.numbers, rows.count).results;
      return evaluateEach(work, registers, rows);
    },
  };
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
