/** Training on a table of data: every row sets its columns, then changes the values once; as calculation/epochs.py does. */

import { loadProgram, runCode } from "./evaluate.js";
import { orderOf } from "./seeded.js";
import { neededRows } from "./train.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {{columns: string[], outputs: string[], rows: number[][]}} Data a row: what each column, a given, is set to */
/** @typedef {{rows: number[][], shuffled: boolean, seed: number}} Table */

/**
 * The table of data as it is before anything has changed, as bpviz/views/score/check.py makes it.
 *
 * @param {{data?: Data}} score
 * @returns {Table | undefined}
 */
export function firstTable({ data }) {
  return data && { rows: data.rows, shuffled: false, seed: 1 };
}

/**
 * @param {Table} one
 * @param {Table} other
 */
export function isSameTable(one, other) {
  return one.shuffled === other.shuffled && one.seed === other.seed && String(one.rows) === String(other.rows);
}

/**
 * Make what trains a checked program on tables with these columns.
 *
 * @param {Program} program
 * @param {string[]} givens the order of `values`
 * @param {string[]} columns the givens that a row sets
 */
export function createDataTrainer(program, givens, columns) {
  const { registers, isFinite, mean, learn } = createPupil(program, columns);
  const before = new Float64Array(program.registers);
  const places = givens.map((name) => program.names[name]);
  return {
    /**
     * What trains on one table, used as a trainer of rounds is; the values of its columns come back as they were.
     *
     * @param {Table} table
     * @param {number} gone how many epochs went before, for the order alone
     */
    on: ({ rows, shuffled, seed }, gone) => ({
      run(/** @type {number[]} */ values, /** @type {number} */ epochs, means = new Float64Array(epochs + 1)) {
        const read = () => values.map((value, k) => (columns.includes(givens[k]) ? value : before[places[k]]));
        places.forEach((place, index) => (registers[place] = values[index]));
        before.set(registers);
        for (let epoch = 0; ; epoch += 1) {
          means[epoch] = mean(rows);
          if (!Number.isFinite(means[epoch]) || !isFinite()) {
            means.fill(NaN, epoch + 1);
            return { values: read(), divergedAt: epoch };
          }
          before.set(registers);
          if (epoch === epochs) return { values: read(), divergedAt: null };
          if (shuffled) for (const place of orderOf(rows.length, seed, gone + epoch)) learn(rows[place]);
          else for (const row of rows) learn(row);
        }
      },
    }),
  };
}

/**
 * What a row does to the registers of a program.
 *
 * @param {Program} program
 * @param {string[]} columns
 */
function createPupil(program, columns) {
  const { feedback, loss, names } = program;
  const [targets, sources] = [Object.keys(feedback), Object.values(feedback)].map((list) =>
    Int32Array.from(list, (name) => names[name]),
  );
  const places = columns.map((name) => names[name]);
  // the constants of all the code stand in the registers of the training; measuring needs no others
  const { registers, code: training } = loadProgram(program, neededRows(program.code, [...sources]));
  const { code: measuring } = loadProgram(program, neededRows(program.code, [names[loss]]));
  const fed = new Float64Array(targets.length);
  const set = (/** @type {number[]} */ row) => places.forEach((place, index) => (registers[place] = row[index]));
  return {
    registers,
    isFinite: () => targets.every((register) => Number.isFinite(registers[register])),
    learn(/** @type {number[]} */ row) {
      set(row);
      runCode(training, registers);
      for (let i = 0; i < fed.length; i += 1) fed[i] = registers[sources[i]];
      for (let i = 0; i < fed.length; i += 1) registers[targets[i]] = fed[i];
    },
    mean(/** @type {number[][]} */ rows) {
      let total = 0;
      for (const row of rows) {
        set(row);
        runCode(measuring, registers);
        total += registers[names[loss]];
      }
      return total / rows.length;
    },
  };
}
