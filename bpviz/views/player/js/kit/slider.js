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
 * @param {HTMLInputElement} slider
 * @param {number} value
 */
export function paintSlider(slider, value) {
  widenRange(slider, value);
  slider.value = String(value);
  slider.setAttribute("aria-valuetext", formatNumber(value));
}

/**
 * Make room for a value outside the slider, in whole steps so that the slider keeps its round stops.
 *
 * @param {HTMLInputElement} slider
 * @param {number} value
 */
function widenRange(slider, value) {
  const [low, high, step] = [slider.min, slider.max, slider.step].map(Number);
  if (value < low) setRange(slider, low - Math.ceil((low - value) / step) * step, high);
  if (value > high) setRange(slider, low, low + Math.ceil((value - low) / step) * step);
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
