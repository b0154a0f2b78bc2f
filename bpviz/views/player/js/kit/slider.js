/** A slider whose range grows when a value lies outside. */

import { html, ownsKeys } from "./dom.js";
import { formatNumber } from "./format.js";

/** @typedef {import("../score/schema.js").Given} Given */

/**
 * @param {Given} given
 * @param {string} label for people who listen
 */
export function createSlider({ name, low, high, step }, label) {
  return ownsKeys(html("input", { type: "range", name, min: low, max: high, step, "aria-label": label }));
}

/**
 * A slider that was moved keeps its range; a value that comes from elsewhere brings the range back, or makes room for it.
 *
 * @param {HTMLInputElement} slider
 * @param {Given} given
 * @param {number} value
 */
export function paintSlider(slider, given, value) {
  if (Number(slider.value) !== value) setRange(slider, ...rangeFor(given, value));
  slider.value = String(value);
  slider.setAttribute("aria-valuetext", formatNumber(value));
}

/**
 * Make room for a value outside the slider, in whole steps so that the slider keeps its round stops.
 *
 * @param {Given} given
 * @param {number} value
 * @returns {[number, number]}
 */
function rangeFor({ low, high, step }, value) {
  if (value < low) return [reach(low, value, -step), high];
  return [low, value > high ? reach(high, value, step) : high];
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} step towards it; where the steps are too many to count, they end at the value itself
 */
function reach(from, to, step) {
  const end = from + Math.ceil((to - from) / step) * step;
  return Number.isFinite(end) ? end : to;
}

/**
 * @param {HTMLInputElement} slider
 * @param {number} low
 * @param {number} high
 */
export function setRange(slider, low, high) {
  slider.min = String(Number(low.toPrecision(12))); // 12 digits: no dust from adding many steps
  slider.max = String(Number(high.toPrecision(12)));
}
