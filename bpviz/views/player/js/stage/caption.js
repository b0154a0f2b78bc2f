/** The sentence under the formula, and the same sentence for people who listen. */

import { heightsOf, html, setText } from "../kit/dom.js";
import { appendRich, fillSlots, fillWords, SAMPLE } from "../kit/slots.js";
import { createFaults } from "./faults.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {import("../kit/slots.js").Part} Part */

const FINGERS = "(pointer: coarse) and (hover: none)"; // no mouse, and most likely no arrow keys

/**
 * @param {Score} score
 * @returns {Part & {measure: () => number[], fault: () => string}} measure: the height of each beat's caption, in CSS pixels;
 *   fault: what is wrong in this beat, or ""
 */
export function createCaption(score) {
  const { beats, words } = score;
  const element = html("p", { class: "bpviz-caption" });
  const [faults, fault] = [createFaults(score), html("strong", { class: "bpviz-fault-words" })];
  let shown = 0;
  /** @type {Slot[]} */
  let slots = [];
  return {
    element,
    showBeat(index) {
      shown = index;
      element.replaceChildren();
      slots = appendRich(element, beats[index].caption);
      if (index === 0) appendHint(element, words);
      element.append(fault);
    },
    paint(reading) {
      fillSlots(slots, reading);
      const found = faults(reading);
      const why = beats[shown].reveals.map((step) => found.get(step)).find(Boolean);
      setText(fault, why ? ` ${fillWords(words.no_number, { why })}` : "");
    },
    fault: () => fault.textContent,
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
