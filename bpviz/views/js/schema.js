/** What a score is, and what is wrong with a damaged one. */

import SCORE_SCHEMA from "../score.schema.json";
import { instructionProblem } from "./evaluate.js";
import { plainScore } from "./variants.js";

/** @typedef {"forward" | "loss" | "backward" | "update" | "plain"} Tone */
/** @typedef {{bp: string, style?: "" | "b"}} LiveRun a number that follows the quantity named bp */
/** @typedef {([string, string] | LiveRun)[]} Rich runs of text: [style, text] with style "", i, b, sub or sup */
/** @typedef {{bp?: string, ref?: string, wrap?: boolean, bold?: boolean}} Marker */
/** @typedef {any[]} Tree [MathML tag, marker?, ...texts or trees] */
/** @typedef {[number, number]} Point in diagram units */
/** @typedef {{id: string, label: string, tone: Tone}} Phase */
/** @typedef {{label: string, tone: Tone, givens: string[]}} Group */
/** @typedef {{name: string, value: number, low: number, high: number, step: number}} Given */
/** @typedef {{printed: string, source: string}} Published */
/**
 * @typedef {object} Quantity
 * @property {Rich} label
 * @property {Tree} symbol
 * @property {string} speak
 * @property {string} phase
 * @property {[string, string]} [check] [of, by]: the derivative this quantity is
 * @property {boolean} [negated] true where it is minus that derivative
 * @property {Published} [published]
 */
/** @typedef {{bp: string, label: Rich}} Cell */
/** @typedef {"circle" | "capsule" | "box"} Shape */
/** @typedef {{id: string, shape: Shape, x: number, y: number, w: number, h: number, cells: Cell[]}} SceneNode */
/** @typedef {{id: string, start: Point, end: Point, weight: string}} SceneEdge */
/** @typedef {{anchor: string, tone: Tone, lines: Rich[]}} Chip */
/** @typedef {{left: Tree, right: Tree}} FormulaRow */
/**
 * @typedef {object} Program
 * @property {number} registers
 * @property {[number, number][]} constants
 * @property {(string | number)[][]} code
 * @property {Record<string, number>} names
 * @property {Record<string, string>} feedback given → the quantity it becomes after a round
 * @property {string} loss
 */
/**
 * @typedef {object} Scene
 * @property {number} width
 * @property {number} height
 * @property {Record<string, Point>} anchors
 * @property {SceneNode[]} nodes
 * @property {SceneEdge[]} edges
 * @property {Chip[]} labels
 * @property {Chip[]} chips those that beats show
 */
/**
 * @typedef {object} Beat
 * @property {string} id
 * @property {string} phase
 * @property {Rich} title
 * @property {Rich} caption
 * @property {FormulaRow[]} formula
 * @property {string[]} reveals
 * @property {string[]} focus
 * @property {string[]} lit
 * @property {string[]} forward
 * @property {string[]} backward
 * @property {Chip[]} chips
 */
/** @typedef {{columns: string[], outputs: string[], rows: number[][]}} Data a row: what each column, a given, is set to */
/** @typedef {{name: string, label: string, choices: {value: string | boolean, label: string}[]}} Switch */
/**
 * @typedef {object} Variant
 * @property {number[]} choices one per switch
 * @property {Program} program
 * @property {Record<string, Quantity>} quantities those that are not as in the score
 * @property {Record<string, string>} notes why a number differs from the one printed for the same quantity
 * @property {[number, number[]][]} beats places of a beat and of its chips
 */
/** @typedef {Pick<Beat, "id" | "phase" | "title" | "caption"> & {formula?: number[]}} WrittenBeat and where it is lit */
/**
 * A score as it is written: what the variants share, and what each has of its own.
 *
 * @typedef {object} WholeScore
 * @property {string} title
 * @property {string} lang
 * @property {Record<string, string>} words
 * @property {Phase[]} phases
 * @property {Group[]} groups
 * @property {Given[]} givens
 * @property {Record<string, Quantity>} quantities
 * @property {Scene} scene
 * @property {WrittenBeat[]} beats
 * @property {FormulaRow[]} rows
 * @property {Switch[]} switches
 * @property {Variant[]} variants
 * @property {Data} [data]
 */
/**
 * One variant of a score: all that the parts of a player need to know.
 *
 * @typedef {object} Score
 * @property {string} title
 * @property {string} lang
 * @property {Record<string, string>} words
 * @property {Phase[]} phases
 * @property {Group[]} groups
 * @property {Given[]} givens
 * @property {Program} program
 * @property {Record<string, Quantity>} quantities
 * @property {Scene} scene
 * @property {Beat[]} beats
 * @property {Record<string, string>} notes
 * @property {Record<string, Tree>} symbols of every quantity of any variant
 * @property {Beat[]} everyBeat of any variant, without chips: what room must be kept for
 * @property {string[]} everyNote of any variant
 * @property {Data} [data]
 */

/**
 * What is wrong with a score, in a sentence, or "" when it can be played.
 *
 * @param {unknown} data anything that arrived as a score
 */
export function scoreProblem(data) {
  const { format, version } = /** @type {{format?: unknown, version?: unknown}} */ (data ?? {});
  const playable = SCORE_SCHEMA.properties;
  if (format !== playable.format.const) return `it is not a ${playable.format.const}`;
  if (version !== playable.version.const) {
    return `it has version ${version}; this player reads version ${playable.version.const}`;
  }
  return schemaProblem(data, SCORE_SCHEMA, "score") || referenceProblem(/** @type {WholeScore} */ (data));
}

/**
 * What is wrong with a choice of panels, or "".
 *
 * @param {unknown} data
 */
export function panelsProblem(data) {
  return schemaProblem(data, SCORE_SCHEMA.$defs.panels, "panels");
}

/**
 * @typedef {(value: any, schema: any, path: string) => string} Check
 * says what is wrong with a value that stands at path, or ""
 */

/** @type {Record<string, Check>} */
const CHECKS = {
  string: (value, schema, path) =>
    typeof value !== "string" || value.length < (schema.minLength ?? 0) ? `${path} must be a text` : "",
  boolean: (value, _, path) => (typeof value !== "boolean" ? `${path} must be true or false` : ""),
  number: numberProblem,
  integer: numberProblem,
  array: arrayProblem,
  object: objectProblem,
};

/** @type {Check} JSON Schema, as far as score.schema.json uses it */
function schemaProblem(value, schema, path) {
  if (schema.$ref) return schemaProblem(value, definition(schema.$ref), path);
  if (schema.anyOf) {
    const found = schema.anyOf.map((/** @type {any} */ choice) => schemaProblem(value, choice, path));
    return found.includes("") ? "" : found[0];
  }
  if ("const" in schema && value !== schema.const) return `${path} must be ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) return `${path} must be one of ${schema.enum.join(", ")}`;
  return CHECKS[schema.type]?.(value, schema, path) ?? "";
}

/** @param {string} reference such as #/$defs/name */
function definition(reference) {
  return /** @type {Record<string, any>} */ (SCORE_SCHEMA.$defs)[reference.replace("#/$defs/", "")];
}

/** @type {Check} */
function numberProblem(value, schema, path) {
  if (!Number.isFinite(value)) return `${path} must be a number`;
  if (schema.type === "integer" && !Number.isInteger(value)) return `${path} must be a whole number`;
  if (value < (schema.minimum ?? value)) return `${path} must be ${schema.minimum} or more`;
  return value <= (schema.exclusiveMinimum ?? -Infinity) ? `${path} must be more than ${schema.exclusiveMinimum}` : "";
}

/** @type {Check} */
function arrayProblem(value, schema, path) {
  if (!Array.isArray(value)) return `${path} must be a list`;
  if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) {
    return `${path} has the wrong length`;
  }
  if (schema.uniqueItems && new Set(value).size < value.length) return `${path} names something twice`;
  return firstProblem(value, (item, index) =>
    schemaProblem(item, schema.prefixItems?.[index] ?? schema.items ?? {}, `${path}[${index}]`),
  );
}

/** @type {Check} */
function objectProblem(value, schema, path) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${path} must be an object`;
  const missing = (schema.required ?? []).find((/** @type {string} */ key) => !Object.hasOwn(value, key));
  if (missing) return `${path} lacks '${missing}'`;
  return firstProblem(Object.keys(value), (key) => {
    const rule = schema.properties?.[key] ?? schema.additionalProperties ?? {};
    return rule === false
      ? `${path} has the unknown entry '${key}'`
      : schemaProblem(value[key], rule, `${path}.${key}`);
  });
}

/**
 * Names, places and registers a score points at but does not have.
 *
 * @param {WholeScore} score
 */
function referenceProblem(score) {
  const { givens, scene, variants } = score;
  const anchors = [...scene.labels, ...scene.chips].map((chip) => chip.anchor);
  return (
    firstProblem(givens, (given, index) => givenProblem(given, givens.slice(0, index))) ||
    placeProblem(score) ||
    dataProblem(score) ||
    firstProblem(anchors, (anchor) => (Object.hasOwn(scene.anchors, anchor) ? "" : `no anchor '${anchor}'`)) ||
    firstProblem(variants, (_, index) => variantProblem(plainScore(score, index)))
  );
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

/** @param {Score} score */
function variantProblem({ program, givens, quantities, notes, phases, beats, scene, groups }) {
  const registers = program.registers;
  const places = [
    ...scene.nodes.map((node) => node.id),
    ...scene.edges.map((edge) => edge.id),
    ...Object.keys(scene.anchors),
  ];
  const targets = [...program.constants.map(([register]) => register), ...Object.values(program.names)];
  const named = [
    ...Object.entries(program.feedback).flat(),
    ...givens.map((given) => given.name),
    ...groups.flatMap((group) => group.givens),
    program.loss,
    ...Object.keys(notes),
    ...scene.edges.map((edge) => edge.weight).filter((weight) => weight !== ""),
    ...Object.values(quantities).flatMap((quantity) => quantity.check ?? []),
    ...namesShown([scene.nodes, scene.labels, beats]),
  ];
  return (
    firstProblem(program.code, (row) => instructionProblem(row, registers)) ||
    firstProblem(targets, (register) => (isRegister(register, registers) ? "" : `register ${register} does not exist`)) ||
    firstProblem(named, (name) => (Object.hasOwn(program.names, name) ? "" : `no quantity '${name}'`)) ||
    firstProblem(Object.keys(program.names), (name) =>
      Object.hasOwn(quantities, name) ? "" : `'${name}' has no label`,
    ) ||
    firstProblem(beats, (beat) =>
      phases.some((phase) => phase.id === beat.phase) ? "" : `no phase '${beat.phase}'`,
    ) ||
    firstProblem(
      beats.flatMap((beat) => [...beat.focus, ...beat.lit, ...beat.forward, ...beat.backward]),
      (place) => (places.includes(place) ? "" : `nothing in the diagram is called '${place}'`),
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

/**
 * Every quantity that a diagram, chip, caption or formula shows or means, wherever it stands.
 *
 * @param {unknown} part
 * @returns {string[]}
 */
function namesShown(part) {
  if (typeof part !== "object" || part === null) return [];
  const { bp, ref, reveals = [] } = /** @type {{bp?: string, ref?: string, reveals?: string[]}} */ (part);
  const own = [bp, ref, ...reveals].filter((name) => name !== undefined);
  return [...own, ...Object.values(part).flatMap(namesShown)];
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T, index: number) => string} check
 */
function firstProblem(items, check) {
  for (let index = 0; index < items.length; index += 1) {
    const problem = check(items[index], index);
    if (problem) return problem;
  }
  return "";
}
