/** What a score points at but does not have. */

import { instructionProblem } from "../engine/evaluate.js";
import { namesShown } from "./names_shown.js";
import { openingsProblem } from "./opening_references.js";
import { firstProblem } from "./schema_walk.js";
import { plainScore } from "./variants.js";

/** @typedef {import("./schema.js").Given} Given */
/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").WholeScore} WholeScore */

/**
 * Names, places and registers a score points at but does not have.
 *
 * @param {WholeScore} score
 */
export function referenceProblem(score) {
  const { givens, scene, variants } = score;
  return (
    firstProblem(givens, (given, index) => givenProblem(given, givens.slice(0, index))) ||
    placeProblem(score) ||
    dataProblem(score) ||
    schedulesProblem(score) ||
    firstProblem(anchorsTold(score), (anchor) => (Object.hasOwn(scene.anchors, anchor) ? "" : `no anchor '${anchor}'`)) ||
    arrangementProblem(scene) ||
    firstProblem(variants, (_, index) => variantProblem(plainScore(score, index))) ||
    openingsProblem(score)
  );
}

/**
 * @param {WholeScore} score
 * @returns {string[]} the anchors of labels and of the chips that beats show
 */
function anchorsTold({ scene, variants }) {
  const places = variants.flatMap(({ beats }) => beats.flatMap(([, chips]) => chips));
  return [...scene.labels, ...places.map((place) => scene.chips[place])].map((chip) => chip.anchor);
}

/**
 * Places in a list that the list does not have, and variants that are no full set.
 *
 * @param {WholeScore} score
 */
function placeProblem({ beats, rows, scene, switches, variants }) {
  const told = variants.flatMap((variant) => variant.beats);
  const within = (/** @type {string} */ what, /** @type {number[]} */ places, /** @type {unknown[]} */ pool) =>
    firstProblem(places, (place) => (place < pool.length ? "" : `no ${what} ${place}`));
  const count = switches.reduce((product, { choices }) => product * choices.length, 1);
  const isChoice = (/** @type {number} */ choice, /** @type {number} */ at) => choice < switches[at]?.choices.length;
  const right = variants.filter(({ choices }) => choices.length === switches.length && choices.every(isChoice));
  const found = new Set(right.map(({ choices }) => choices.join()));
  return (
    within("beat", told.map(([place]) => place), beats) ||
    within("chip", told.flatMap(([, chips]) => chips), scene.chips) ||
    within("row", beats.flatMap(({ formula }) => formula ?? []), rows) ||
    (found.size === count && variants.length === count ? "" : "its variants are not one for each choice of its switches")
  );
}

/**
 * Parts of the diagram that have no place while presenting, or in a narrow window.
 *
 * @param {import("./schema.js").Scene} scene
 */
function arrangementProblem(scene) {
  return firstProblem(/** @type {const} */ (["large", "tall"]), (size) => {
    const lacks = (/** @type {string[]} */ ids, /** @type {object} */ places) =>
      firstProblem(ids, (id) => (Object.hasOwn(places, id) ? "" : `no ${size} place for '${id}'`));
    return (
      lacks(scene.nodes.map(({ id }) => id), scene[size].nodes) ||
      lacks(scene.edges.map(({ id }) => id), scene[size].edges) ||
      lacks(Object.keys(scene.anchors), scene[size].anchors)
    );
  });
}

/**
 * Columns and outputs that do not exist, and rows that do not fit.
 *
 * @param {WholeScore} score
 */
function dataProblem({ data, givens, variants }) {
  if (!data) return "";
  const { columns, outputs, rows } = data;
  const isGiven = (/** @type {string} */ name) => givens.some((given) => given.name === name);
  const isKnown = (/** @type {string} */ name) => variants.every(({ program }) => Object.hasOwn(program.names, name));
  return (
    firstProblem(columns, (name) => (isGiven(name) ? "" : `no given '${name}'`)) ||
    firstProblem(outputs, (name) => (isKnown(name) ? "" : `no quantity '${name}'`)) ||
    (rows.every((row) => row.length === columns.length) ? "" : "a row of data must have a number for each column")
  );
}

/** @param {WholeScore} score */
function schedulesProblem({ schedules, givens }) {
  return !schedules || givens.some(({ name }) => name === schedules.of) ? "" : `no given '${schedules.of}'`;
}

/** @param {Score} score */
function variantProblem({ program, givens, quantities, notes, phases, beats, scene, groups }) {
  const registers = program.registers;
  const places = new Set([
    ...scene.nodes.map((node) => node.id),
    ...scene.edges.map((edge) => edge.id),
    ...Object.keys(scene.anchors),
  ]);
  const targets = [...program.constants.map(([register]) => register), ...Object.values(program.names)];
  const named = [
    ...Object.entries(program.feedback).flat(),
    ...givens.map((given) => given.name),
    ...groups.flatMap((group) => group.givens),
    program.loss,
    ...Object.keys(notes),
    ...Object.entries(program.gradients).flat(),
    ...program.asides,
    ...[...scene.edges.map(({ carries }) => carries), ...beats.map(({ about }) => about)].filter((name) => name !== ""),
    ...Object.values(quantities).flatMap(({ check = [] }) => /** @type {string[]} */ (check)),
    ...namesShown([scene.nodes, scene.labels, beats]),
  ];
  return (
    firstProblem(program.code, (row) => instructionProblem(row, registers)) ||
    firstProblem(targets, (register) => (isRegister(register, registers) ? "" : `register ${register} does not exist`)) ||
    firstProblem(named, (name) => (Object.hasOwn(program.names, name) ? "" : `no quantity '${name}'`)) ||
    firstProblem(Object.keys(program.names), (name) =>
      Object.hasOwn(quantities, name) || program.asides.includes(name) ? "" : `'${name}' has no label`,
    ) ||
    firstProblem(program.trained, (name) =>
      Object.hasOwn(program.feedback, name) ? "" : `'${name}' is trained, but not fed back`,
    ) ||
    firstProblem(beats, (beat) =>
      phases.some((phase) => phase.id === beat.phase) ? "" : `no phase '${beat.phase}'`,
    ) ||
    firstProblem(
      beats.flatMap((beat) => [...beat.focus, ...beat.lit, ...beat.forward, ...beat.backward]),
      (place) => (places.has(place) ? "" : `nothing in the diagram is called '${place}'`),
    )
  );
}

/**
 * @param {number} register
 * @param {number} registers how many there are
 */
function isRegister(register, registers) {
  return Number.isInteger(register) && register >= 0 && register < registers;
}

/**
 * @param {Given} given
 * @param {Given[]} before
 */
function givenProblem({ name, low, high }, before) {
  if (before.some((other) => other.name === name)) return `'${name}' is given twice`;
  return low < high ? "" : `the range of '${name}' goes from ${low} to ${high}`;
}
