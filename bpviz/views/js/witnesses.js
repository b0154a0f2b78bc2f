/** Witnesses: independent ways to know a number. Each compares what it knows with the number worked out by hand. */

import { createMachine } from "./evaluate.js";
import { formatNumber, MINUS } from "./format.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./dom.js").Reading} Reading */
/**
 * What a witness says: value and text as it knows the number, whether that agrees, the difference by hand − witness,
 * and a sentence where there is something to explain. Without a value it has nothing to say.
 *
 * @typedef {{value?: number, text: string, agrees?: boolean, difference?: number, note: string}} Testimony
 */
/**
 * @typedef {object} Witness
 * @property {string} id
 * @property {string} label
 * @property {string[]} notes every sentence it may say, so that room can be kept for the longest
 * @property {(name: string, ours: number, reading: Reading) => Testimony} ask
 */

export const DECIMALS = 9;
const STEP = Math.cbrt(Number.EPSILON);
const TOLERANCE = 1e-6;
const SMALLEST_NORMAL = 2 ** -1022;

/** The witnesses this player knows; each returns null where a score gives it nothing to say. */
export const WITNESSES = [byHand, centralDifference, published];

/**
 * @param {Score} score
 * @returns {Witness}
 */
function byHand({ words }) {
  return {
    id: "by_hand",
    label: words.by_hand,
    notes: [],
    ask: (_, ours) => ({ value: ours, text: exact(ours), agrees: Number.isFinite(ours), note: "" }),
  };
}

/**
 * What a derivative must be: the change of one quantity when another is pushed up and down a little.
 *
 * @param {Score} score
 * @returns {Witness | null}
 */
function centralDifference(score) {
  const { quantities, words } = score;
  const slope = createSlope(score);
  const derivatives = Object.entries(quantities).filter(([, { check }]) => check);
  if (!derivatives.length) return null;
  return {
    id: "central_difference",
    label: words.central_difference,
    notes: [words.not_the_slope],
    ask(name, ours, reading) {
      const check = quantities[name].check;
      if (!check) return { text: words.no_derivative, note: "" };
      const value = slope(check, reading);
      const largest = derivatives
        .filter(([, other]) => other.check?.[0] === check[0])
        .reduce((size, [other]) => Math.max(size, Math.abs(reading(other) ?? 0)), 0);
      const agrees = isClose(ours, value, Math.abs(reading(check[0]) ?? 0), largest);
      return { value, text: exact(value), agrees, difference: ours - value, note: agrees ? "" : words.not_the_slope };
    },
  };
}

/**
 * What the source prints. It speaks of the source's own numbers only.
 *
 * @param {Score} score
 * @returns {Witness | null}
 */
function published({ quantities, givens, words }) {
  const figures = Object.values(quantities).flatMap((quantity) => quantity.published ?? []);
  if (!figures.length) return null;
  return {
    id: "published",
    label: words.published.replace("{source}", figures[0].source),
    notes: [...figures.map((figure) => figure.note), words.other_numbers],
    ask(name, ours, reading) {
      const figure = quantities[name].published;
      if (!figure) return { text: words.not_printed, note: "" };
      if (givens.some((given) => reading(given.name) !== given.value)) return { text: "", note: words.other_numbers };
      const value = Number(figure.printed);
      const agrees = Number(ours.toFixed(figure.printed.split(".")[1]?.length ?? 0)) === value;
      const text = figure.printed.replace("-", MINUS);
      return { value, text, agrees, difference: ours - value, note: agrees ? "" : figure.note };
    },
  };
}

/**
 * Derivatives by central differences. A step that is pushed keeps its value: it becomes a given of the same program.
 *
 * @param {Score} score
 * @returns {(check: [string, string], reading: Reading) => number}
 */
function createSlope({ program, givens }) {
  const names = givens.map((given) => given.name);
  /** @type {Map<string, import("./evaluate.js").Machine>} */
  const machines = new Map();
  const machineFor = (/** @type {string} */ by) => {
    const code = program.code.filter(([, target]) => target !== program.names[by]);
    return createMachine({ ...program, code }, [...names.filter((name) => name !== by), by]);
  };
  return ([of, by], reading) => {
    const machine = machines.get(by) ?? machineFor(by);
    machines.set(by, machine);
    const now = reading(by) ?? NaN;
    const step = STEP * Math.max(1, Math.abs(now));
    const [high, low] = [now + step, now - step];
    const [up, down] = [high, low].map((value) => {
      machine.run((name) => (name === by ? value : (reading(name) ?? NaN)));
      return machine.value(of);
    });
    return (up - down) / (high - low);
  };
}

/**
 * Whether two derivatives agree as well as central differences can tell; the same test as bpviz/gradient_check.py.
 * Below the floor a derivative is too small to tell from zero.
 *
 * @param {number} a
 * @param {number} b
 * @param {number} size of the quantity that was differentiated: its rounding errors are in b
 * @param {number} largest of the derivatives of that quantity
 */
function isClose(a, b, size, largest) {
  const noise = 10 * STEP ** 2 * (size + STEP ** 2);
  const floor = Math.max(TOLERANCE * largest, noise / TOLERANCE, SMALLEST_NORMAL);
  return Math.abs(a - b) < TOLERANCE * Math.max(Math.abs(a), Math.abs(b), floor);
}

/** @param {number} value */
function exact(value) {
  return formatNumber(value, { decimals: DECIMALS });
}
