/** While presenting: the surface in place of the diagram, with the learning rate under it, and back. */

import { html, ownsKeys } from "../kit/dom.js";
import { OWN_LETTERS } from "./present.js";

/** @typedef {{button: HTMLButtonElement, turn: (on: boolean) => void}} MapPresenter */

/**
 * @param {HTMLElement} root
 * @param {Record<string, string>} words
 * @param {() => void} bring called before the surface is shown: it is to be the panel in front
 * @param {() => void} changed called after the looks have changed
 * @returns {MapPresenter}
 */
export function createMapPresenter(root, words, bring, changed) {
  const button = ownsKeys(html("button", { type: "button", class: "bpviz-button bpviz-present-map" }, words.present_map));
  const isOn = () => root.classList.contains("bpviz-with-map");
  const turn = (/** @type {boolean} */ on) => {
    if (on === isOn() || (on && !root.querySelector(".bpviz-surface"))) return; // not every variant has one
    if (on) bring();
    root.classList.toggle("bpviz-with-map", on);
    button.textContent = on ? words.present_diagram : words.present_map;
    button.focus(); // what had the keyboard may be hidden now
    changed();
  };
  button.addEventListener("click", () => turn(!isOn()));
  root.addEventListener("keydown", (event) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    const typing = target instanceof Element && target.matches(OWN_LETTERS);
    if (key !== "m" || typing || altKey || ctrlKey || metaKey || !root.classList.contains("bpviz-presenting")) return;
    event.preventDefault();
    event.stopPropagation();
    turn(!isOn());
  });
  return { button, turn };
}
