/** The slope of the loss by one given: the number itself, the line that shows it, and what it has to do with the step. */

import { createDerivatives } from "../engine/derivatives.js";
import { html } from "../kit/dom.js";
import { appendRich, createSlot, fillSlots, fillWords } from "../kit/slots.js";
import { formatNumber } from "../kit/format.js";
import { gradientOf } from "../score/subject.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/**
 * slope: undefined while it is not computed; used: what the update takes for it, undefined where no quantity says so;
 * kink: there is no one slope, and what is used counts as it.
 *
 * @typedef {{slope: number | undefined, used: number | undefined, agrees: boolean, kink: boolean}} Slope
 */

/**
 * The slope of the loss by a given. Where the number that the update uses is this slope, it is that very number; where
 * it is not, or where the update uses none, it is a central difference.
 *
 * @param {Score} score
 * @returns {(weight: string, known: Reading) => Slope}
 */
export function createSlopeAt(score) {
  const { loss, feedback } = score.program;
  const { slope, compare } = createDerivatives(score);
  return (weight, known) => {
    const gradient = gradientOf(score, weight);
    const used = gradient ? known(gradient) : undefined;
    if (used !== undefined) {
      const { value, agrees, kink } = compare([loss, weight], used, known);
      return { slope: agrees || kink ? used : value, used, agrees: agrees || kink, kink };
    }
    const computed = !gradient && known(feedback[weight]) !== undefined;
    return { slope: computed ? slope([loss, weight], known) : undefined, used, agrees: Boolean(gradient), kink: false };
  };
}

/**
 * What the two lines are; where the update does not go by the slope it says so.
 *
 * @param {Record<string, string>} words
 * @param {Slope} slope
 */
export function slopeLegend(words, { slope, used, agrees, kink }) {
  if (slope === undefined) return words.slice_waits;
  if (kink) return words.slice_kink;
  if (agrees) return words.slice_legend;
  const other = used === undefined ? "" : fillWords(words.slice_not_slope, { number: formatNumber(used) });
  return `${words.slice_step} ${other}`.trim();
}

/**
 * The slope and the next value in numbers. A slope that no quantity of the program holds stands there without a name.
 *
 * @param {Score} score
 */
export function createSlopeLine(score) {
  const { words, program, quantities } = score;
  const element = html("p", { class: "bpviz-now-line" });
  let shown = "";
  /** @type {import("../kit/slots.js").Slot[]} */
  let slots = [];
  const build = (/** @type {string} */ weight, /** @type {string} */ gradient) => {
    const [slope, next] = ["", ""].map(() => html("span", { class: "bpviz-number bpviz-strong" }));
    const update = html("span", { class: "bpviz-next" });
    appendRich(update, quantities[weight].label);
    update.append(" → ", next);
    element.replaceChildren(html("span", { class: "bpviz-slope" }, words.slope, " ", slope), update);
    const first = gradient ? createSlot(slope, gradient) : { element: slope, name: "", format: {} };
    slots = [first, createSlot(next, program.feedback[weight])];
  };
  return {
    element,
    paint(/** @type {string} */ weight, /** @type {Slope} */ { slope, agrees }, /** @type {Reading} */ reading) {
      const gradient = agrees ? gradientOf(score, weight) : "";
      if (`${weight} ${gradient}` !== shown) build(weight, gradient);
      shown = `${weight} ${gradient}`;
      fillSlots(slots, (name) => (name ? reading(name) : slope));
    },
  };
}
