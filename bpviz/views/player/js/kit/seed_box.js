/** A box for the seed of something that is left to chance. */

import { hasFocus } from "./dom.js";
import { fillWords, setData } from "./slots.js";
import { connectBox, createBox, isRefused, setRefused } from "./number_box.js";
import { MOST_SEED } from "../engine/seeded.js";

/**
 * @param {Record<string, string>} words
 * @param {string} label for people who listen
 * @param {() => number | null} current null: what one sees comes from no seed, and the box stands empty
 * @param {(seed: number) => void} accept
 * @param {(text: string) => void} say shows why a text is no seed, or "" that nothing is wrong
 * @param {{again?: boolean}} [more] again: Enter takes also the seed that stood there before
 */
export function createSeedBox(words, label, current, accept, say, more) {
  const box = createBox(label);
  const refuse = (/** @type {string | undefined} */ text) => say(text === undefined ? "" : fillWords(words.bad_seed, { text }));
  const take = (/** @type {number} */ seed) => {
    const isSeed = Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED;
    if (isSeed) {
      say("");
      accept(seed);
    } else refuse(box.value);
    return isSeed;
  };
  const show = (seed = current()) => {
    const text = String(seed ?? ""); // a whole number, without decimals
    if (!isRefused(box) && box.value !== text) box.value = text;
  };
  connectBox(box, current, take, refuse, more);
  box.addEventListener("blur", () => show());
  let painted = current();
  return {
    element: box,
    paint() {
      const seed = current();
      if (painted !== seed) setRefused(box, false); // it is about another seed now
      painted = seed;
      setData(box, seed ?? undefined);
      if (!hasFocus(box)) show(seed);
    },
  };
}
