/** The bottom row: what training does, the slice through the loss, and whatever else stands there. */

import { html } from "./dom.js";
import { createLossPanel } from "./loss_panel.js";
import { createSlicePanel } from "./slice_panel.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./dom.js").Part} Part */
/** @typedef {ReturnType<typeof import("./state.js").createState>} State */

/**
 * @param {Score} score
 * @param {State} state
 * @param {Part[]} more panels to the right of the first two, each in a section of class bpviz-panel
 * @returns {Part}
 */
export function createPanels(score, state, more) {
  const { loss, feedback } = score.program;
  const trains = loss !== "" && Object.keys(feedback).length > 0;
  const parts = [...(trains ? [createLossPanel(score, state), createSlicePanel(score, state)] : []), ...more];
  return {
    element: html("div", { class: "bpviz-panels" }, ...parts.map((part) => part.element)),
    showBeat(index) {
      for (const part of parts) part.showBeat(index);
    },
    paint(reading) {
      for (const part of parts) part.paint(reading);
    },
  };
}
