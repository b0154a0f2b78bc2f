/** Copying a text. */

import { html, ownsKeys } from "./dom.js";

/**
 * Copy a text. Where the browser does not allow it, the text stands selected in a box, ready for the copy key.
 *
 * @param {string} text
 * @param {Element} place where the box may stand
 * @param {string} label of the box
 * @returns {Promise<boolean>} whether the text is copied
 */
export function copyText(text, place, label) {
  const copied = (async () => navigator.clipboard.writeText(text))(); // some pages have no clipboard at all
  const select = () => {
    const box = ownsKeys(html("textarea", { class: "bpviz-copy", readonly: "", rows: 1, "aria-label": label }, text));
    box.addEventListener("blur", () => box.remove());
    place.append(box);
    box.select();
    return false;
  };
  return copied.then(() => true, select);
}
