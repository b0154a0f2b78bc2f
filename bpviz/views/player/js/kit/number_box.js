/** A box that takes exact numbers, and the line under it that says why a text was not taken. */

import { hasFocus, html, ownsKeys, setAttributes } from "./dom.js";
import { fillWords, setData } from "./slots.js";
import { formatNumber } from "./format.js";
import { parseNumber, problemOf } from "./typed_number.js";

const DIGITS_IN_BOX = 7; // a longer number is written smaller
const SMALLEST_TYPED = 0.7; // of the usual size: what is being typed stays readable, and its sign in sight

/**
 * @param {string} label for people who listen
 * @param {import("./dom.js").Attributes} [more] such as the quantity it shows
 */
export function createBox(label, more = {}) {
  const typing = { inputmode: "decimal", autocomplete: "off", spellcheck: "false" };
  const looks = { class: "bpviz-box bpviz-number", "aria-label": label };
  return ownsKeys(html("input", { type: "text", ...typing, ...looks, ...more }));
}

/**
 * While a box has the keyboard it shows the exact number; Enter or leaving it takes what stands there, Escape does not.
 * A text that is not taken stays, to be mended.
 *
 * @param {HTMLInputElement} box
 * @param {() => number | null} current null: the box stands empty
 * @param {(value: number) => boolean | void} accept false: this number is refused
 * @param {(text?: string) => void} refuse called with a text that is no number, and without one when it is mended
 * @param {{again?: boolean}} [more] again: Enter takes also what stood there before
 */
export function connectBox(box, current, accept, refuse, { again = false } = {}) {
  let before = "";
  const showExact = () => {
    before = String(current() ?? "");
    if (!isRefused(box)) box.value = before;
    fitText(box, SMALLEST_TYPED);
  };
  const mend = () => {
    setRefused(box, false);
    refuse();
  };
  const commit = (anyway = false) => {
    if (box.value.trim() === before && !anyway) return isRefused(box) ? mend() : undefined;
    const value = parseNumber(box.value);
    if (value === null) refuse(box.value);
    setRefused(box, value === null || accept(value) === false);
    showExact();
  };
  box.addEventListener("focus", () => {
    showExact();
    box.select();
  });
  box.addEventListener("mousedown", (event) => {
    if (box === box.ownerDocument.activeElement) return;
    event.preventDefault(); // Safari would put the caret where the click was, and nothing would be selected
    box.focus();
  });
  box.addEventListener("blur", () => {
    commit();
    const value = current();
    if (value !== null && !isRefused(box)) showRounded(box, value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit(again);
    if (event.key !== "Escape") return;
    box.value = before;
    commit();
  });
}

/** @param {HTMLInputElement} box */
export const isRefused = (box) => box.getAttribute("aria-invalid") === "true";

/**
 * @param {HTMLInputElement} box
 * @param {boolean} refused whether its text was not taken
 */
export function setRefused(box, refused) {
  setAttributes(box, { "aria-invalid": String(refused) });
}

/**
 * @param {HTMLInputElement} box keeps what is being typed, and what was not taken
 * @param {number} value
 */
export function paintBox(box, value) {
  const [shown, old] = [box.value, Number(box.dataset.value)];
  if (old !== value) setRefused(box, false); // it was about another value
  setData(box, value);
  if (isRefused(box)) return;
  if (!hasFocus(box)) showRounded(box, value);
  else if (shown === String(old)) box.value = String(value); // nobody is typing, the value came from elsewhere
}

/**
 * @param {HTMLInputElement} box
 * @param {number} value written as everywhere, smaller where it is long
 */
function showRounded(box, value) {
  box.value = formatNumber(value);
  fitText(box);
}

/**
 * @param {HTMLInputElement} box
 * @param {number} [least] of the usual size
 */
function fitText(box, least = 0) {
  const shrink = Math.min(1, Math.max(least, DIGITS_IN_BOX / box.value.length));
  box.style.fontSize = shrink < 1 ? `${(100 * shrink).toFixed(0)}%` : "";
}

/**
 * Why a text was not taken; a decimal comma is not guessed at, since 1,500 means two things.
 *
 * @param {Record<string, string>} words
 * @param {string | undefined} text
 * @param {string} name
 * @param {number} value that stays
 */
export function refusal(words, text, name, value) {
  if (text === undefined) return "";
  const { problem, instead } = problemOf(text);
  if (problem === "comma") return fillWords(words.use_a_point, { text: instead });
  const template = problem === "too_large" ? words.too_large : words.not_a_number;
  return fillWords(template, { text, name, value: formatNumber(value) });
}

/**
 * The line under a box, or under several, that says why a text was not taken.
 *
 * @param {HTMLInputElement | null} box
 * @param {(text: string) => void} announce
 */
export function createNote(box, announce) {
  const element = html("p", { class: "bpviz-note", hidden: "" });
  return {
    element,
    say(/** @type {string} */ text) {
      if (text === element.textContent) return;
      element.hidden = !text;
      element.textContent = text;
      if (box) setRefused(box, Boolean(text));
      if (text) announce(text);
    },
  };
}
