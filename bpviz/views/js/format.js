/** The one way this player writes a number; bpviz/numbers.py writes it exactly alike. */

const DUST = 1e-12; // what rounding to a slider's step leaves behind
const MINUS = "\u2212";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A number as people read it: about four significant digits, a true minus sign, never "-0".
 *
 * @param {number} x
 * @param {{wrap?: boolean}} [options] wrap: put a negative number in parentheses
 * @returns {string}
 */
export function formatNumber(x, { wrap = false } = {}) {
  if (Number.isNaN(x)) return "nan";
  if (!(x < 0)) return formatSize(x);
  const text = MINUS + formatSize(-x);
  return wrap ? `(${text})` : text;
}

/** @param {number} a zero or more */
function formatSize(a) {
  if (a === Infinity) return "∞";
  if (a === 0) return "0.00";
  if (a >= 1e5 || a < 1e-4) return formatScientific(a);
  if (Number.isInteger(a) && a >= 10) return String(a);
  if (a < 0.01) return a.toPrecision(4);
  return Math.abs(Number(a.toFixed(2)) - a) < DUST ? a.toFixed(2) : a.toFixed(4);
}

/** @param {number} a more than zero */
function formatScientific(a) {
  const [mantissa, exponent] = a.toExponential(3).split("e");
  const digits = String(Math.abs(Number(exponent))).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa}×10${Number(exponent) < 0 ? "⁻" : ""}${digits}`;
}
