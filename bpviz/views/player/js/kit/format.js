/** The one way this player writes a number; bpviz/ground/numbers.py writes it exactly alike. */

const DUST = 1e-12; // what rounding to a slider's step leaves behind
/** @typedef {{wrap?: boolean, decimals?: number}} NumberFormat wrap: a negative number in parentheses; decimals: all of them */

export const MINUS = "\u2212";
export const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as people read it: about four significant digits, a true minus sign, never "-0".
 *
 * @param {number} x
 * @param {NumberFormat} [options]
 * @returns {string}
 */
export function formatNumber(x, { wrap = false, decimals } = {}) {
  if (Number.isNaN(x)) return "nan";
  const size = Math.abs(x);
  const written = decimals === undefined ? formatSize(size) : formatDecimals(size, decimals);
  if (!(x < 0)) return written;
  const text = MINUS + written;
  return wrap ? `(${text})` : text;
}

/** @param {number} a zero or more */
function formatSize(a) {
  if (a === Infinity) return "∞";
  if (a === 0) return "0.00";
  if (a >= 1e5 || a < 1e-4) return formatScientific(a, 3);
  if (Number.isInteger(a) && a >= 10) return String(a);
  if (a < 0.01) return a.toPrecision(4);
  return Math.abs(Number(a.toFixed(2)) - a) < DUST ? a.toFixed(2) : a.toFixed(4);
}

/**
 * @param {number} a zero or more
 * @param {number} decimals
 */
function formatDecimals(a, decimals) {
  if (a === Infinity) return "∞";
  return a === 0 || (a >= 1e-6 && a < 1e5) ? a.toFixed(decimals) : formatScientific(a, decimals);
}

/**
 * @param {number} a more than zero
 * @param {number} decimals of the mantissa
 */
function formatScientific(a, decimals) {
  const [mantissa, exponent] = a.toExponential(decimals).split("e");
  const digits = String(Math.abs(Number(exponent))).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa}×10${Number(exponent) < 0 ? "⁻" : ""}${digits}`;
}

/** @type {Map<string, Intl.NumberFormat>} to make one takes longer than to use it */
const counters = new Map();

/**
 * A count as it is written in a language: 10,000.
 *
 * @param {number} count
 * @param {string} lang
 */
export function formatCount(count, lang) {
  const counter = counters.get(lang) ?? new Intl.NumberFormat(lang);
  counters.set(lang, counter);
  return counter.format(count);
}
