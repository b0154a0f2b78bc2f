/** The formula under the diagram: native MathML, an aligned equation whose numbers are live. */

import { fitWidth, fold } from "../kit/formula_fit.js";
import { heightsOf, html, mathml, ownsKeys } from "../kit/dom.js";
import { createSlot, fillSlots, SAMPLE } from "../kit/slots.js";
import { unfoldSums } from "./unfold.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Beat} Beat */
/** @typedef {import("../score/schema.js").Tree} Tree */
/** @typedef {import("../score/schema.js").Marker} Marker */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {import("../kit/slots.js").Part} Part */

const TIGHT = { lspace: "0em", rspace: "0em" }; // the cells' padding is room enough; engines differ in what they add
const STRUT = { height: "0.7em", depth: "0.25em" }; // or a row of digits alone would touch the next one

/**
 * @param {Score} score
 * @returns {Part & {measure: () => number[], fit: () => void}}
 *   measure: the height of each beat's formula, in CSS pixels; fit: make this one no wider than its room
 */
export function createFormula(score) {
  const element = ownsKeys(html("div", { class: "bpviz-formula", role: "group", "aria-label": score.words.formula, title: score.words.rounded }));
  /** @type {Slot[]} */
  let slots = [];
  let fitted = "never"; // what the size was last fitted to
  const fit = () => fitWidth(element);
  return {
    element,
    fit,
    showBeat(index) {
      slots = [];
      fitted = "never";
      element.replaceChildren(buildFormula(score, score.beats[index], slots));
    },
    paint(reading) {
      if (!fillSlots(slots, reading) && fitted !== "never") return;
      // the width is not asked for here: that would lay out the page in the middle of every frame
      const lengths = slots.map((slot) => slot.element.textContent?.length).join();
      if (lengths !== fitted) fitWidth(element);
      if (fitted === "never") unfoldSums(element);
      fitted = lengths;
    },
    measure() {
      const probes = score.beats.map((beat) => {
        /** @type {Slot[]} */
        const numbers = [];
        const probe = html("div", { class: "bpviz-formula bpviz-probe" }, buildFormula(score, beat, numbers));
        fillSlots(numbers, () => SAMPLE);
        return probe;
      });
      return heightsOf(element, probes, fold);
    },
  };
}

/**
 * @param {Score} score
 * @param {Beat} beat
 * @param {Slot[]} slots receives the formula's live numbers
 */
function buildFormula(score, beat, slots) {
  const rows = beat.formula.map(({ left, right }) =>
    mathml(
      "mtr",
      {},
      mathml("mtd", { class: "bpviz-left" }, buildTree(score, left, slots)),
      mathml("mtd", {}, mathml("mo", TIGHT, "="), mathml("mspace", STRUT)),
      mathml("mtd", { class: "bpviz-right" }, buildTree(score, right, slots)),
    ),
  );
  const table = mathml("mtable", { displaystyle: "true", columnalign: "right center left" }, ...rows);
  for (const sign of table.querySelectorAll("mo")) settleBracket(sign);
  return mathml("math", { display: "block" }, table);
}

/**
 * A bracket that may grow is given the room of its tallest form, so one that need not does not.
 *
 * @param {Element} sign
 */
function settleBracket(sign) {
  const grows = sign.parentElement?.querySelector("mfrac, munderover");
  if (!grows && /^[()]$/.test(sign.textContent ?? "")) sign.setAttribute("stretchy", "false");
}

/**
 * @param {Score} score
 * @param {Tree} tree
 * @param {Slot[]} slots
 * @returns {Element}
 */
function buildTree(score, tree, slots) {
  const [tag, ...rest] = tree;
  const element = mathml(tag);
  for (const child of rest) {
    if (typeof child === "string") element.append(child);
    else if (Array.isArray(child)) element.append(buildTree(score, child, slots));
    else mark(score, element, child, slots);
  }
  return element;
}

/**
 * @param {Score} score
 * @param {Element} element
 * @param {Marker} marker
 * @param {Slot[]} slots
 */
function mark(score, element, { bp, ref, wrap = false, bold = false }, slots) {
  if (bold) element.classList.add("bpviz-strong");
  if (bp) {
    const slot = createSlot(element, bp, { wrap });
    slots.push(slot);
    fillSlots([slot], () => undefined);
  }
  if (!ref) return;
  element.setAttribute("data-ref", ref);
  element.append(buildTree(score, score.symbols[ref], slots));
  const phase = score.phases.find(({ id }) => id === score.quantities[ref]?.phase);
  if (phase?.tone === "backward" || phase?.tone === "update") {
    element.classList.add(`bpviz-tone-${phase.tone}`, "bpviz-toned");
  }
}
