/**
 * A program's instructions, and the loops over them, as WebAssembly; with the meaning of evaluate.js and runner.js to the
 * last bit.
 *
 * The registers stand at the beginning of the memory. What an instruction computes stays in a variable, which is faster,
 * as long as there are few: compilers need time for variables × calls.
 */

import { larger, OPCODES, power, smaller, softplus } from "./evaluate.js";
import {
  call, double, forever, get, increase, int, leaveIf, load, LOOP, MINUS_ONE, moduleOf, PASS, repeat, set, store,
} from "./wasm_bytes.js";

/** @typedef {import("./wasm_bytes.js").Bytes} Bytes */
/** @typedef {import("./work.js").Work} Work */
/** @typedef {{trained: Int32Array, news: Int32Array}} Feedback registers that learn, and those that hold what they become */

const MOST_VARIABLES = 200;
/** Those of loops: what they are given, then their own. */
const [LEFT, OUT, ROWS, COUNT, ORDER, END, ROW, TODO, PLACE, TOTAL] = Array(10).keys();

/** Operations that call JavaScript's functions, for the same bits. @type {Record<string, (...numbers: number[]) => number>} */
export const CALLED = {
  exp: Math.exp, log: Math.log, sin: Math.sin, cos: Math.cos, tanh: Math.tanh, pow: power, max: larger, min: smaller, softplus,
};
/** Its functions stand before those of a module. */
const FIRST = Object.keys(CALLED).length;
const called = (/** @type {string} */ name) => call(Object.keys(CALLED).indexOf(name));
const ZERO = double(0);
const ONE = double(1);
const LEAK = double(0.01);

/** What every other operation does with its operands. @type {Record<string, (a: Bytes, b: Bytes) => Bytes>} */
const TRANSLATIONS = {
  add: (a, b) => [a, b, 0xa0],
  sub: (a, b) => [a, b, 0xa1],
  mul: (a, b) => [a, b, 0xa2],
  div: (a, b) => [a, b, 0xa3],
  neg: (a) => [a, 0x9a],
  square: (a) => [a, a, 0xa2],
  reciprocal: (a) => [ONE, a, 0xa3],
  sqrt: (a) => [a, 0x9f],
  sigmoid: (a) => [ONE, ONE, a, 0x9a, called("exp"), 0xa0, 0xa3],
  relu: (a) => [a, ZERO, 0xa5], // the larger of the two: nan of nan, and 0 of -0
  leaky_relu: (a) => [a, LEAK, a, 0xa2, a, ZERO, 0x64, 0x1b],
  abs: (a) => [a, 0x99],
  step: (a) => [a, ZERO, 0x64, 0xb7],
  fixed: (a) => [a],
};

/**
 * @param {string} name of an operation
 * @param {Bytes[]} operands one or two; an operation of one leaves the second
 */
const translate = (name, [a, b]) =>
  name in CALLED ? [[a, b].slice(0, CALLED[name].length), called(name)] : TRANSLATIONS[name](a, b);

const HERE = int(0);
const register = (/** @type {number} */ place) => load(HERE, place);

/**
 * A function of the address of a row: set the registers that it sets, compute, leave in the memory what is wanted.
 *
 * @param {Work} work
 */
function pass({ sets, code, gets }) {
  /** @type {Map<number, number>} */
  const variables = new Map();
  const read = (/** @type {number} */ place) => (variables.has(place) ? get(variables.get(place) ?? 0) : register(place));
  const body = [...sets].map((place, column) => store(HERE, load(get(0), column), place));
  for (let i = 0; i < code.length; i += 4) {
    const [opcode, target, a, b] = code.subarray(i, i + 4);
    const result = translate(OPCODES[opcode], [read(a), read(b)]);
    if (variables.size < MOST_VARIABLES && !variables.has(target)) variables.set(target, variables.size + 1);
    body.push(variables.has(target) ? [result, set(variables.get(target) ?? 0)] : store(HERE, result, target));
  }
  const wanted = [...gets].filter((place) => variables.has(place)).map((place) => store(HERE, read(place), place));
  return { type: PASS, doubles: variables.size, body: [body, wanted] };
}

/** All at once: what a register becomes may be another's number of before. */
const feedBack = (/** @type {Feedback} */ { trained, news }) => [
  [...news].map((place) => [HERE, register(place)]),
  [...trained].reverse().map((place) => store([], [], place)),
];

/**
 * Whether one of these numbers is not finite: 0 times each is 0 else. They are summed up by halves, so that none waits for all before it.
 *
 * @param {Bytes[]} numbers
 */
function isUnsound(numbers) {
  /** @type {(part: Bytes[]) => Bytes} */
  const sum = (part) => {
    const half = part.length >> 1;
    return half ? [sum(part.slice(0, half)), sum(part.slice(half)), 0xa0] : [part, ZERO, 0xa2];
  };
  return [sum(numbers), ZERO, 0x62];
}

/**
 * Note the loss, then end where a number is not finite or nothing is left to do.
 *
 * @param {Bytes} loss
 * @param {Int32Array} trained
 * @param {boolean} [keeps] whether what is trained is noted beside the loss
 */
const note = (loss, trained, keeps = false) => [
  [loss, ...(keeps ? [...trained].map(register) : [])].map((number, k) => store(get(OUT), number, k)),
  increase(OUT, int(8 * (keeps ? 1 + trained.length : 1))),
  leaveIf(isUnsound([loss, ...[...trained].map(register)])),
  leaveIf([get(LEFT), 0x45]),
  increase(LEFT, MINUS_ONE),
];

/**
 * @param {Work} work of which the loss is wanted first
 * @param {Feedback} feedback
 * @param {boolean} [keeps] whether what is trained is noted beside every loss
 */
export function roundsModule(work, feedback, keeps) {
  const body = forever([
    [get(ROWS), call(FIRST)],
    note(register(work.gets[0]), feedback.trained, keeps),
    feedBack(feedback),
    increase(COUNT, MINUS_ONE),
    increase(ROWS, [int(8 * work.sets.length), get(COUNT), int(0), 0x4a, 0x6c]), // the last row serves again
  ]);
  return moduleOf(CALLED, [pass(work), { type: LOOP, body: [body, get(LEFT)] }]);
}

/**
 * @param {Work} learning
 * @param {Work} measuring
 * @param {Feedback} feedback
 */
export function epochsModule(learning, measuring, feedback) {
  const total = (/** @type {Bytes} */ value) => [value, set(TOTAL)];
  const mean = [get(TOTAL), get(COUNT), 0xb7, 0xa3];
  const eachRow = (/** @type {Bytes} */ body) => [get(COUNT), set(TODO), repeat(TODO, body)];
  const body = forever([
    [total(ZERO), get(ROWS), set(ROW)],
    eachRow([
      [get(ROW), call(FIRST + 1)],
      total([get(TOTAL), register(measuring.gets[0]), 0xa0]),
      increase(ROW, int(8 * measuring.sets.length)),
    ]),
    note(mean, feedback.trained),
    eachRow([
      [get(PLACE), 0x28, 2, 0, call(FIRST)],
      feedBack(feedback),
      increase(PLACE, int(4)),
      [get(ORDER), get(PLACE), get(PLACE), get(END), 0x46, 0x1b, set(PLACE)], // after the end, from the beginning
    ]),
  ]);
  const loop = { type: LOOP, ints: 3, doubles: 1, body: [get(ORDER), set(PLACE), body, get(LEFT)] };
  return moduleOf(CALLED, [pass(learning), pass(measuring), loop]);
}

/** @param {Work} work */
export function eachModule(work) {
  const { sets, gets } = work;
  const body = repeat(LEFT, [
    [get(ROWS), call(FIRST)],
    [...gets].map((place, k) => store(get(OUT), register(place), k)),
    increase(ROWS, int(8 * sets.length)),
    increase(OUT, int(8 * gets.length)),
  ]);
  return moduleOf(CALLED, [pass(work), { type: LOOP, body: [body, get(LEFT)] }]);
}
