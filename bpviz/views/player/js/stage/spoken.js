/** How forms of a formula are said that are more than their parts side by side: fractions, powers, indices, sum signs. */

import { fillWords } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Tree} Tree */

export const LAYER = /^\[(.+)\]/;
const SIGNS_BETWEEN = ["·", "+", " − ", "="]; // with these a part is more than one thing, and is read in brackets

/** @typedef {(words: Record<string, string>, parts: Tree[], of: (tree: Tree) => string) => string | undefined} Rule */
/** @type {Record<string, Rule>} */
export const SPECIAL = {
  mspace: () => "",
  msqrt: (words, [inside], of) => `${words.say_root} ${bracketed(words, inside, of)}`,
  msub: (words, [base, sub], of) => indexed(of(base), of(sub)),
  munderover(words, [, [, letter, , first], last], of) {
    const [name, from, to] = [letter, first, last].map((tree) => of(/** @type {Tree} */ (tree)));
    return fillWords(words.say_sum, { letter: name, first: from, last: to });
  },
  msubsup(words, [base, sub, above], of) {
    const letter = above[0] === "mi" ? ` ${of(above)}` : "";
    return letter ? indexed(of(base) + letter, of(sub)) : layered(words, String(above[1]), indexed(of(base), of(sub)));
  },
  msup(words, [base, exponent], of) {
    if (LAYER.test(String(exponent[1]))) return layered(words, String(exponent[1]), of(base));
    if (String(exponent) === "mo,+") return `${words.say_new} ${of(base)}`;
    const below = bracketed(words, base, of);
    return String(exponent) === "mn,2" ? `${below} ${words.say_squared}` : `${below} ${words.say_power} ${bracketed(words, exponent, of)}`;
  },
  mfrac(words, [above, below], of) {
    const [top, bottom] = [above, below].map((tree) => derived(tree));
    if (top && bottom) return fillWords(words.say_derivative, { of: of(top), by: of(bottom) });
    if (String([above, below]) === "mn,1,mn,2") return words.say_half;
    return `${bracketed(words, above, of)} ${words.say_over} ${bracketed(words, below, of)}`;
  },
};

/**
 * @param {Record<string, string>} words
 * @param {string} above a layer in brackets, a plus sign of what is new, or both
 * @param {string} name of a quantity
 */
function layered(words, above, name) {
  const [, layer] = LAYER.exec(above) ?? [];
  return [...(above.endsWith("+") ? [words.say_new] : []), name, ...(layer ? [words.say_layer, layer] : [])].join(" ");
}

/**
 * @param {Tree} tree of one side of a fraction
 * @returns {Tree | null} what a ∂ or a d stands before
 */
function derived([, sign, what]) {
  return /^mo,[∂d]$/.test(String(sign)) && Array.isArray(what) ? what : null;
}

/**
 * @param {string} base
 * @param {string} sub
 */
function indexed(base, sub) {
  return base.length === 1 && /^\d/.test(sub) ? base + sub : `${base} ${sub}`;
}

/**
 * @param {Record<string, string>} words
 * @param {Tree} tree
 * @param {(tree: Tree) => string} of
 */
function bracketed(words, tree, of) {
  const text = of(tree);
  const isOne = !hasSign(tree) || text.startsWith(words.say_open);
  return isOne ? text : `${words.say_open} ${text} ${words.say_close}`;
}

/**
 * @param {Tree} tree
 * @returns {boolean}
 */
function hasSign([tag, ...rest]) {
  return rest.some((child) => (Array.isArray(child) ? hasSign(child) : tag === "mo" && SIGNS_BETWEEN.includes(String(child))));
}
