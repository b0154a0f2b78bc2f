/** Numbers, signs and names as they are said. */

import { formatNumber, SUPERSCRIPTS } from "./format.js";

/**
 * A number as it is said; the signs it is written with are not read alike everywhere.
 *
 * @param {Record<string, string>} words
 * @param {number | undefined} value
 */
export function sayNumber(words, value) {
  if (value === undefined || Number.isNaN(value)) return words.say_nan;
  const [mantissa, exponent] = formatNumber(Math.abs(value)).split("×10");
  const size = mantissa === "∞" ? words.say_infinity : mantissa;
  const sign = (/** @type {boolean} */ negative) => (negative ? `${words.say_negative} ` : "");
  if (!exponent) return sign(value < 0) + size;
  const digits = exponent.replace(/[^⁻]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
  const power = sign(digits.startsWith("⁻")) + digits.replace("⁻", "");
  return `${sign(value < 0)}${size} ${words.say_times} 10 ${words.say_power} ${power}`;
}

/**
 * @param {Record<string, string>} words
 * @param {string} token such as net or (x1)1, or a name such as error E_total
 */
export function sayToken(words, token) {
  return token.replace(/[()_]/g, " ").replace("←", ` ${words.say_from} `).trim();
}

/**
 * @param {Record<string, string>} words
 * @param {string} sign
 */
export function sayOperator(words, sign) {
  /** @type {Record<string, string>} */
  const said = {
    "·": words.say_times,
    "+": words.say_plus,
    "−": words.say_minus,
    "=": words.say_equals,
    "(": words.say_open,
    ")": words.say_close,
    "[": words.say_if,
    "]": `, ${words.say_else}`,
    ">": words.say_greater,
    "′": words.say_prime,
    "²": words.say_squared,
    "→": words.say_to,
    "←": words.say_from,
  };
  return said[sign.trim()] ?? sign.trim();
}
