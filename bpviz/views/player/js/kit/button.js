/** A button that does one thing. */

import { html, ownsKeys } from "./dom.js";

/**
 * @param {string | SVGElement} face
 * @param {string} label
 * @param {() => void} press
 */
export function createButton(face, label, press) {
  const element = ownsKeys(html("button", { type: "button", "aria-label": label, title: label }, face));
  element.addEventListener("click", press);
  return element;
}
