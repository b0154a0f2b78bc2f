/** Witnesses: independent ways to know a number. Each compares what it knows with the number worked out by hand. */

import { createDerivatives } from "../engine/derivatives.js";
import { formatNumber, MINUS } from "../kit/format.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("../state/state.js").State} State */
/**
 * What a witness says: value and text as it knows the number, whether that agrees, the difference by hand − witness,
 * and a sentence where there is something to explain; explained: it says why the two differ. Without a value it has nothing to say. label: what it is called here,
 * where that is not as usual.
 *
 * @typedef {{label?: string, value?: number, text: string, agrees?: boolean, explained?: boolean, difference?: number, note: string}} Testimony
 */
/**
 * @typedef {object} Witness
 * @property {string} id
 * @property {string} label
 * @property {string[]} notes every sentence it may say, so that room can be kept for the longest
 * @property {(name: string, ours: number, reading: Reading) => Testimony} ask
 */

export const DECIMALS = 9;
// relative: where all digits of a number are printed, its last bits may differ from machine to machine
const LAST_BITS = 1e-15;
const AUTOGRAD_BITS = 1e-12; // as in frameworks/torch_check.py

/** The witnesses this player knows; each returns null where a score gives it nothing to say. */
export const WITNESSES = [byHand, centralDifference, pytorch, published];

/**
 * @param {Score} score
 * @returns {Witness}
 */
function byHand({ words }) {
  return {
    id: "by_hand",
    label: words.by_hand,
    notes: [],
    // no tick: it is what the others are compared with
    ask: (_, ours) => ({ value: ours, text: exact(ours), agrees: Number.isFinite(ours) ? undefined : false, note: "" }),
  };
}

/**
 * What a derivative must be: the change of one quantity when another is pushed up and down a little.
 *
 * @param {Score} score
 * @returns {Witness | null}
 */
function centralDifference(score) {
  const { quantities, words } = score;
  const { compare } = createDerivatives(score);
  if (!Object.values(quantities).some(({ check }) => check)) return null;
  return {
    id: "central_difference",
    label: words.central_difference,
    notes: [words.not_the_slope, words.kink],
    ask(name, ours, reading) {
      const { check, negated } = quantities[name];
      if (!check) return { text: words.no_derivative, note: "" };
      const sign = negated ? -1 : 1;
      const { value: slope, agrees, kink } = compare(check, sign * ours, reading);
      const value = sign * slope;
      const label = negated ? words.minus_difference : undefined; // the error signal says how fast the loss falls
      if (kink) return { label, value, text: exact(value), note: words.kink };
      const note = agrees ? "" : words.not_the_slope;
      return { label, value, text: exact(value), agrees, difference: ours - value, note };
    },
  };
}

/**
 * What PyTorch's autograd finds. Python asks it, so its slopes belong to the numbers that it was asked about, and to no others.
 *
 * @param {Score} score
 * @param {State} state
 * @returns {Witness | null}
 */
function pytorch({ quantities, givens, program, words }, { model, variant }) {
  /** @type {() => {variant: number, givens: number[], slopes: Record<string, number>} | undefined} */
  const known = () => model.get("pytorch");
  if (!known()?.slopes) return null;
  return {
    id: "pytorch",
    label: words.pytorch,
    notes: [words.pytorch_elsewhere],
    ask(name, ours, reading) {
      const { check, negated } = quantities[name];
      if (check?.length !== 2 || check[0] !== program.loss) return { text: words.only_of_the_loss, note: "" };
      const told = known();
      const here = told?.variant === variant() && givens.every((given, k) => reading(given.name) === told.givens[k]);
      if (!told || !here) return { text: "", note: words.pytorch_elsewhere };
      if (told.slopes[check[1]] === undefined) return { text: "", note: "" };
      const value = (negated ? -1 : 1) * told.slopes[check[1]];
      const largest = Object.values(told.slopes).reduce((most, slope) => Math.max(most, Math.abs(slope)), Math.abs(ours));
      const difference = ours - value;
      return { value, text: exact(value), agrees: Math.abs(difference) <= AUTOGRAD_BITS * largest, difference, note: "" };
    },
  };
}

/**
 * What the source prints. It speaks of the source's own numbers only.
 *
 * @param {Score} score
 * @returns {Witness | null}
 */
function published({ quantities, givens, notes, everyNote, words }) {
  const figures = Object.values(quantities).flatMap((quantity) => quantity.published ?? []);
  if (!figures.length) return null;
  return {
    id: "published",
    label: words.published.replace("{source}", figures[0].source),
    notes: [...everyNote, words.other_numbers],
    ask(name, ours, reading) {
      const figure = quantities[name].published;
      if (!figure) return { text: words.not_printed, note: "" };
      if (givens.some((given) => reading(given.name) !== given.value)) return { text: "", note: words.other_numbers };
      const value = Number(figure.printed);
      const rounded = Number(ours.toFixed(figure.printed.split(".")[1]?.length ?? 0));
      const agrees = rounded === value || Math.abs(ours - value) <= LAST_BITS * Math.abs(value);
      const text = figure.printed.replace("-", MINUS);
      const note = agrees ? "" : (notes[name] ?? "");
      return { value, text, agrees, explained: note !== "", difference: ours - value, note };
    },
  };
}

/** @param {number} value */
function exact(value) {
  return formatNumber(value, { decimals: DECIMALS });
}
