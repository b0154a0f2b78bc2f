/** The sentence under the formula, and the same sentence for people who listen. */

import { heightsOf, html } from "../kit/dom.js";
import { appendRich, fillSlots, SAMPLE } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {import("../kit/slots.js").Part} Part */

/**
 * @param {Score} score
 * @returns {Part & {measure: () => number[]}} measure: the height of each beat's caption, in CSS pixels
 */
export function createCaption({ beats }) {
  const element = html("p", { class: "bpviz-caption" });
  /** @type {Slot[]} */
  let slots = [];
  return {
    element,
    showBeat(index) {
      element.replaceChildren();
      slots = appendRich(element, beats[index].caption);
    },
    paint(reading) {
      fillSlots(slots, reading);
    },
    measure() {
      const probes = beats.map((beat) => {
        const probe = html("p", { class: "bpviz-caption bpviz-probe" });
        fillSlots(appendRich(probe, beat.caption), () => SAMPLE);
        return probe;
      });
      return heightsOf(element, probes);
    },
  };
}
