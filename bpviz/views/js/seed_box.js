/** A box for the seed of something that is left to chance. */

import { fillWords, setData } from "./dom.js";
import { connectBox, createBox } from "./number_box.js";
import { MOST_SEED } from "./seeded.js";

/**
 * @param {Record<string, string>} words
 * @param {string} label for people who listen
 * @param {() => number} current
 * @param {(seed: number) => void} accept
 * @param {(text: string) => void} say shows why a text is no seed, or "" that nothing is wrong
 */
export function createSeedBox(words, label, current, accept, say) {
  const box = createBox(label);
  const refuse = (/** @type {string} */ text) => say(fillWords(words.bad_seed, { text }));
  const take = (/** @type {number} */ seed) => {
    if (!Number.isInteger(seed) || seed < 0 || seed > MOST_SEED) return refuse(String(seed));
    say("");
    accept(seed);
  };
  let known = true;
  const show = () => (box.value = known ? String(current()) : ""); // a whole number, without decimals
  connectBox(box, current, take, refuse);
  box.addEventListener("blur", show);
  return {
    element: box,
    /** @param {boolean} [rolled] whether what one sees comes from this seed; else the box is empty */
    paint(rolled = true) {
      known = rolled;
      setData(box, rolled ? current() : undefined);
      if (box !== box.ownerDocument.activeElement) show();
    },
  };
}
