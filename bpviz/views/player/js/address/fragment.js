/** What the address of a page says after its "#": `step=dE_dw5&w5=0.9`, all that is not as the page itself begins. */

import { openingsNamed } from "../score/openings.js";
import { beatIn } from "../score/variants.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {{variant: number, beat: number, held: Record<string, string | number>}} Place where a player stands; held: by the names of a model */
/** @typedef {[string, string]} Field */

const STEP_FIELD = "step";
const GIVENS = ["slice_of", "surface_x", "surface_y"]; // each names one

/**
 * @param {import("../state/state.js").State} state
 * @returns {Place}
 */
export function placeOf({ whole, model, variant, beat, hasPanel }) {
  const names = whole.givens.map(({ name }) => name);
  if (model.get("panels").length > 1) names.push("front");
  if (hasPanel("slice")) names.push("slice_of");
  if (hasPanel("surface")) names.push("surface_x", "surface_y");
  if (whole.schedules && hasPanel("schedules")) names.push("largest_rate");
  if (whole.openings) names.push("opened");
  return { variant: variant(), beat: beat(), held: Object.fromEntries(names.map((name) => [name, model.get(name)])) };
}

/**
 * @param {WholeScore} whole
 * @param {Place} place
 * @returns {Field[]} the step by its id, what the switches stand at, then every number with all its digits
 */
function fieldsOf(whole, { variant, beat, held }) {
  const { choices } = whole.variants[variant];
  return [
    [STEP_FIELD, idsOf(whole, variant)[beat]],
    ...whole.switches.map(({ name, choices: all }, at) => /** @type {Field} */ ([name, String(all[choices[at]].value)])),
    ...Object.entries(held).map(([name, value]) => /** @type {Field} */ ([name, String(value)])),
  ];
}

/**
 * @param {WholeScore} whole
 * @param {number} variant
 * @returns {string[]} of its beats
 */
function idsOf({ beats, variants }, variant) {
  return variants[variant].beats.map(([place]) => beats[place].id);
}

/**
 * @param {WholeScore} whole
 * @param {Place} own where the page begins
 * @param {Place} now
 */
export function fragmentOf(whole, own, now) {
  const begun = new Map(fieldsOf(whole, own));
  const news = fieldsOf(whole, now).filter(([name, value]) => begun.get(name) !== value);
  return news.map((field) => field.map(encodeURIComponent).join("=")).join("&");
}

/**
 * Where a fragment leads from where the page begins, and the parts of it that say nothing that can be.
 *
 * @param {WholeScore} whole
 * @param {Place} own where the page begins
 * @param {string} text
 * @param {string[]} panels those that can come to the front
 * @returns {{place: Place, ignored: string[]}}
 */
export function readFragment(whole, own, text, panels) {
  const { wanted, ignored } = fieldsIn(text, new Set(fieldsOf(whole, own).map(([name]) => name)));
  /** @type {<T>(name: string, reader: (value: string) => T | undefined) => T | undefined} */
  const take = (name, reader) => {
    const field = wanted.get(name);
    const read = field && reader(field.value);
    if (field && read === undefined) ignored.push(field.part);
    return read;
  };
  const choices = whole.switches.map(({ name, choices: all }, at) =>
    take(name, (value) => placeIn(all.map((choice) => String(choice.value)), value)) ?? whole.variants[own.variant].choices[at],
  );
  const variant = whole.variants.findIndex((each) => each.choices.join() === choices.join());
  const beat = take(STEP_FIELD, (value) => placeIn(idsOf(whole, variant), value)) ?? beatIn(whole, own.variant, variant, own.beat);
  const held = Object.entries(own.held).map(([name, before]) => [name, take(name, readerOf(whole, name, panels)) ?? before]);
  return { place: { variant, beat, held: Object.fromEntries(held) }, ignored };
}

/**
 * The parts of a fragment by the names that there are; each name once.
 *
 * @param {string} text
 * @param {Set<string>} names
 */
function fieldsIn(text, names) {
  /** @type {Map<string, {value: string, part: string}>} */
  const wanted = new Map();
  /** @type {string[]} */
  const ignored = [];
  for (const part of text.split("&").filter(Boolean)) {
    const [name, value = ""] = decoded(part).split(/=(.*)/s);
    if (names.has(name) && !wanted.has(name)) wanted.set(name, { value, part: decoded(part) });
    else ignored.push(decoded(part));
  }
  return { wanted, ignored };
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a "%" that stands for nothing
  }
}

/**
 * @param {unknown[]} all
 * @param {unknown} one
 * @returns {number | undefined} absent where it is not among them
 */
function placeIn(all, one) {
  const place = all.indexOf(one);
  return place < 0 ? undefined : place;
}

/**
 * @param {WholeScore} whole
 * @param {string} name
 * @param {string[]} panels
 * @returns {(text: string) => string | number | undefined} what the text says of this name, undefined where it cannot be
 */
function readerOf(whole, name, panels) {
  const { variants } = whole;
  const among = (/** @type {string[]} */ all) => (/** @type {string} */ text) => (all.includes(text) ? text : undefined);
  if (name === "front") return among(panels);
  if (name === "opened") return (text) => (isOpened(whole, text) ? text : undefined);
  if (GIVENS.includes(name)) return among(["", ...variants.flatMap(({ program }) => Object.keys(program.feedback))]);
  return (text) => {
    const number = text.trim() ? Number(text) : NaN;
    return Number.isFinite(number) && (name !== "largest_rate" || number > 0) ? number : undefined;
  };
}

/**
 * @param {WholeScore} whole
 * @param {string} names
 */
function isOpened(whole, names) {
  return openingsNamed(whole, names).length === names.split(" ").filter(Boolean).length;
}
