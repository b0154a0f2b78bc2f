/** Training: run, feed the new values back, again; with the same meaning as bpviz/calculation/trace.py. */

import { loadProgram, runCode } from "./evaluate.js";

/** @typedef {import("./evaluate.js").Program} Program */
/**
 * @typedef {object} Training
 * @property {number[]} values of the givens, after the last round whose loss and values are numbers
 * @property {number | null} divergedAt the first round whose loss or a given is not finite
 */

/**
 * Make a trainer for a checked program.
 *
 * @param {Program} program
 * @param {string[]} givens the order of `values`
 */
export function createTrainer(program, givens) {
  const { feedback, loss, names } = program;
  const targets = Int32Array.from(Object.keys(feedback), (name) => names[name]);
  const sources = Int32Array.from(Object.values(feedback), (name) => names[name]);
  const { registers, code } = loadProgram(program, neededRows(program.code, [names[loss], ...sources]));
  const fed = new Float64Array(targets.length);
  const feedBack = () => {
    for (let i = 0; i < fed.length; i += 1) fed[i] = registers[sources[i]];
    for (let i = 0; i < fed.length; i += 1) registers[targets[i]] = fed[i];
  };
  const isFinite = () =>
    Number.isFinite(registers[names[loss]]) && targets.every((register) => Number.isFinite(registers[register]));
  const before = new Float64Array(program.registers);
  const read = (/** @type {Float64Array} */ from) => givens.map((name) => from[names[name]]);
  return {
    /**
     * Train; with `pace`, by another learning rate in each round: `rates` of the given `of`.
     *
     * @param {number[]} values to start from
     * @param {number} rounds
     * @param {Float64Array} [losses] receives the loss before the first round and after each; nan after divergence
     * @param {{of: string, rates: Float64Array} | null} [pace]
     * @returns {Training}
     */
    run(values, rounds, losses = new Float64Array(rounds + 1), pace = null) {
      givens.forEach((name, index) => (registers[names[name]] = values[index]));
      before.set(registers);
      for (let round = 0; ; round += 1) {
        if (pace) registers[names[pace.of]] = pace.rates[Math.min(round, rounds - 1)];
        runCode(code, registers);
        losses[round] = registers[names[loss]];
        if (!isFinite()) {
          losses.fill(NaN, round + 1);
          return { values: read(before), divergedAt: round };
        }
        if (round === rounds) return { values: read(registers), divergedAt: null };
        before.set(registers);
        feedBack();
      }
    },
  };
}

/**
 * The instructions that some registers depend on, in their order.
 *
 * @param {(string | number)[][]} rows
 * @param {number[]} wanted registers
 */
export function neededRows(rows, wanted) {
  const needed = new Set(wanted);
  return rows.toReversed().filter(([, target, ...operands]) => {
    if (!needed.delete(Number(target))) return false;
    for (const register of operands) needed.add(Number(register));
    return true;
  }).toReversed();
}

/**
 * As many rounds as are wanted, or as many as leave finite numbers.
 *
 * @param {Pick<ReturnType<typeof createTrainer>, "run">} trainer
 * @param {number[]} start
 * @param {number} wanted
 */
export function trainFor(trainer, start, wanted) {
  if (!wanted) return { done: 0, givens: start };
  const { values, divergedAt } = trainer.run(start, wanted);
  const done = divergedAt === null ? wanted : Math.max(divergedAt - 1, 0);
  return { done, givens: values };
}
