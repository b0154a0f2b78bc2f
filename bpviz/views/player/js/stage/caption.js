/** The sentence under the formula, and the same sentence for people who listen. */

import { heightsOf, html } from "../kit/dom.js";
import { appendRich, fillSlots, SAMPLE } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {import("../kit/slots.js").Part} Part */

const FINGERS = "(pointer: coarse) and (hover: none)"; // no mouse, and most likely no arrow keys

/**
 * @param {Score} score
 * @returns {Part & {measure: () => number[]}} measure: the height of each beat's caption, in CSS pixels
 */
export function createCaption({ beats, words }) {
  const element = html("p", { class: "bpviz-caption" });
  /** @type {Slot[]} */
  let slots = [];
  return {
    element,
    showBeat(index) {
      element.replaceChildren();
      slots = appendRich(element, beats[index].caption);
      if (index === 0) appendHint(element, words);
    },
    paint(reading) {
      fillSlots(slots, reading);
    },
    measure() {
      const probes = beats.map((beat, index) => {
        const probe = html("p", { class: "bpviz-caption bpviz-probe" });
        fillSlots(appendRich(probe, beat.caption), () => SAMPLE);
        if (index === 0) appendHint(probe, words);
        return probe;
      });
      return heightsOf(element, probes);
    },
  };
}

/**
 * How to take the first step, in words that fit the device.
 *
 * @param {Element} caption
 * @param {Record<string, string>} words
 */
function appendHint(caption, words) {
  caption.append(" ", matchMedia(FINGERS).matches ? words.begin_by_touch : words.begin_by_key);
}
