/** The bottom row: what training does, the slice through the loss, the truth panel; those of them that are asked for. */

import { createDataPanel } from "./data_panel.js";
import { html } from "../kit/dom.js";
import { createLossPanel } from "./loss_panel.js";
import { createSchedulesPanel } from "./schedules_panel.js";
import { createSlicePanel } from "./slice_panel.js";
import { createTruth } from "./truth.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../state/state.js").State} State */

/**
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 * @returns {Part}
 */
export function createPanels(score, state, announce) {
  const trains = score.program.loss !== "" && Object.keys(score.program.feedback).length > 0;
  const parts = [
    ...(trains && state.hasPanel("training") ? [createLossPanel(score, state, announce)] : []),
    ...(trains && state.hasPanel("slice") ? [createSlicePanel(score, state)] : []),
    ...(state.hasPanel("truth") ? [createTruth(score)] : []),
    ...(score.data && trains && state.hasPanel("data") ? [createDataPanel(score, state, announce)] : []),
    ...(score.schedules && state.hasPanel("schedules") ? [createSchedulesPanel(score, state, announce)] : []),
  ];
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
