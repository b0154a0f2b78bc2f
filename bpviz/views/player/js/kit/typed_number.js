/** Reading a number as people type it: digits and signs of many keyboards, fractions, powers of ten. */

import { SUPERSCRIPTS } from "./format.js";

/** @typedef {"comma" | "too_large" | "not_a_number"} Problem comma: with a point instead it would be a number */

const MINUSES = /[\u2010-\u2015\u2212\uFE63\uFF0D]/g; // hyphens, dashes and the true minus sign
const SLASHES = /[\u2044\u2215\uFF0F]/g;
const DECIMAL_POINTS = /[\u066B\uFF0E]/g; // the Arabic decimal separator is no comma: it means one thing only
const COMMAS = /[\u060C\uFF0C]/g;
const INVISIBLE = /[\u200B-\u200F\u061C\u2060\u2066-\u2069\uFEFF]/g; // marks of direction, which keyboards add
const HALVES = /[\u00BC-\u00BE\u2150-\u215E]/; // ½ and its like
const POWER_OF_TEN = /\s*[×·]\s*10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/;
const DECIMAL = /^[+-]?\s*(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A decimal number, or a fraction of two.
 *
 * @param {string} text
 * @returns {number | null} null when the text is not a finite number
 */
export function parseNumber(text) {
  const value = valueOf(plain(text));
  return Number.isFinite(value) ? value : null;
}

/**
 * Why a text is no finite number, and, for a comma, what to write.
 *
 * @param {string} text
 * @returns {{problem: Problem, instead: string}}
 */
export function problemOf(text) {
  const typed = plain(text);
  const instead = typed.replace(",", ".");
  if (Math.abs(valueOf(typed)) === Infinity) return { problem: "too_large", instead: "" };
  const isComma = typed !== instead && Number.isFinite(valueOf(instead));
  return { problem: isComma ? "comma" : "not_a_number", instead };
}

/**
 * @param {string} typed in plain digits and signs
 * @returns {number} nan where it is no number
 */
function valueOf(typed) {
  const parts = typed.split("/").map((part) => part.trim());
  if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part))) return NaN;
  const [above, below = 1] = parts.map((part) => Number(part.replace(/\s/g, "")));
  return below === 0 ? NaN : above / below;
}

/**
 * The same text in the digits and signs of ASCII.
 *
 * @param {string} text
 */
function plain(text) {
  const bare = text.replace(INVISIBLE, "").trim().replace(/\p{Nd}/gu, asciiDigit);
  const signed = bare.replace(MINUSES, "-").replace(/\uFF0B/g, "+").replace(DECIMAL_POINTS, ".").replace(COMMAS, ",");
  const scaled = signed.replace(POWER_OF_TEN, (_, exponent) => `e${exponent.replace(/./gu, asciiExponent)}`);
  const half = scaled.replace(/^[+-]\s*/, "");
  return (half.length === 1 && HALVES.test(half) ? scaled.normalize("NFKC") : scaled).replace(SLASHES, "/");
}

/**
 * Digits of a script stand together, from 0 to 9.
 *
 * @param {string} digit of any script
 */
function asciiDigit(digit) {
  const code = Number(digit.codePointAt(0));
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** @param {string} sign in superscript */
function asciiExponent(sign) {
  return sign === "⁻" ? "-" : sign === "⁺" ? "+" : String(SUPERSCRIPTS.indexOf(sign));
}
