/** A beat's title, formula, results and caption in words, so that one can follow the calculation without seeing it. */

import { LAYER, SPECIAL } from "./spoken.js";
import { sayNumber, sayOperator, sayToken } from "../kit/saying.js";
import { fillWords } from "../kit/slots.js";
import { chipsIn } from "../score/variants.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Beat} Beat */
/** @typedef {import("../score/schema.js").Tree} Tree */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

/**
 * @param {Score} score
 * @param {number} index of the beat
 * @param {Reading} reading
 */
export function sayBeat(score, index, reading) {
  const beat = score.beats[index];
  const speech = createSpeech(score, reading);
  const prose = (/** @type {import("../score/schema.js").Rich} */ rich) => sayRich(score.words, rich, reading);
  const trained = new Map(Object.entries(score.program.gradients).map(([given, gradient]) => [gradient, given]));
  const rows = beat.formula.map(({ left, right }) => `${speech.of(left)} ${score.words.say_equals} ${speech.of(right)}`.trim());
  const results = new Set(beat.formula.flatMap(({ right }) => numbersIn(right)));
  const others = beat.reveals.filter((name) => !results.has(name)).map((name) => speech.result(name, trained.get(name)));
  const chips = rows.length ? [] : chipsIn(score.beats, index).map(({ lines }) => prose(lines.flatMap(chipLine)));
  const sentences = [prose(beat.title), rows.join(", "), ...others, chips.join(", ")].filter(Boolean);
  return [...sentences.map((sentence) => `${sentence}.`), prose(beat.caption)].join(" ");
}

/**
 * @param {Score} score
 * @param {number} index of the beat
 * @returns {boolean} true where its formula has numbers
 */
export function hasNumbers({ beats }, index) {
  return beats[index].formula.some(({ right }) => numbersIn(right).length > 0);
}

/**
 * A line of a chip after those before it: a number belongs to the name above it.
 *
 * @param {import("../score/schema.js").Rich} line
 * @param {number} at
 * @returns {import("../score/schema.js").Rich}
 */
function chipLine(line, at) {
  return at === 0 ? line : [["", Array.isArray(line[0]) ? " " : " = "], ...line];
}

/**
 * @param {Tree} tree
 * @returns {string[]} the quantities whose values stand in it
 */
function numbersIn([, ...rest]) {
  return rest.flatMap((child) => (Array.isArray(child) ? numbersIn(child) : typeof child === "string" ? [] : (child.bp ?? [])));
}

/**
 * @param {Score} score
 * @param {Reading} reading
 */
function createSpeech({ words, symbols }, reading) {
  /** @type {(tree: Tree) => string} */
  const of = ([tag, ...rest]) => {
    const trees = /** @type {Tree[]} */ (rest.filter(Array.isArray));
    const special = SPECIAL[tag]?.(words, trees, of);
    return special ?? joined(words, rest.map((child) => part(tag, child)), rest);
  };
  const part = (/** @type {string} */ tag, /** @type {Tree | string | import("../score/schema.js").Marker} */ child) => {
    if (Array.isArray(child)) return of(child);
    if (typeof child === "string") return tag === "mo" ? sayOperator(words, child) : sayToken(words, child);
    return child.bp ? sayNumber(words, reading(child.bp)) : child.ref ? of(symbols[child.ref]) : "";
  };
  return {
    of,
    /** What a gradient without a formula is for is named, for its letter is nowhere else. */
    result(/** @type {string} */ name, /** @type {string} */ given = "") {
      const what = given ? fillWords(words.say_gradient, { of: of(symbols[given]) }) : of(symbols[name]);
      return `${what} ${words.say_equals} ${sayNumber(words, reading(name))}`;
    },
  };
}

/**
 * @param {Record<string, string>} words
 * @param {import("../score/schema.js").Rich} rich
 * @param {Reading} reading
 */
function sayRich(words, rich, reading) {
  const text = rich.reduce((before, run) => {
    if (!Array.isArray(run)) return before + sayNumber(words, reading(run.bp));
    const [style, piece] = run;
    const [, layer] = (style === "sup" && LAYER.exec(piece)) || [];
    if (layer) return `${before} ${words.say_layer} ${layer}`;
    const isIndex = (style.startsWith("sub") && !(/(^|[^\p{L}])\p{L}$/u.test(before) && /^\d/.test(piece))) || (style === "sup" && /^\p{L}/u.test(piece));
    const said = style === "subi" ? [...piece].join(" ") : sayToken(words, piece); // letters that count, as a formula says them
    return before + (isIndex ? ` ${said}` : piece);
  }, "");
  return text.replace(/[·+−=→←′²>]/g, (sign) => ` ${sayOperator(words, sign)} `).replace(/\s+/g, " ").trim();
}

/**
 * Parts side by side. Where no sign stands between a number and what follows, it multiplies; after a name it is applied.
 *
 * @param {Record<string, string>} words
 * @param {string[]} parts
 * @param {(Tree | string | object)[]} trees
 */
function joined(words, parts, trees) {
  let text = "";
  let before = "";
  parts.forEach((said, at) => {
    const tag = Array.isArray(trees[at]) ? String(trees[at][0]) : "mo";
    const opens = said.startsWith(words.say_open);
    if (["mn", "mfrac"].includes(before) && (opens || tag !== "mo")) text += ` ${words.say_times}`;
    else if (before && !["mo", "munderover"].includes(before) && opens) text += ` ${words.say_of}`;
    text += text.endsWith(` ${words.say_of}`) ? ` ${unbracketed(words, said)}` : ` ${said}`;
    before = tag;
  });
  return text.replace(/\s+/g, " ").replace(/ (?=,)/g, "").trim();
}

/**
 * What a function is applied to, without its brackets where it is one name.
 *
 * @param {Record<string, string>} words
 * @param {string} said
 */
function unbracketed({ say_open, say_close }, said) {
  const inside = said.endsWith(` ${say_close}`) ? said.slice(say_open.length + 1, -say_close.length - 1) : "";
  return /^\S+$/.test(inside) ? inside : said;
}
