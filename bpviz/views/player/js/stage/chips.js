/** Chips: small labels in the diagram, made of lines of text and live numbers, as wide as what they say. */

import LOOK from "../../../look.json";
import { setAttributes, svg } from "../kit/dom.js";
import { createSlot, fillSlots } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Chip} Chip */
/** @typedef {import("../score/schema.js").Rich} Rich */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {[number, number]} Room from where to where a chip may reach */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {{element: SVGTextElement, width: number, slot: Slot | null}} Segment a stretch of text, or one number */

/** @typedef {Record<"number" | "line" | "padding" | "margin" | "cell" | "label" | "value" | "beside" | "lean", number>} Sizes see USUAL */

/**
 * Sizes in diagram units. Numbers in chips, their line height, what a chip adds to its lines' height, and to their width
 * on each side; numbers in cells, the baselines of a cell's label and value below the middle of its node, the room left
 * and right of a value together, and how far right of the middle the two cells of a neuron meet: sums have more digits.
 */
export const USUAL = {
  number: LOOK.chip.number,
  line: LOOK.chip.line,
  padding: LOOK.chip.padding,
  margin: LOOK.chip.margin,
  cell: LOOK.cell.number,
  label: LOOK.cell.label,
  value: LOOK.cell.value,
  beside: LOOK.cell.beside,
  lean: 0,
};

const LETTERS_IN_WORD = 24; // a longer one is cut

/**
 * Rich text without numbers, as the content of an SVG text.
 *
 * @param {SVGTextElement} text
 * @param {Rich} rich
 */
export function appendTspans(text, rich) {
  let shift = 0; // SVG moves are relative, so each run undoes the one before
  for (const run of rich) {
    if (!Array.isArray(run)) continue;
    const [style, content] = run;
    const dy = style === "sub" || style === "sup" ? LOOK.text[style] : 0;
    text.append(svg("tspan", { class: `bpviz-run-${style || "plain"}`, dy: dy - shift }, content));
    shift = dy;
  }
}

/**
 * @param {Chip} chip
 * @param {Point} centre
 * @param {Room} room it moves aside, then it gets smaller
 * @param {Sizes} sizes
 * @returns {{element: SVGGElement, slots: Slot[], paint: (reading: Reading, beside?: Box[]) => void, box: () => Box}}
 *   paint: beside what stands already in these boxes
 */
export function createChip(chip, [x, y], room, sizes) {
  const frame = svg("rect", { class: "bpviz-chip-frame" });
  const lines = chip.lines.map(createLine);
  const slots = lines.flat().flatMap(({ slot }) => (slot ? [slot] : []));
  const element = svg(
    "g",
    { class: `bpviz-chip bpviz-tone-${chip.tone}` },
    frame,
    ...lines.flat().map((segment) => segment.element),
  );
  const height = lines.length * sizes.line + sizes.padding;
  /** @type {Box} */
  let box = [[x, y], [x, y]];
  return {
    element,
    slots,
    box: () => box,
    paint(reading, beside = []) {
      fillSlots(slots, reading);
      const [left, right] = roomBeside(room, [x, y], height, beside);
      const rows = lines.map((line, row) => layOut(line, (row - (lines.length - 1) / 2) * sizes.line + LOOK.chip.baseline, sizes.number));
      const width = 2 * (lines.length === 1 ? LOOK.chip.round_margin : sizes.margin) + Math.max(...rows);
      const scale = Math.min(1, (right - left) / width);
      const reach = (scale * width) / 2;
      const inside = Math.min(Math.max(x, left + reach), right - reach);
      setAttributes(element, { transform: `translate(${inside.toFixed(1)} ${y}) scale(${scale.toFixed(3)})` });
      const corner = lines.length === 1 ? height / 2 : LOOK.chip.corner;
      box = [[inside - reach, y - (scale * height) / 2], [inside + reach, y + (scale * height) / 2]];
      const round = { x: -width / 2, y: -height / 2, width, height, rx: corner };
      setAttributes(frame, Object.fromEntries(Object.entries(round).map(([name, value]) => [name, value.toFixed(1)])));
    },
  };
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

/**
 * Numbers stand in texts of their own, so that each can be found, measured and replaced by itself.
 *
 * @param {Rich} rich
 * @returns {Segment[]}
 */
function createLine(rich) {
  /** @type {Segment[]} */
  const segments = [];
  /** @type {Rich} */
  let words = [];
  const endText = () => {
    if (words.length) segments.push(createText(words));
    words = [];
  };
  for (const run of rich) {
    if (Array.isArray(run)) words.push(run);
    else {
      endText();
      const element = svg("text", {
        class: run.style === "b" ? "bpviz-chip-number bpviz-strong" : "bpviz-chip-number",
      });
      segments.push({ element, width: 0, slot: createSlot(element, run.bp) });
    }
  }
  endText();
  return segments;
}

/**
 * @param {Rich} full
 * @returns {Segment}
 */
function createText(full) {
  const rich = full.map((run) => (Array.isArray(run) ? cutRun(run) : run));
  const element = svg("text", { class: "bpviz-chip-text" });
  appendTspans(element, rich);
  const width = rich.reduce(
    (sum, run) => sum + (Array.isArray(run) ? textWidth(run[1]) * (run[0].startsWith("su") ? LOOK.text.index_size : 1) : 0),
    0,
  );
  return { element, width: width * LOOK.text.size, slot: null };
}

/**
 * A word no longer than a chip can hold; the table has the whole of it.
 *
 * @param {[string, string]} run
 * @returns {[string, string]}
 */
function cutRun([style, text]) {
  return [style, text.length > LETTERS_IN_WORD ? `${text.slice(0, LETTERS_IN_WORD - 1)}…` : text];
}

/**
 * How wide a text will be, from its letters alone: good to a few per cent, and the same on every machine.
 *
 * @param {string} text
 * @returns {number} in units of the font size
 */
function textWidth(text) {
  const { narrow_width, wide_width } = LOOK.text;
  return [...text].reduce(
    (sum, letter) =>
      sum + (/[\u2e80-\uffff]/.test(letter) ? 1 : LOOK.narrow_letters.includes(letter) ? narrow_width : wide_width),
    0,
  );
}

/**
 * Put a line's segments side by side around the middle.
 * Texts hug the number beside them, so that a wrong guess of their width only changes the margin.
 *
 * @param {Segment[]} line
 * @param {number} y baseline
 * @param {number} size of the numbers
 * @returns {number} the width of the line
 */
function layOut(line, y, size) {
  const widths = line.map(({ slot, width, element }) => (slot ? shrinkNumber(element, size) : width));
  const total = widths.reduce((sum, width) => sum + width, 0) + LOOK.text.gap_to_number * (line.length - 1);
  let left = -total / 2;
  line.forEach(({ element, slot }, index) => {
    const right = left + widths[index];
    const [anchor, x] =
      slot || line.length === 1
        ? ["middle", (left + right) / 2]
        : index === 0
          ? ["end", right]
          : index === line.length - 1
            ? ["start", left]
            : ["middle", (left + right) / 2];
    setAttributes(element, { "text-anchor": anchor, x: x.toFixed(1), y: y.toFixed(1) });
    left = right + LOOK.text.gap_to_number;
  });
  return total;
}

/**
 * @param {SVGTextElement} element a number
 * @param {number} size of its letters, where they are few
 * @returns {number} its width
 */
function shrinkNumber(element, size) {
  const letters = (element.textContent ?? "").length;
  const { most_letters } = LOOK.chip;
  element.style.fontSize = letters > most_letters ? `${((size * most_letters) / letters).toFixed(2)}px` : "";
  return Math.min(letters, most_letters) * LOOK.text.digit_width * size;
}
