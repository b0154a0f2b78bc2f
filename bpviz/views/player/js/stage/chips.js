/** Chips: small labels in the diagram, made of lines of text and live numbers, as wide as what they say. */

import LOOK from "../../../look.json";
import { setAttributes, svg } from "../kit/dom.js";
import { fillSlots } from "../kit/slots.js";
import { createLine, layOut } from "./lines.js";

/** @typedef {import("../score/schema.js").Chip} Chip */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {[number, number]} Room from where to where a chip may reach */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {Record<"number" | "text" | "line" | "padding" | "single" | "named" | "margin" | "round" | "least" | "cell" | "dot" | "label" | "value" | "beside" | "lean", number>} Sizes see USUAL */

/**
 * Sizes in diagram units. Numbers and texts in chips, their line height, what a chip adds to its lines' height, what to that of a single one,
 * and what more where a name has an index below the line,
 * and to their width on each side, of one line that of its round ends, at least where there is little room; numbers in cells, what stands there before them, the
 * baselines of a cell's label and value below the middle of its node, the room left and right of a value together, and
 * how far right of the middle the two cells of a neuron meet: sums have more digits.
 */
export const USUAL = {
  number: LOOK.chip.number,
  text: LOOK.text.size,
  line: LOOK.chip.line,
  padding: LOOK.chip.padding,
  single: LOOK.chip.padding,
  named: 0,
  margin: LOOK.chip.margin,
  round: LOOK.chip.round_margin,
  least: LOOK.chip.margin,
  cell: LOOK.cell.number,
  dot: LOOK.cell.dot,
  label: LOOK.cell.label,
  value: LOOK.cell.value,
  beside: LOOK.cell.beside,
  lean: 0,
};

const NAME_LETTER = /\p{L}/u;
const SPARE = 2; // diagram units between a chip and what is beside it, where there is room

/** Where labels yield, there is less beside a line. */
export const CLOSE = { round: LOOK.chip.close_margin };

/** Where many stand close together, without frames. */
export const COMPACT = {
  padding: LOOK.compact.padding,
  single: LOOK.compact.padding,
  named: LOOK.compact.named,
  margin: LOOK.compact.margin,
  round: LOOK.compact.margin,
  least: LOOK.compact.margin,
};

/**
 * @param {Chip} chip
 * @param {Point} centre
 * @param {Room} room it moves aside, then it gets smaller
 * @param {Sizes} sizes
 * @returns {{element: SVGGElement, slots: Slot[], isNamed: boolean, paint: (reading: Reading, beside?: Box[]) => void, box: () => Box, move: (way: Point | null) => void}}
 *   paint: beside what stands already in these boxes; box: where it was painted; move: so far from there, null: nowhere
 */
export function createChip(chip, [x, y], room, sizes) {
  const frame = svg("rect", { class: "bpviz-chip-frame" });
  const lines = chip.lines.map((line) => createLine(line, sizes.text));
  const segments = lines.flat();
  const slots = segments.flatMap(({ slot }) => (slot ? [slot] : []));
  const texts = segments.map((segment) => segment.element);
  const element = svg("g", { class: `bpviz-chip bpviz-tone-${chip.tone}` }, frame, ...texts);
  const isNamed = chip.lines.flat().some((run) => Array.isArray(run) && NAME_LETTER.test(run[1]));
  const height = lines.length * sizes.line + (lines.length === 1 ? sizes.single : sizes.padding) + (isNamed ? sizes.named : 0);
  /** @type {Box} */
  let box = [[x, y], [x, y]];
  let [lengths, laidOut] = ["", ""]; // of its numbers, and what it was last laid out for
  let scale = 1;
  standAt(element, box, scale); // the diagram is scrolled there before numbers are known
  return {
    element,
    slots,
    isNamed,
    box: () => box,
    paint(reading, beside = []) {
      const changed = fillSlots(slots, reading);
      const [left, right] = roomBeside(room, [x, y], height, beside);
      if (changed) lengths = slots.map((slot) => slot.element.textContent?.length).join();
      const asked = `${lengths} ${left} ${right}`;
      if (asked === laidOut) return;
      laidOut = asked;
      const width = layOutLines(lines, sizes, right - left);
      scale = Math.min(1, (right - left) / width);
      const reach = (scale * width) / 2;
      const spare = beside.length ? Math.max(0, Math.min(SPARE, (right - left) / 2 - reach)) : 0;
      const inside = Math.min(Math.max(x, left + spare + reach), right - spare - reach);
      box = [[inside - reach, y - (scale * height) / 2], [inside + reach, y + (scale * height) / 2]];
      standAt(element, box, scale);
      drawFrame(frame, width, height, lines.length === 1 ? height / 2 : LOOK.chip.corner);
    },
    move(way) {
      element.style.visibility = way ? "" : "hidden";
      if (way) standAt(element, box, scale, way);
    },
  };
}

/**
 * @param {SVGGElement} element
 * @param {Box} box
 * @param {number} scale
 * @param {Point} [way] so far from the box
 */
function standAt(element, [[left, top], [right, bottom]], scale, [x, y] = [0, 0]) {
  const centre = `${((left + right) / 2 + x).toFixed(1)} ${(top + bottom) / 2 + y}`;
  setAttributes(element, { transform: `translate(${centre}) scale(${scale.toFixed(3)})` });
}

/**
 * @param {import("./lines.js").Segment[][]} lines
 * @param {Sizes} sizes
 * @param {number} room
 * @returns {number} the width of a chip around them; its margins give way before its numbers do
 */
function layOutLines(lines, { line: distance, margin, round, least, number }, room) {
  const baseline = (/** @type {number} */ row) => (row - (lines.length - 1) / 2) * distance + LOOK.chip.baseline;
  const widths = lines.map((line, row) => layOut(line, baseline(row), number));
  const content = Math.max(...widths);
  const usual = lines.length === 1 ? round : margin;
  return content + 2 * Math.max(Math.min(usual, (room - content) / 2), Math.min(usual, least));
}

/**
 * @param {SVGRectElement} frame
 * @param {number} width
 * @param {number} height
 * @param {number} corner its radius
 */
function drawFrame(frame, width, height, corner) {
  const shape = { x: -width / 2, y: -height / 2, width, height, rx: corner };
  setAttributes(frame, Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, value.toFixed(1)])));
}

/**
 * @param {Room} room
 * @param {Point} centre of a chip
 * @param {number} height of it
 * @param {Box[]} boxes what stands there already
 * @returns {Room} what is left of the room between them
 */
function roomBeside([left, right], [x, y], height, boxes) {
  const level = boxes.filter(([low, high]) => low[1] < y + height / 2 && high[1] > y - height / 2);
  const [before, after] = [true, false].map((isLeft) => level.filter(([low, high]) => low[0] + high[0] < 2 * x === isLeft));
  return [Math.max(left, ...before.map(([, high]) => high[0])), Math.min(right, ...after.map(([low]) => low[0]))];
}
