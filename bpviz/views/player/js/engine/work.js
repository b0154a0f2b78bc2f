/** A part of a program: the instructions between what is set and what is wanted. */

import { loadProgram, runCode } from "./evaluate.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {{sets: Int32Array, code: Int32Array, gets: Int32Array}} Work registers that are set, and that are read in the end */

/**
 * @param {Program} program
 * @param {string[]} names
 */
export function registersOf(program, names) {
  return Int32Array.from(names, (name) => program.names[name]);
}

/**
 * The givens that a quantity depends on.
 *
 * @param {Program} program
 * @param {string[]} givens
 * @param {string} wanted
 */
export function readFor(program, givens, wanted) {
  const read = new Set(neededRows(program.code, registersOf(program, [wanted])).flatMap(([, , ...operands]) => operands));
  return givens.filter((name) => name === wanted || read.has(program.names[name]));
}

/**
 * The work from some columns to what is wanted, prepared once for each pair. A column that is computed keeps what it is set to.
 *
 * @param {Program} program
 * @returns {(columns: string[], wanted: string[]) => Work}
 */
export function createWorks(program) {
  /** @type {Map<string, Work>} */
  const known = new Map();
  const prepare = (/** @type {string[]} */ columns, /** @type {string[]} */ wanted) => {
    const [sets, gets] = [columns, wanted].map((names) => registersOf(program, names));
    const rows = program.code.filter(([, target]) => !sets.includes(Number(target)));
    return { sets, gets, code: loadProgram(program, neededRows(rows, gets)).code };
  };
  return (columns, wanted) => {
    const key = JSON.stringify([columns, wanted]);
    const work = known.get(key) ?? prepare(columns, wanted);
    known.set(key, work);
    return work;
  };
}

/**
 * @param {Work} work
 * @param {Float64Array} registers
 * @param {ArrayLike<number>} numbers rows of them, one for each register that is set
 * @param {number} row
 */
export function doWork({ sets, code }, registers, numbers, row) {
  for (let k = 0; k < sets.length; k += 1) registers[sets[k]] = numbers[row * sets.length + k];
  runCode(code, registers);
}

/**
 * The instructions that some registers depend on, in their order.
 *
 * @param {(string | number)[][]} rows
 * @param {Int32Array} wanted registers
 */
function neededRows(rows, wanted) {
  const needed = new Set(wanted);
  return rows.toReversed().filter(([, target, ...operands]) => {
    if (!needed.delete(Number(target))) return false;
    for (const register of operands) needed.add(Number(register));
    return true;
  }).toReversed();
}
