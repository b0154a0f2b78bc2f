/** Derivatives by central differences, and whether a number worked out by hand is one. */

import { createRunner } from "./runner.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {import("./evaluate.js").Reading} Reading */
/** @typedef {[string, string, string?]} Check a derivative: of what, by what; over: only as far as it comes over this one */
/** @typedef {{program: Program, givens: {name: string}[], quantities: Record<string, {check?: Check}>}} Score what of a score is asked here */

const STEP = Math.cbrt(Number.EPSILON);
const TOLERANCE = 1e-6;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * value: the central difference; kink: there is no one slope here, so that it tells nothing; agrees: it is ours as well as
 * central differences can tell.
 *
 * @typedef {{value: number, agrees: boolean, kink: boolean}} Comparison
 */

/** @param {Score} score */
export function createDerivatives(score) {
  const differences = createDifferences(score);
  /** @type {Map<string, string[]>} quantity → its derivatives */
  const derivatives = new Map();
  for (const [name, { check }] of Object.entries(score.quantities)) {
    if (!check) continue;
    const known = derivatives.get(check[0]) ?? [];
    derivatives.set(check[0], known);
    known.push(name);
  }
  return {
    slope: (/** @type {Check} */ check, /** @type {Reading} */ reading) => differences(check, reading).central,
    /**
     * @param {Check} check
     * @param {number} ours what is taken for this derivative
     * @param {Reading} reading
     * @returns {Comparison}
     */
    compare(check, ours, reading) {
      const { central: value, apart } = differences(check, reading);
      const of = derivatives.get(check[0]) ?? [];
      const largest = of.reduce((size, other) => Math.max(size, Math.abs(reading(other) ?? 0)), 0);
      const agrees = isClose(ours, value, Math.abs(reading(check[0]) ?? 0), largest);
      // on a smooth curve the two sides hardly differ; at a kink about as much as what is compared here
      return { value, agrees, kink: !agrees && Math.abs(ours - value) <= 10 * apart };
    },
  };
}

/**
 * The slope over a small step up and down: of both together, and how far the two sides differ. A step of the program that
 * is pushed keeps its value: it becomes a given of the same program.
 *
 * @param {Score} score
 * @returns {(check: Check, reading: Reading) => {central: number, apart: number}}
 */
function createDifferences({ program, givens }) {
  const runner = createRunner(program, givens.map(({ name }) => name));
  const respond = createResponse(program, runner, givens.map(({ name }) => name));
  return ([of, by, over], reading) => {
    const values = givens.map(({ name }) => reading(name) ?? NaN);
    const now = reading(by) ?? NaN;
    const step = STEP * Math.max(1, Math.abs(now));
    const [high, low] = [now + step, now - step];
    const points = [high, now, low];
    const numbers = over ? respond(over, by, points, reading) : Float64Array.from(points);
    const [up, here, down] = runner.each(values, { columns: [over ?? by], count: points.length, numbers }, [of]);
    const apart = Math.abs((up - here) / (high - now) - (here - down) / (now - low));
    return { central: (up - down) / (high - low), apart };
  };
}

/**
 * What a quantity becomes when another one, which it reads, takes some values and nothing else changes.
 *
 * @param {Program} program
 * @param {import("./runner.js").Runner} runner
 * @param {string[]} givens
 */
function createResponse({ names }, runner, givens) {
  return (/** @type {string} */ over, /** @type {string} */ by, /** @type {number[]} */ pushed, /** @type {Reading} */ reading) => {
    const kept = new Map([[names[by], by]]); // register → the first of its names: later ones may not be computed yet
    for (const name of Object.keys(names)) {
      if (names[name] !== names[over] && !kept.has(names[name])) kept.set(names[name], name);
    }
    const columns = [...kept.values()];
    const numbers = pushed.flatMap((value) => columns.map((name) => (name === by ? value : (reading(name) ?? NaN))));
    const values = givens.map((name) => reading(name) ?? NaN);
    return runner.each(values, { columns, count: pushed.length, numbers: Float64Array.from(numbers) }, [over]);
  };
}

/**
 * Whether two derivatives agree as well as central differences can tell; the same test as calculation/gradient_check.py.
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
