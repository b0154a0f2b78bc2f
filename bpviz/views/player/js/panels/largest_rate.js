/** The largest learning rate of all schedules: a slider by powers of ten, and a box for exact numbers. */

import { html, ownsKeys, setAttributes } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { formatNumber } from "../kit/format.js";
import { connectBox, createBox, createNote, paintBox, refusal } from "../kit/number_box.js";

/** @typedef {import("./panels.js").State} State */

const NAME = "largest_rate"; // in the model too
const [LOWEST_POWER, HIGHEST_POWER] = [-2, 4];
const DIGITS = 3; // of a rate that the slider sets

/**
 * @param {Record<string, string>} words
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 */
export function createLargestRate(words, state, announce) {
  const label = words.schedules_largest;
  const range = { min: LOWEST_POWER, max: HIGHEST_POWER, step: 0.02 };
  const slider = ownsKeys(html("input", { type: "range", name: NAME, "aria-label": label, ...range }));
  const box = createBox(fillWords(words.exact_value, { name: label }));
  const note = createNote(box, announce);
  const current = () => Number(state.model.get(NAME));
  const accept = (/** @type {number} */ rate) => {
    note.say(rate > 0 ? "" : fillWords(words.schedules_rate_above_zero, { name: label, value: formatNumber(current()) }));
    if (rate > 0) state.write({ [NAME]: rate });
    return rate > 0;
  };
  slider.addEventListener("input", () => accept(Number((10 ** Number(slider.value)).toPrecision(DIGITS))));
  connectBox(box, current, accept, (text) => note.say(refusal(words, text, label, current())));
  let painted = NaN;
  return {
    element: html("div", { class: "bpviz-row bpviz-tone-update" },
      html("label", { class: "bpviz-slider" }, html("span", {}, label), slider),
      box,
      note.element,
    ),
    paint() {
      if (painted !== current()) note.say(""); // it spoke of the value before
      painted = current();
      slider.value = String(Math.log10(painted));
      setAttributes(slider, { "aria-valuetext": formatNumber(painted) });
      paintBox(box, painted);
    },
  };
}
