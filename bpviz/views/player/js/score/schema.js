/** What a score is, and what is wrong with a damaged one. */

import SCORE_SCHEMA from "../../../score/score.schema.json";
import { referenceProblem } from "./references.js";
import { schemaProblem } from "./schema_walk.js";

/** @typedef {"forward" | "loss" | "backward" | "update" | "plain"} Tone */
/** @typedef {{bp: string, style?: "" | "b"}} LiveRun a number that follows the quantity named bp */
/** @typedef {([string, string] | LiveRun)[]} Rich runs of text: [style, text] with style "", i, b, sub, subi (italic) or sup */
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
 * @property {import("../engine/derivatives.js").Check} [check] the derivative this quantity is
 * @property {boolean} [negated] true where it is minus that derivative
 * @property {Published} [published]
 */
/** @typedef {{bp: string, label: Rich}} Cell */
/** @typedef {"circle" | "capsule" | "box"} Shape */
/** @typedef {{id: string, shape: Shape, x: number, y: number, w: number, h: number, cells: Cell[], sign?: string}} SceneNode sign: stands in it, its number elsewhere */
/** @typedef {{id: string, ends: [string, string], start: Point, end: Point, via?: Point[], carries: string}} SceneEdge ends: nodes; via: where it bends; carries: the quantity on it, or "" */
/** @typedef {{anchor: string, tone: Tone, lines: Rich[], stays?: string[]}} Chip stays: in later beats of these phases */
/** @typedef {{left: Tree, right: Tree}} FormulaRow */
/**
 * trained: what learning changes, among what is fed back; gradients: given → the step that the update takes for its
 * gradient; asides: computed, but no part of the story.
 *
 * @typedef {import("../engine/evaluate.js").Program & {trained: string[], gradients: Record<string, string>, asides: string[]}} Program
 */
/**
 * What schedules of the learning rate `of` are compared by: the number of rounds, the part of them in which a growing one
 * grows, and the largest rate at first.
 *
 * @typedef {{of: string, rounds: number, rise: number, largest: number}} Scheduling
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
 * @property {Places} large where the same parts stand while presenting
 * @property {Places} tall where they stand in a tall, narrow place
 * @property {boolean} [labels_yield] whether labels stand nearby or give way where they would meet something
 * @property {boolean} [compact] whether they are small and have no frames
 */
/**
 * @typedef {object} Places
 * @property {number} width
 * @property {number} height
 * @property {Record<string, Point>} anchors
 * @property {Record<string, [number, number, number, number]>} nodes id → x and y of its middle, width and height
 * @property {Record<string, Point[]>} edges id → start, bends and end
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
 * @property {Chip[]} chips those that appear in it; see `chipsIn`
 * @property {string} about the trained given that it is about, or ""
 */
/**
 * What changes where `node` is opened.
 *
 * @typedef {object} Opening
 * @property {string} node
 * @property {[string, string][]} swaps nodes that change places, in the first pair the one opened at first and `node`
 * @property {Record<string, string>} anchors name → the one whose place it takes
 * @property {Chip[]} labels what stands at these anchors
 * @property {[number, Partial<Pick<Beat, "title" | "caption" | "about" | "focus" | "lit" | "forward" | "backward">> & {formula?: number[]}, number[]][]} beats
 *   number of a beat, what is told otherwise, and the places of its chips
 */
/** @typedef {import("../engine/tables.js").Data} Data */
/**
 * @typedef {"training" | "slice" | "surface" | "truth" | "data" | "schedules" | "table" | "switches"} Panel the table has a button in
 *   the header, the switches stand beside the sliders
 */
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
 * @property {Scheduling} [schedules]
 * @property {Opening[]} [openings]
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
 * @property {string[]} everyNote of any variant
 * @property {Data} [data]
 * @property {Scheduling} [schedules]
 */

/** How many rows a table of data has room for. */
export const MOST_DATA_ROWS = SCORE_SCHEMA.$defs.data.properties.rows.maxItems;

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
