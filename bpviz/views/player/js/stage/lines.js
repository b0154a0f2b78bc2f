/** A line of a chip: stretches of text and live numbers, side by side around the middle. */

import LOOK from "../../../look.json";
import { setAttributes, svg } from "../kit/dom.js";
import { createSlot } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Rich} Rich */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {{element: SVGTextElement, width: number, slot: Slot | null}} Segment a stretch of text, or one number */

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
    const isSub = style.startsWith("sub");
    const dy = isSub ? LOOK.text.sub : style === "sup" ? LOOK.text.sup : 0;
    const names = style === "subi" ? "bpviz-run-sub bpviz-run-i" : `bpviz-run-${style || "plain"}`;
    const dx = content === "′" ? LOOK.text.prime : isSub ? LOOK.text.before_index : 0; // not on the bow of a slanting f or i
    text.append(svg("tspan", { class: names, dx, dy: dy - shift }, content));
    shift = dy;
  }
}

/**
 * Numbers stand in texts of their own, so that each can be found, measured and replaced by itself.
 *
 * @param {Rich} rich
 * @param {number} size of its texts
 * @returns {Segment[]}
 */
export function createLine(rich, size) {
  /** @type {Segment[]} */
  const segments = [];
  /** @type {Rich} */
  let text = [];
  const endText = () => {
    if (text.length) segments.push(createText(text, size));
    text = [];
  };
  for (const run of rich) {
    if (Array.isArray(run)) text.push(run);
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
 * @param {number} size
 * @returns {Segment}
 */
function createText(full, size) {
  const rich = full.map((run) => (Array.isArray(run) ? cutRun(run) : run));
  const element = svg("text", { class: "bpviz-chip-text" });
  appendTspans(element, rich);
  const width = rich.reduce(
    (sum, run) => sum + (Array.isArray(run) ? textWidth(run[1]) * (run[0].startsWith("su") ? LOOK.text.index_size : 1) : 0),
    0,
  );
  return { element, width: width * size, slot: null };
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
export function layOut(line, y, size) {
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
