/** WebAssembly's binary form: what stands in a function, and a module of functions, as lists of bytes in lists. */

/** @typedef {any[]} Bytes numbers, and lists of them, however deep */
/** @typedef {{type: number, ints?: number, doubles?: number, body: Bytes}} Code a function: its type below, its variables, what it does */

const INT = 0x7f;
const DOUBLE = 0x7c;
const FUNCTION = 0x60;
const TYPES = [
  [[DOUBLE], [DOUBLE]],
  [[DOUBLE, DOUBLE], [DOUBLE]],
  [[INT], []],
  [Array(6).fill(INT), [INT]],
];
export const PASS = 2; // the type of a function that takes one integer
export const LOOP = 3; // and of one that takes six and returns one

/**
 * A number from 0 up in LEB128. What WebAssembly reads as a signed number is written alike: its sign bit stays free.
 *
 * @param {number} n
 */
export function leb(n) {
  const bytes = [];
  for (; n > 63; n >>>= 7) bytes.push((n & 127) | 128);
  return [...bytes, n];
}

/** @param {number} x */
export function double(x) {
  return [0x44, ...new Uint8Array(Float64Array.of(x).buffer)];
}

export const int = (/** @type {number} */ n) => [0x41, leb(n)];
export const MINUS_ONE = [0x41, 0x7f];
export const get = (/** @type {number} */ variable) => [0x20, leb(variable)];
export const set = (/** @type {number} */ variable) => [0x21, leb(variable)];
export const call = (/** @type {number} */ place) => [0x10, leb(place)];

/** A double of the memory: its address is in bytes, its place from there on in doubles. */
export const load = (/** @type {Bytes} */ address, place = 0) => [address, 0x2b, 3, leb(8 * place)];
export const store = (/** @type {Bytes} */ address, /** @type {Bytes} */ value, place = 0) => [address, value, 0x39, 3, leb(8 * place)];

/** Make an integer variable larger by what stands on the stack after `by`. */
export const increase = (/** @type {number} */ variable, /** @type {Bytes} */ by) => [get(variable), by, 0x6a, set(variable)];

/** Go round until a jump leaves, or as often as a variable says, which is 1 or more. */
export const forever = (/** @type {Bytes} */ body) => [0x02, 0x40, 0x03, 0x40, body, 0x0c, 0, 0x0b, 0x0b];
export const leaveIf = (/** @type {Bytes} */ condition) => [condition, 0x0d, 1];
export const repeat = (/** @type {number} */ variable, /** @type {Bytes} */ body) =>
  [0x03, 0x40, body, increase(variable, MINUS_ONE), get(variable), 0x0d, 0, 0x0b];

/**
 * A module that imports functions of doubles and the memory, and exports its last function.
 *
 * @param {Record<string, Function>} imports
 * @param {Code[]} functions
 */
export function moduleOf(imports, functions) {
  const from = (/** @type {string} */ name) => [text("m"), text(name)];
  const known = Object.entries(imports);
  return Uint8Array.from([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, TYPES.map((type) => [FUNCTION, type.map(list)])),
    section(2, [...known.map(([name, { length }]) => [from(name), 0, length - 1]), [from("memory"), 2, 0, 1]]),
    section(3, functions.map(({ type }) => type)),
    section(7, [[text("run"), 0, leb(known.length + functions.length - 1)]]),
    section(10, functions.map(({ ints = 0, doubles = 0, body }) =>
      sized([list([[leb(ints), INT], [leb(doubles), DOUBLE]]), body, 0x0b]))),
  ].flat(Infinity));
}

const list = (/** @type {Bytes} */ parts) => [leb(parts.length), parts];
const text = (/** @type {string} */ name) => list([...name].map((letter) => letter.charCodeAt(0)));
const section = (/** @type {number} */ id, /** @type {Bytes} */ parts) => [id, sized(list(parts))];

/** @param {Bytes} parts */
function sized(parts) {
  return list(parts.flat(Infinity));
}
