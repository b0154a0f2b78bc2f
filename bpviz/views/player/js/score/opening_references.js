/** What the openings of a score point at but do not have; with the same meaning as bpviz/views/score/check_openings.py. */

import { namesShown } from "./names_shown.js";
import { firstProblem } from "./schema_walk.js";

/** @typedef {import("./schema.js").WholeScore} WholeScore */
/** @typedef {import("./schema.js").Opening} Opening */

/** @param {WholeScore} score */
export function openingsProblem(score) {
  const { openings = [], scene, variants } = score;
  const nodes = new Set(scene.nodes.map(({ id }) => id));
  const places = new Set([...nodes, ...scene.edges.map(({ id }) => id), ...Object.keys(scene.anchors)]);
  const isKnown = (/** @type {string} */ name) => variants.every(({ program }) => Object.hasOwn(program.names, name));
  const lacks = (/** @type {string[]} */ names, /** @type {(name: string) => boolean} */ has, /** @type {(name: string) => string} */ why) =>
    firstProblem(names, (name) => (has(name) ? "" : why(name)));
  return firstProblem(openings, (opening, index) => {
    const { node, swaps, anchors } = opening;
    const here = (/** @type {string} */ name) => places.has(name) || Object.hasOwn(anchors, name);
    return (
      (openings.slice(0, index).some((other) => other.node === node) ? `'${node}' is opened twice` : "") ||
      lacks(swaps.flat(), (name) => nodes.has(name), (name) => `no node '${name}' changes places`) ||
      (swaps[0][1] === node ? "" : `'${node}' does not change places`) ||
      lacks(Object.values(anchors), (name) => Object.hasOwn(scene.anchors, name), (name) => `no anchor '${name}'`) ||
      numbersProblem(score, opening) ||
      lacks(chipsOf(score, opening).map(({ anchor }) => anchor), here, (name) => `no anchor '${name}'`) ||
      lacks(namesMeant(score, opening), isKnown, (name) => `no quantity '${name}'`) ||
      lacks(placesLit(opening), here, (name) => `nothing in the diagram is called '${name}'`)
    );
  });
}

/**
 * Numbers of beats, chips and rows that there are not.
 *
 * @param {WholeScore} score
 * @param {Opening} opening
 */
function numbersProblem({ variants, scene, rows }, { beats }) {
  const within = (/** @type {string} */ what, /** @type {number[]} */ numbers, /** @type {number} */ count) =>
    firstProblem(numbers, (number) => (number < count ? "" : `no ${what} ${number}`));
  return (
    within("beat", beats.map(([number]) => number), Math.min(...variants.map((variant) => variant.beats.length))) ||
    within("chip", beats.flatMap(([, , chips]) => chips), scene.chips.length) ||
    within("row", beats.flatMap(([, { formula = [] }]) => formula), rows.length)
  );
}

/**
 * @param {WholeScore} score
 * @param {Opening} opening
 */
function chipsOf({ scene }, { labels, beats }) {
  return [...labels, ...beats.flatMap(([, , chips]) => chips.map((chip) => scene.chips[chip]))];
}

/**
 * @param {WholeScore} score
 * @param {Opening} opening
 */
function namesMeant(score, opening) {
  const told = opening.beats.map(([, difference]) => difference);
  const rows = told.flatMap(({ formula = [] }) => formula.map((row) => score.rows[row]));
  const about = told.flatMap((difference) => difference.about ?? []);
  return [...about, ...namesShown([told, rows, chipsOf(score, opening)])];
}

/** @param {Opening} opening */
function placesLit({ beats }) {
  return beats.flatMap(([, { focus = [], lit = [], forward = [], backward = [] }]) => [...focus, ...lit, ...forward, ...backward]);
}
