/** The variants of a score: what is shown for one choice per switch; with the same meaning as bpviz/views/score/variants.py. */

/** @typedef {import("./schema.js").WholeScore} WholeScore */
/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Beat} Beat */

const NOTHING = { formula: [], reveals: [], focus: [], lit: [], forward: [], backward: [], about: "" };

/**
 * One variant of a score on its own.
 *
 * @param {WholeScore} whole
 * @param {number} variant
 * @returns {Score}
 */
export function plainScore(whole, variant) {
  const { program, notes, beats, quantities } = whole.variants[variant];
  const known = { ...whole.quantities, ...quantities };
  const names = Object.keys(program.names).filter((name) => Object.hasOwn(known, name));
  return {
    ...whole,
    program,
    notes,
    quantities: Object.fromEntries(names.map((name) => [name, known[name]])),
    beats: beats.map((shown) => beatOf(whole, shown)),
    symbols: Object.fromEntries(Object.entries(known).map(([name, { symbol }]) => [name, symbol])),
    everyNote: whole.variants.flatMap((other) => Object.values(other.notes)),
  };
}

/**
 * @param {WholeScore} whole
 * @param {[number, number[]]} shown
 * @returns {Beat}
 */
function beatOf({ beats, rows, scene }, [place, chips]) {
  const beat = { ...NOTHING, ...beats[place] };
  return { ...beat, formula: beat.formula.map((row) => rows[row]), chips: chips.map((chip) => scene.chips[chip]) };
}

/**
 * The chips that are seen in a beat: those that stay from earlier beats, then its own.
 *
 * @param {Beat[]} beats
 * @param {number} index
 */
export function chipsIn(beats, index) {
  const { phase, chips } = beats[index];
  const standing = new Map(
    beats.slice(0, index).flatMap((beat) => beat.chips.filter(({ stays }) => stays).map((chip) => [chip.anchor, chip])),
  );
  const seen = [...standing].filter(([, { stays }]) => stays?.includes(phase));
  return [...new Map([...seen, ...chips.map((chip) => /** @type {const} */ ([chip.anchor, chip]))]).values()];
}

/**
 * @param {WholeScore} whole
 * @param {number} variant
 * @returns {string} its choices in words: "Rule: exact"
 */
export function tellChoices({ variants, switches }, variant) {
  const { choices } = variants[variant];
  return switches.map(({ label, choices: all }, at) => `${label}: ${all[choices[at]].label}`).join(" · ");
}

/**
 * @param {WholeScore} whole
 * @param {number} variant
 * @param {number} other
 * @param {number} beat of `variant`
 * @returns {number} the beat of `other` with the same id, else of the nearest earlier one
 */
export function beatIn({ variants, beats }, variant, other, beat) {
  const [here, there] = [variant, other].map((index) => variants[index].beats.map(([place]) => beats[place].id));
  return Math.max(there.indexOf(here.slice(0, beat + 1).findLast((id) => there.includes(id)) ?? ""), 0);
}

/**
 * @param {WholeScore} whole
 * @param {number} variant
 * @param {number} at which switch
 * @param {number} choice
 * @returns {number} the variant that differs from `variant` in this one choice
 */
export function variantWith({ variants }, variant, at, choice) {
  const wanted = variants[variant].choices.with(at, choice).join();
  return variants.findIndex(({ choices }) => choices.join() === wanted);
}
