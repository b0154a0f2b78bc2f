/** Running loops as WebAssembly, where the browser has it and the loops are long enough; evaluate.js serves until then. */

import { CALLED } from "./wasm_code.js";

/** @typedef {import("./work.js").Work} Work */
/**
 * Runs a loop in place of runner.js: registers, how often, room for how many results, rows and how many they are, the
 * order of rows. It changes the registers and returns the results and how often it did not run.
 *
 * @typedef {(registers: Float64Array, often: number, room: number, numbers: ArrayLike<number>, count: number,
 *   order?: Int32Array) => {results: Float64Array, left: number}} Loop
 */

const AT_ONCE = 4096; // bytes: more keep the page waiting, and some browsers refuse
export const WORTH = 100_000; // instructions that take evaluate.js about as long as compiling
const MEMORY_PAGE = 65_536;
const NO_ORDER = new Int32Array();

/** @type {WebAssembly.Memory | undefined} one for all loops, as a browser reserves gigabytes of addresses for each */
let memory;
let refused = false;

/**
 * Loops of one kind. Asked for the one over some works, they have it once it was asked for as many instructions as
 * compiling is worth.
 *
 * @param {(...works: Work[]) => Uint8Array<ArrayBuffer>} write
 * @param {number} worth
 * @returns {(passes: number, ...works: Work[]) => Loop | undefined}
 */
export function createLoops(write, worth) {
  /** @type {Map<Work, {left: number, loop?: Loop}>} */
  const known = new Map();
  return (passes, ...works) => {
    const one = known.get(works[0]) ?? { left: worth };
    known.set(works[0], one);
    for (const { code } of works) one.left -= (passes * code.length) / 4;
    if (one.left <= 0 && !refused) {
      one.left = Infinity;
      compile(write(...works), (loop) => (one.loop = loop));
    }
    return passes ? one.loop : undefined;
  };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {(loop: Loop) => void} use called at once if there are few bytes, never if the browser refuses
 */
function compile(bytes, use) {
  const ready = (/** @type {WebAssembly.Instance} */ { exports }) => use(createLoop(/** @type {any} */ (exports).run));
  const refuse = () => (refused = true);
  try {
    memory ??= new WebAssembly.Memory({ initial: 1 });
    const imports = { m: { ...CALLED, memory } };
    if (bytes.length < AT_ONCE) ready(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports));
    else WebAssembly.instantiate(bytes, imports).then(({ instance }) => ready(instance), refuse);
  } catch {
    refuse(); // by the page's policy; or there is no WebAssembly
  }
}

/**
 * @param {(...numbers: number[]) => number} run
 * @returns {Loop}
 */
function createLoop(run) {
  return (registers, often, room, numbers, count, order = NO_ORDER) => {
    const rows = registers.length;
    const out = rows + numbers.length;
    const [start, end] = [8 * (out + room), 8 * (out + room) + 4 * order.length];
    const { buffer } = withRoom(end);
    const doubles = new Float64Array(buffer);
    doubles.set(registers);
    doubles.set(numbers, rows);
    const row = (8 * numbers.length) / count;
    if (order.length) new Int32Array(buffer, start).set(order.map((place) => 8 * rows + place * row));
    const left = run(often, 8 * out, 8 * rows, count, start, end);
    registers.set(doubles.subarray(0, rows));
    return { results: doubles.slice(out, out + room), left };
  };
}

/** @param {number} bytes */
function withRoom(bytes) {
  const known = /** @type {WebAssembly.Memory} */ (memory);
  const missing = bytes - known.buffer.byteLength;
  if (missing > 0) known.grow(Math.ceil(missing / MEMORY_PAGE));
  return known;
}
