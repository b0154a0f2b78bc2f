/** The register machine: runs a score's program with the same meaning as Python, without any kernel. */

/**
 * @typedef {object} Program
 * @property {number} registers
 * @property {[number, number][]} constants
 * @property {(string | number)[][]} code
 * @property {Record<string, number>} names
 * @property {Record<string, string>} feedback given → the quantity it becomes after a round
 * @property {string} loss
 */
/** @typedef {(name: string) => number | undefined} Reading a quantity's value, undefined before it is computed */
/** @typedef {{run: (value: (given: string) => number) => void, value: (name: string) => number}} Machine */

export const OPCODES = [
  "add",
  "sub",
  "mul",
  "div",
  "pow",
  "max",
  "min",
  "neg",
  "square",
  "reciprocal",
  "sqrt",
  "exp",
  "log",
  "sin",
  "cos",
  "tanh",
  "sigmoid",
  "relu",
  "leaky_relu",
  "softplus",
  "abs",
  "step",
  "fixed",
];
const TWO_OPERANDS = 7; // the first seven opcodes above take two registers, the others one

/**
 * What is wrong with one instruction, or "" when it can run.
 *
 * @param {(string | number)[]} row [opcode, target, operand] or [opcode, target, operand, operand]
 * @param {number} registers how many registers there are
 */
export function instructionProblem(row, registers) {
  const [opcode, ...operands] = row;
  const known = OPCODES.indexOf(String(opcode));
  if (known < 0) return `unknown operation '${opcode}'; known are ${OPCODES.join(", ")}`;
  if (operands.length !== (known < TWO_OPERANDS ? 3 : 2)) return `'${opcode}' has the wrong number of operands`;
  const outside = operands.find((r) => typeof r !== "number" || r >= registers);
  return outside === undefined ? "" : `'${opcode}' uses register ${outside}; there are ${registers}`;
}

/**
 * The registers of a checked program with its constants in place, and its instructions as numbers.
 *
 * @param {Program} program
 * @param {(string | number)[][]} [rows] the instructions wanted (default: all)
 */
export function loadProgram(program, rows = program.code) {
  const registers = new Float64Array(program.registers);
  for (const [register, constant] of program.constants) registers[register] = constant;
  const code = new Int32Array(rows.length * 4);
  rows.forEach(([opcode, ...operands], row) => {
    code.set([OPCODES.indexOf(String(opcode)), ...operands.map(Number)], row * 4);
  });
  return { registers, code };
}

/**
 * Make a machine for a checked program. `run` takes the givens and computes everything; `value` reads a name.
 *
 * @param {Program} program
 * @param {string[]} givens names whose values `run` asks for
 * @returns {Machine}
 */
export function createMachine(program, givens) {
  const { registers, code } = loadProgram(program);
  return {
    run(value) {
      for (const name of givens) registers[program.names[name]] = value(name);
      runCode(code, registers);
    },
    value: (name) => registers[program.names[name]] + 0, // no -0: a slope that is nothing has no sign
  };
}

/**
 * @param {Int32Array} code four integers per instruction: operation, target, first and second operand
 * @param {Float64Array} r the registers
 */
export function runCode(code, r) {
  for (let i = 0; i < code.length; i += 4) {
    r[code[i + 1]] = compute(code[i], r[code[i + 2]], r[code[i + 3]]);
  }
}

/**
 * @param {number} operation index into OPCODES
 * @param {number} a
 * @param {number} b ignored by operations with one operand
 */
function compute(operation, a, b) {
  switch (operation) {
    case 0:
      return a + b;
    case 1:
      return a - b;
    case 2:
      return a * b;
    case 3:
      return a / b;
    case 4:
      return power(a, b);
    case 5:
      return larger(a, b);
    case 6:
      return smaller(a, b);
    default:
      return computeOfOne(operation, a);
  }
}

/**
 * @param {number} operation index into OPCODES, of an operation with one operand
 * @param {number} a
 */
function computeOfOne(operation, a) {
  switch (operation) {
    case 7:
      return -a;
    case 8:
      return a * a;
    case 9:
      return 1 / a;
    case 10:
      return Math.sqrt(a);
    case 11:
      return Math.exp(a);
    case 12:
      return Math.log(a);
    case 13:
      return Math.sin(a);
    case 14:
      return Math.cos(a);
    case 15:
      return Math.tanh(a);
    case 16:
      return 1 / (1 + Math.exp(-a));
    case 17:
      return a > 0 ? a : a <= 0 ? 0 : a; // nan stays nan
    case 18:
      return a > 0 ? a : 0.01 * a;
    case 19:
      return softplus(a);
    case 20:
      return Math.abs(a);
    case 21:
      return a > 0 ? 1 : 0;
    default:
      return a;
  }
}

/**
 * a to the power b as Python has it: JavaScript says nan where a is 1 or -1 and b is not finite.
 *
 * @param {number} a
 * @param {number} b
 */
export function power(a, b) {
  if (a === 1 || (a === -1 && Math.abs(b) === Infinity)) return 1;
  return a ** b;
}

/**
 * The larger number; nan of nan, and of 0 and -0 the second, as Python has it.
 *
 * @param {number} a
 * @param {number} b
 */
export function larger(a, b) {
  return a > b ? a : b >= a ? b : a + b;
}

/**
 * @param {number} a
 * @param {number} b
 */
export function smaller(a, b) {
  return a < b ? a : b <= a ? b : a + b;
}

/** log(1 + exp(a)) without overflow. @param {number} a */
export function softplus(a) {
  return (a > 0 ? a : 0) + Math.log1p(Math.exp(-Math.abs(a)));
}
