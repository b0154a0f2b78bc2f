/** The sliders: one per given, in groups, each with a box that takes exact numbers. */

import { firstTable } from "../engine/tables.js";
import { html } from "../kit/dom.js";
import { sayNumber, sayToken } from "../kit/saying.js";
import { appendRich, fillWords } from "../kit/slots.js";
import { connectBox, createBox, createNote, paintBox, refusal } from "../kit/number_box.js";
import { inColumns } from "./columns.js";
import { createGroup } from "./group.js";
import { createSlider, paintSlider, setRange } from "../kit/slider.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Given} Given */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../state/state.js").State["history"]} History */
/** @typedef {import("./group.js").Row} Row */

const MOST_OPEN = 60; // sliders that are all there at once
const FEW = 4; // a group of so few is never closed
const HEADING = 0.8; // how high a heading is, in rows
const ONE_COLUMN = 14; // so many rows stand under each other in a window that is wide and low

const PAUSE = 700; // milliseconds without a press that end a run of them

/**
 * @param {Score} score
 * @param {History} history what changes the values
 * @param {(text: string) => void} announce says a message aloud
 * @param {{element: Element, paint: () => void} | null} switches stand above the sliders
 * @param {{element: Element, paint: () => void} | null} random stands below them
 * @returns {Part & {reset: () => void, folds: boolean, bring: (name: string) => void}} reset: back to the first values and
 *   ranges; folds: whether groups are closed at first; bring: lead to the slider of a given in a folded group
 */
export function createControls(score, history, announce, switches, random) {
  const givens = new Map(score.givens.map((given) => [given.name, given]));
  const folds = score.givens.length > MOST_OPEN;
  const rowOf = (/** @type {string} */ name) => createRow(score, /** @type {Given} */ (givens.get(name)), history, announce);
  const groups = score.groups.map((group) => createGroup(group, folds && group.givens.length > FEW, rowOf));
  const pieces = [
    ...(switches ? [{ element: switches.element, rows: HEADING + switches.element.children.length - 1 }] : []),
    ...groups.map(({ element, names }) => ({ element, rows: element instanceof HTMLDetailsElement ? 1 : HEADING + names.length })),
    ...(random ? [{ element: random.element, rows: 2 }] : []),
  ];
  const isLow = pieces.reduce((sum, { rows }) => sum + rows, 0) <= ONE_COLUMN;
  return {
    element: html("aside", { class: `bpviz-controls${isLow ? " bpviz-one-column" : ""}`, "aria-label": score.words.sliders },
      html("div", { class: "bpviz-groups" }, ...inColumns(pieces)),
    ),
    folds,
    bring(name) {
      if (folds) groups.find((group) => group.names.includes(name))?.bring(name);
    },
    showBeat() {},
    paint(reading) {
      switches?.paint();
      random?.paint();
      for (const group of groups) group.paint(reading);
    },
    reset() {
      for (const group of groups) group.resetRange();
      history.reset(Object.fromEntries(score.givens.map(({ name, value }) => [name, value])), firstTable(score));
      history.tell(score.words.said_reset);
    },
  };
}

/**
 * @param {HTMLInputElement} slider
 * @param {HTMLInputElement} box
 * @param {number} value
 * @returns {boolean} whether both still show it: a range that came back may have moved the one, a browser may have emptied the other
 */
function isPainted(slider, box, value) {
  return Number(slider.value) === value && box.value !== "" && box.dataset.value === String(value);
}

/**
 * A finger that begins on a slider and then scrolls the page has changed nothing.
 *
 * @param {HTMLInputElement} slider
 * @param {(value: number) => void} accept
 */
function keepWhileScrolling(slider, accept) {
  let before = NaN;
  slider.addEventListener("pointerdown", () => (before = Number(slider.value)), { capture: true });
  slider.addEventListener("pointercancel", () => {
    if (Number(slider.value) !== before) accept(before);
  });
}

/**
 * A drag rests when the thumb is let go, a run of arrow presses after a pause or when the slider is left.
 *
 * @param {HTMLInputElement} slider
 * @param {() => void} rest
 */
function listenToRest(slider, rest) {
  let [held, pause] = [false, 0];
  const finish = () => {
    clearTimeout(pause);
    rest();
  };
  slider.addEventListener("pointerdown", () => {
    finish();
    held = true;
  });
  slider.addEventListener("keydown", () => (held = false));
  slider.addEventListener("blur", finish);
  slider.addEventListener("change", () => {
    if (held) return finish();
    clearTimeout(pause);
    pause = setTimeout(rest, PAUSE);
  });
}

/**
 * @param {Score} score
 * @param {Given} given
 * @param {History} history
 * @param {(text: string) => void} announce
 * @returns {Row}
 */
function createRow({ quantities, words }, given, history, announce) {
  const { label, speak } = quantities[given.name];
  const symbol = html("span", { class: "bpviz-symbol", title: speak });
  appendRich(symbol, label);
  const slider = createSlider(given, speak);
  const box = createBox(fillWords(words.exact_value, { name: speak }), { "data-bp": given.name });
  const note = createNote(box, announce);
  let [value, painted] = [NaN, NaN];
  const accept = (/** @type {number} */ next) => {
    value = next;
    note.say("");
    history.change({ [given.name]: next });
  };
  slider.addEventListener("input", () => accept(Number(slider.value)));
  const rest = () => history.commit() && history.tell(sayValue(words, speak, value));
  listenToRest(slider, rest);
  keepWhileScrolling(slider, accept);
  const acceptWhole = (/** @type {number} */ next) => {
    accept(next);
    rest();
  };
  connectBox(box, () => value, acceptWhole, (text) => note.say(refusal(words, text, speak, value)));
  return {
    element: html("div", { class: "bpviz-row" }, html("label", { class: "bpviz-slider" }, symbol, slider), box, note.element),
    showBeat() {},
    resetRange() {
      setRange(slider, given.low, given.high);
      note.say("");
    },
    paint(reading) {
      const next = reading(given.name) ?? NaN;
      if (next === painted && isPainted(slider, box, next)) return;
      if (next !== value) note.say(""); // it spoke of the value before
      [value, painted] = [next, next];
      paintSlider(slider, given, value);
      paintBox(box, value);
    },
  };
}

/**
 * @param {Record<string, string>} words
 * @param {string} name
 * @param {number} value
 */
function sayValue(words, name, value) {
  return fillWords(words.said_value, { name: sayToken(words, name), value: sayNumber(words, value) });
}
