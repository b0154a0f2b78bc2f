/** Which two trained givens the surface stands on: the first two, or those that are chosen. */

import { html, ownsKeys } from "../kit/dom.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */
/** @typedef {[string, string]} Pair across, and up */

const NAMES = ["surface_x", "surface_y"]; // in the model too

/**
 * Two lists of all trained givens. To choose in one what stands in the other swaps them.
 *
 * @param {Score} score one that trains two givens at least
 * @param {State} state
 */
export function createPairChooser({ program: { trained }, quantities, words }, state) {
  const chosen = NAMES.map((name) => () => String(state.model.get(name) || ""));
  const other = (/** @type {string} */ name) => /** @type {string} */ (trained.find((each) => each !== name));
  /** @returns {Pair} */
  const pair = () => {
    const [x, y] = chosen.map((wanted) => (trained.includes(wanted()) ? wanted() : ""));
    const across = x || other(y);
    return [across, y && y !== across ? y : other(across)];
  };
  const texts = symbolsOf(trained.map((given) => quantities[given].speak));
  const selects = NAMES.map((name, k) => {
    const options = trained.map((given, place) => html("option", { value: given }, texts[place]));
    const select = ownsKeys(html("select", { class: "bpviz-select", name }, ...options));
    select.addEventListener("change", () => {
      const before = pair();
      const rest = before[1 - k] === select.value ? before[k] : before[1 - k];
      state.write({ [NAMES[k]]: select.value, [NAMES[1 - k]]: rest });
    });
    return select;
  });
  const labels = [words.surface_across, words.surface_up].map((word, k) => html("label", {}, `${word} `, selects[k]));
  return {
    elements: labels,
    pair,
    paint: (/** @type {Pair} */ names) => names.forEach((name, k) => (selects[k].value = name)),
  };
}

/**
 * @param {string[]} texts
 * @returns {string[]} without the words before a symbol: in little room they would hide what tells them apart
 */
function symbolsOf(texts) {
  const symbols = texts.map((text) => text.slice(text.lastIndexOf(" ") + 1));
  return new Set(symbols).size === texts.length ? symbols : texts;
}
