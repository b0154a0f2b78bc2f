/** Where a run goes wrong: the steps in which finite numbers give something that is none; see calculation/faults.py. */

import { loadProgram, runCode } from "./evaluate.js";

/** @typedef {import("./evaluate.js").Program} Program */

/**
 * @param {Program} program
 * @param {string[]} givens
 * @param {string[]} steps in order
 * @returns {(value: (given: string) => number) => Map<string, string>} step → what is wrong, as its key in the words
 */
export function createFaultFinder(program, givens, steps) {
  const { registers, code } = loadProgram(program);
  const owner = ownersOf(program, givens, steps);
  return (value) => {
    for (const name of givens) registers[program.names[name]] = value(name);
    runCode(code, registers);
    /** @type {Map<string, string>} */
    const found = new Map();
    if (registers.every(Number.isFinite)) return found;
    for (const [op, target, ...sources] of program.code) {
      const step = owner.get(Number(target)) ?? "";
      const read = sources.map((register) => registers[Number(register)]);
      const isWrong = !Number.isFinite(registers[Number(target)]) && read.every(Number.isFinite);
      if (isWrong && !found.has(step)) found.set(step, faultOf(String(op), read[0], read[1]));
    }
    return found;
  };
}

/**
 * The step that each register is computed for.
 *
 * @param {Program} program
 * @param {string[]} givens
 * @param {string[]} steps
 */
function ownersOf({ names }, givens, steps) {
  const owner = new Map();
  let last = givens.length - 1;
  for (const name of steps) for (; last < names[name]; ) owner.set((last += 1), name);
  return owner;
}

/**
 * @param {string} op
 * @param {number} a
 * @param {number} b
 */
function faultOf(op, a, b) {
  if (op === "log") return a === 0 ? "log_of_zero" : "log_of_negative";
  if (op === "sqrt") return "root_of_negative";
  if ((op === "div" && b === 0) || ((op === "reciprocal" || op === "pow") && a === 0)) return "division_by_zero";
  return op === "pow" && a < 0 && !Number.isInteger(b) ? "power_of_negative" : "overflow";
}
