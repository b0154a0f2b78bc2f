/** Presenting: the player fills the screen, in large type and without controls, until Escape. */

import { focusBeside, html, ownsKeys } from "../kit/dom.js";

export const OWN_LETTERS = "input[type=text], textarea, select"; // they take the letter p themselves

/**
 * @param {HTMLElement} root what fills the screen
 * @param {Record<string, string>} words
 * @param {(on: boolean) => void} changed called after the looks have changed
 * @returns {HTMLButtonElement} starts and ends it
 */
export function createPresenter(root, words, changed) {
  const button = ownsKeys(html("button", { type: "button", class: "bpviz-button bpviz-present" }, words.present));
  let on = false;
  let leave = () => {};
  const turn = (/** @type {boolean} */ next) => {
    if (next === on) return;
    on = next;
    const before = on ? keepPlace(root) : leave;
    root.classList.toggle("bpviz-presenting", on);
    button.textContent = on ? words.leave : words.present;
    changed(on);
    if (on) {
      leave = before;
      focusStage(root);
      fillScreen(root, () => on);
    } else before();
  };
  button.addEventListener("click", () => turn(!on));
  root.addEventListener("fullscreenchange", () => fillsScreen(root) || turn(false));
  root.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches(OWN_LETTERS);
    if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "p" && !(event.key === "Escape" && on)) return;
    event.preventDefault();
    event.stopPropagation();
    turn(!on);
  });
  root.addEventListener("keydown", (event) => {
    if (on && event.key === "Tab") staysInside(root, event);
  });
  return button;
}

/**
 * Tab goes round: nothing else is visible.
 *
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function staysInside(root, event) {
  /** @type {HTMLElement[]} */
  const all = [...root.querySelectorAll("button, input, [tabindex='0']")].filter((stop) => stop instanceof HTMLElement);
  const stops = all.filter((stop) => stop.getClientRects().length);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}

/** @param {HTMLElement} root also in a shadow tree, where the document names only the tree's host */
const fillsScreen = (root) => root.matches(":fullscreen");

/** @param {HTMLElement} root */
function focusStage(root) {
  const stage = root.querySelector(".bpviz-stage");
  if (stage instanceof HTMLElement) stage.focus();
}

/**
 * The whole screen where the browser allows it; elsewhere the style sheet fills the window.
 *
 * @param {HTMLElement} root
 * @param {() => boolean} wanted whether it still is, once the browser is ready
 */
function fillScreen(root, wanted) {
  if (!document.fullscreenEnabled) return;
  const leaveIfLate = () => (wanted() ? undefined : document.exitFullscreen());
  root.requestFullscreen().then(leaveIfLate, () => {}); // refused: the window is filled already
}

/**
 * @param {Element} element
 * @returns {Element | undefined} what is around it, out of a shadow tree too
 */
function outerOf(element) {
  return element.parentElement ?? /** @type {ShadowRoot} */ (element.getRootNode()).host;
}

/**
 * Hold the place on the page while the player is elsewhere.
 *
 * @param {HTMLElement} root
 * @returns {() => void} back to the layout, the scrolling and the focus as they were
 */
function keepPlace(root) {
  const focused = focusBeside(root);
  const place = /** @type {HTMLElement} */ (root.parentElement);
  /** @type {[Element, number][]} */
  const scrolled = [];
  for (let outer = outerOf(root); outer; outer = outerOf(outer)) scrolled.push([outer, outer.scrollTop]);
  place.style.minHeight = `${root.offsetHeight}px`;
  return async () => {
    if (fillsScreen(root)) await document.exitFullscreen();
    place.style.minHeight = "";
    for (const [outer, top] of scrolled) outer.scrollTop = top;
    if (focused?.isConnected) /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
    else focusStage(root);
  };
}
