/** The sliders: one per given, in groups, each with a box that takes exact numbers. */

import { appendRich, fillWords, html, ownsKeys, setData } from "./dom.js";
import { formatNumber } from "./format.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Given} Given */
/** @typedef {import("./dom.js").Part} Part */
/**
 * @typedef {object} Hand
 * @property {(values: Record<string, number>) => void} change called with every new value
 * @property {() => void} commit called when a change is finished, such as at the end of a drag
 * @property {(values: Record<string, number>) => void} reset called with the first values
 */
/** @typedef {Part & {resetRange: () => void}} Row */

const DIGITS_IN_BOX = 7; // a longer number is written smaller

/**
 * @param {Score} score
 * @param {Hand} hand what changes the values
 * @param {(text: string) => void} announce says a message aloud
 * @param {{element: Element, paint: () => void} | null} switches stand above the sliders
 * @returns {Part & {reset: () => void}} reset: back to the first values and ranges
 */
export function createControls(score, hand, announce, switches) {
  const givens = new Map(score.givens.map((given) => [given.name, given]));
  /** @type {Row[]} */
  const rows = [];
  const sections = score.groups.map((group) => {
    const own = group.givens.map((name) => createRow(score, /** @type {Given} */ (givens.get(name)), hand, announce));
    rows.push(...own);
    const heading = html("h3", { class: "bpviz-heading" }, group.label);
    return html(
      "section",
      { class: `bpviz-group bpviz-tone-${group.tone}` },
      heading,
      ...own.map((row) => row.element),
    );
  });
  return {
    element: html("aside", { class: "bpviz-controls", "aria-label": score.words.sliders },
      ...(switches ? [switches.element] : []),
      ...sections,
    ),
    showBeat() {},
    paint(reading) {
      switches?.paint();
      for (const row of rows) row.paint(reading);
    },
    reset() {
      for (const row of rows) row.resetRange();
      hand.reset(Object.fromEntries(score.givens.map(({ name, value }) => [name, value])));
    },
  };
}

/**
 * @param {Score} score
 * @param {Given} given
 * @param {Hand} hand
 * @param {(text: string) => void} announce
 * @returns {Row}
 */
function createRow({ quantities, words }, given, hand, announce) {
  const { label, speak } = quantities[given.name];
  const symbol = html("span", { class: "bpviz-symbol", title: speak });
  appendRich(symbol, label);
  const slider = createSlider(given, speak);
  const box = createBox(given.name, fillWords(words.exact_value, { name: speak }));
  const note = createNote(box, announce);
  let value = NaN;
  const accept = (/** @type {number} */ next) => {
    value = next;
    note.say("");
    hand.change({ [given.name]: next });
  };
  const refuse = (/** @type {string} */ text) =>
    note.say(refusal(words, text, speak, value));
  slider.addEventListener("input", () => accept(Number(slider.value)));
  slider.addEventListener("change", hand.commit);
  const acceptWhole = (/** @type {number} */ next) => {
    accept(next);
    hand.commit();
  };
  connectBox(box, () => value, acceptWhole, refuse);
  const both = html("label", { class: "bpviz-slider" }, symbol, slider);
  return {
    element: html("div", { class: "bpviz-row" }, both, box, note.element),
    showBeat() {},
    resetRange() {
      setRange(slider, given.low, given.high);
      note.say("");
    },
    paint(reading) {
      const next = reading(given.name) ?? NaN;
      if (next !== value) note.say(""); // it spoke of the value before
      value = next;
      paintSlider(slider, value);
      paintBox(box, value);
    },
  };
}

/**
 * Why a text was not taken; a decimal comma is not guessed at, since 1,500 means two things.
 *
 * @param {Record<string, string>} words
 * @param {string} text
 * @param {string} name
 * @param {number} value that stays
 */
export function refusal(words, text, name, value) {
  const point = text.trim().replace(",", ".");
  if (text.includes(",") && parseNumber(point) !== null) return fillWords(words.use_a_point, { text: point });
  return fillWords(words.not_a_number, { text, name, value: formatNumber(value) });
}

/**
 * @param {Given} given
 * @param {string} label for people who listen
 */
function createSlider({ name, low, high, step }, label) {
  return ownsKeys(html("input", { type: "range", name, min: low, max: high, step, "aria-label": label }));
}

/**
 * @param {HTMLInputElement} slider
 * @param {number} value
 */
function paintSlider(slider, value) {
  widenRange(slider, value);
  slider.value = String(value);
  slider.setAttribute("aria-valuetext", formatNumber(value));
}

/**
 * @param {HTMLInputElement} box keeps what is being typed while it has the keyboard
 * @param {number} value
 */
export function paintBox(box, value) {
  setData(box, value);
  if (box === box.ownerDocument.activeElement) return;
  showRounded(box, value);
}

/**
 * @param {HTMLInputElement} box
 * @param {number} value written as everywhere, smaller where it is long
 */
function showRounded(box, value) {
  box.value = formatNumber(value);
  const shrink = Math.min(1, DIGITS_IN_BOX / box.value.length);
  box.style.fontSize = shrink < 1 ? `${(100 * shrink).toFixed(0)}%` : "";
}

/**
 * @param {string} name of the given
 * @param {string} label for people who listen
 */
function createBox(name, label) {
  const typing = { inputmode: "decimal", autocomplete: "off", spellcheck: "false" };
  const looks = { class: "bpviz-box bpviz-number", "data-bp": name, "aria-label": label };
  return ownsKeys(html("input", { type: "text", ...typing, ...looks }));
}

/**
 * The line under a box that says why it did not take a text.
 *
 * @param {HTMLInputElement} box
 * @param {(text: string) => void} announce
 */
function createNote(box, announce) {
  const element = html("p", { class: "bpviz-note", hidden: "" });
  return {
    element,
    say(/** @type {string} */ text) {
      if (text === element.textContent) return;
      element.hidden = !text;
      element.textContent = text;
      box.setAttribute("aria-invalid", String(Boolean(text)));
      if (text) announce(text);
    },
  };
}

/**
 * While a box has the keyboard it shows the exact number; Enter or leaving it takes what stands there, Escape does not.
 *
 * @param {HTMLInputElement} box
 * @param {() => number} current
 * @param {(value: number) => void} accept
 * @param {(text: string) => void} refuse called with a text that is no number
 */
export function connectBox(box, current, accept, refuse) {
  let before = "";
  const commit = () => {
    if (box.value.trim() === before) return;
    const value = parseNumber(box.value);
    if (value === null) refuse(box.value);
    else accept(value);
    before = String(current());
    box.value = before;
  };
  box.addEventListener("focus", () => {
    before = String(current());
    box.value = before;
    box.style.fontSize = "";
    box.select();
  });
  box.addEventListener("blur", () => {
    commit();
    showRounded(box, current());
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") box.value = before;
  });
}

/**
 * @param {string} text
 * @returns {number | null} null when the text is not a finite decimal number
 */
function parseNumber(text) {
  const plain = text.trim().replace("\u2212", "-");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : null;
}

/**
 * Make room for a value outside the slider, in whole steps so that the slider keeps its round stops.
 *
 * @param {HTMLInputElement} slider
 * @param {number} value
 */
function widenRange(slider, value) {
  const [low, high, step] = [slider.min, slider.max, slider.step].map(Number);
  if (value < low) setRange(slider, low - Math.ceil((low - value) / step) * step, high);
  if (value > high) setRange(slider, low, low + Math.ceil((value - low) / step) * step);
}

/**
 * @param {HTMLInputElement} slider
 * @param {number} low
 * @param {number} high
 */
function setRange(slider, low, high) {
  slider.min = String(Number(low.toPrecision(12))); // 12 digits: no dust from adding many steps
  slider.max = String(Number(high.toPrecision(12)));
}
