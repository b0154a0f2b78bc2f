/** What stands beside the story: training, the slice, the surface, the truth panel, data, schedules, the table; those asked for. */

import { createDataPanel } from "./data_panel.js";
import { html } from "../kit/dom.js";
import { createLossPanel } from "./loss_panel.js";
import { createSchedulesPanel } from "./schedules_panel.js";
import { createSlicePanel } from "./slice_panel.js";
import { createSurfacePanel } from "./surface_panel.js";
import { createTable } from "./table.js";
import { createTabs } from "./tabs.js";
import { createTruth } from "./truth.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../state/state.js").State} State */
/** @typedef {{name: import("../score/schema.js").Panel, label: string, wide: boolean, part: PanelPart}} Panel */
/** @typedef {Part & {element: HTMLElement, verdict?: () => string}} PanelPart */

/**
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 * @returns {Part & {element: HTMLElement, isEmpty: boolean, putBeside: (count: number) => void, putOnPaper: (on: boolean) => void, verdict: () => string}}
 *   putBeside: so many stand side by side; putOnPaper: all of them do, or as before; verdict: what those that are seen have to say beside their numbers
 */
export function createPanels(score, state, announce) {
  const panels = panelsOf(score, state, announce);
  const sheets = panels.map(({ part, ...panel }) => ({ ...panel, element: part.element }));
  for (const { name, element } of sheets) element.dataset.panel = name;
  const front = () => String(state.model.get("front") ?? "");
  const tabs = sheets.length > 1 ? createTabs(sheets, score.words.panels, front, (name) => state.write({ front: name })) : null;
  const room = html("div", { class: "bpviz-panel-room" }, ...sheets.map(({ element }) => element));
  let [beside, onPaper] = [1, false];
  tabs?.paint(beside); // so that what is hidden is never laid out
  /** @type {Set<HTMLElement>} */
  const painted = new Set(); // those that carry values
  return {
    element: html("div", { class: "bpviz-panels", ...(sheets.length ? {} : { hidden: "" }) }, ...(tabs ? [tabs.element] : []), room),
    isEmpty: !sheets.length,
    verdict: () => panels.map(({ part }) => (part.element.hidden ? "" : (part.verdict?.() ?? ""))).filter(Boolean).join(" "),
    putBeside(count) {
      beside = count;
    },
    putOnPaper(on) {
      onPaper = on;
    },
    showBeat(index) {
      for (const { part } of panels) part.showBeat(index);
    },
    paint(reading) {
      tabs?.paint(onPaper ? Infinity : beside);
      for (const { part } of panels) {
        if (!part.element.hidden) {
          part.paint(reading);
          painted.add(part.element);
        } else if (painted.delete(part.element)) forgetValues(part.element);
      }
    },
  };
}

/**
 * What is hidden does not follow the sliders, so it is the value of nothing.
 *
 * @param {HTMLElement} panel
 */
function forgetValues(panel) {
  for (const element of panel.querySelectorAll("[data-value]")) element.removeAttribute("data-value");
}

/**
 * @param {Score} score
 * @param {State} state
 * @param {(text: string) => void} announce
 * @returns {Panel[]} those that are asked for and have something to say, in the order of their tabs
 */
function panelsOf(score, state, announce) {
  const { words, program, data, schedules } = score;
  const trains = program.trained.length > 0;
  /** @type {[import("../score/schema.js").Panel, string, boolean, () => PanelPart][]} */
  const all = [
    ["training", words.loss, trains, () => createLossPanel(score, state)],
    ["slice", words.slice, trains, () => createSlicePanel(score, state)],
    ["surface", words.surface, program.trained.length > 1, () => createSurfacePanel(score, state)],
    ["truth", words.truth, true, () => createTruth(score, state)],
    ["data", words.data, trains && data !== undefined, () => createDataPanel(score, state, announce)],
    ["schedules", words.schedules_tab, schedules !== undefined, () => createSchedulesPanel(score, state, announce)],
    ["table", words.table, true, () => createTable(score, announce)],
  ];
  const asked = all.filter(([name, , speaks]) => speaks && state.hasPanel(name));
  return asked.map(([name, label, , create]) => {
    const part = create();
    return { name, label, wide: part.element.classList.contains("bpviz-wide"), part };
  });
}
