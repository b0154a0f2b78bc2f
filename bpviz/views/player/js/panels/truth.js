/** Is it true? The number this beat computes, beside every independent witness. */

import { html, setAttributes, setText } from "../kit/dom.js";
import { panelHeading } from "./heading.js";
import { appendRich, createSlot, fillWords, setData } from "../kit/slots.js";
import { formatNumber } from "../kit/format.js";
import { gradientOf } from "../score/subject.js";
import { DECIMALS, WITNESSES } from "./witnesses.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../state/state.js").State} State */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("./witnesses.js").Witness} Witness */
/** @typedef {import("./witnesses.js").Testimony} Testimony */

/** @type {Testimony} what a row shows where the beat computes nothing */
const SILENCE = { text: "", note: "" };

/**
 * @param {Score} score
 * @param {State} state
 * @returns {Part & {element: HTMLElement}}
 */
export function createTruth(score, state) {
  const { words, beats, quantities, program } = score;
  const rows = WITNESSES.map((witness) => witness(score, state))
    .filter((witness) => witness !== null)
    .map((witness) => createWitnessRow(witness, words));
  const [symbol, role] = ["symbol", "role"].map((part) => html("span", { class: `bpviz-truth-${part}` }));
  const heading = panelHeading(words.truth, " ", symbol, " ", role);
  const body = html("tbody", {}, ...rows.flatMap((row) => row.elements));
  const table = html("table", { role: "table", "aria-label": words.truth }, body);
  let name = "";
  return {
    element: html("section", { class: "bpviz-panel bpviz-truth", "aria-label": words.truth, tabindex: 0 }, // keys scroll it
      heading,
      table,
      html("p", { class: "bpviz-words" }, words.rounded),
    ),
    showBeat(index) {
      const { reveals, about } = beats[index]; // the slice follows it too
      const gradient = gradientOf(score, about);
      const checked = reveals.findLast((revealed) => quantities[revealed].check);
      name = reveals.includes(gradient) ? gradient : (checked ?? reveals.at(-1) ?? "");
      role.textContent = name === gradient && reveals.includes(program.feedback[about]) ? words.step_from : "";
      symbol.replaceChildren();
      if (name) appendRich(symbol, quantities[name].label);
      else symbol.textContent = words.nothing_to_check;
      for (const row of rows) row.showQuantity(name);
    },
    paint(reading) {
      const ours = name ? reading(name) : undefined;
      for (const row of rows) row.write(ours === undefined ? SILENCE : row.witness.ask(name, ours, reading));
    },
  };
}

/**
 * A witness in a line of its own, and under it the room for what it may have to explain.
 *
 * @param {Witness} witness
 * @param {Record<string, string>} words
 */
function createWitnessRow(witness, words) {
  const value = html("td", { role: "cell", class: "bpviz-number", "data-witness": witness.id });
  const mark = html("span", { role: "img" });
  const apart = html("span");
  const verdict = html("td", { role: "cell", class: "bpviz-verdict" }, mark, " ", apart);
  const note = createNotes(witness.notes);
  const head = html("th", { role: "rowheader", scope: "row" }, witness.label);
  const line = html("tr", { role: "row" }, head, value, verdict);
  return {
    witness,
    elements: witness.notes.some(Boolean) ? [line, note.element] : [line],
    showQuantity(/** @type {string} */ name) {
      if (witness.id !== "by_hand") return;
      if (name) createSlot(value, name, { decimals: DECIMALS });
      else value.removeAttribute("data-bp");
    },
    write(/** @type {Testimony} */ told) {
      setText(head, told.label ?? witness.label);
      setText(value, told.text);
      setData(value, told.value);
      value.classList.toggle("bpviz-in-words", told.text !== "" && told.value === undefined);
      const difference = told.explained ? ["≠", words.explained] : ["✗", words.differs];
      const verdicts = told.agrees ? ["✓", words.agrees] : difference;
      const [sign, meaning] = told.agrees === undefined ? ["", ""] : verdicts;
      setText(mark, sign);
      setAttributes(mark, { "aria-label": meaning });
      if (mark.hidden === Boolean(sign)) mark.hidden = !sign;
      verdict.classList.toggle("bpviz-differs", told.agrees === false && !told.explained);
      const number = told.difference === undefined ? "" : formatNumber(Math.abs(told.difference));
      setText(apart, number && fillWords(words.apart, { number }));
      note.say(told.note);
    },
  };
}

/**
 * One sentence out of several: all stand in the same place, so the longest keeps the room for the others.
 *
 * @param {string[]} sentences
 */
function createNotes(sentences) {
  const notes = [...new Set(sentences.filter(Boolean))].map((text) => html("p", { class: "bpviz-truth-note" }, text));
  const cell = html("td", { colspan: 3 }, html("div", { class: "bpviz-truth-notes" }, ...notes));
  return {
    element: html("tr", { class: "bpviz-truth-why" }, cell),
    say(/** @type {string} */ text) {
      for (const note of notes) note.classList.toggle("bpviz-said", note.textContent === text);
    },
  };
}
