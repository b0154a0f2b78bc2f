/** Schedules: learning rates that change from round to round, and the loss that each of them leaves. */

import { html, setAttributes, setText, svg } from "../kit/dom.js";
import { appendRich, fillWords, setData } from "../kit/slots.js";
import { formatCount, formatNumber } from "../kit/format.js";
import { createLargestRate } from "./largest_rate.js";
import { lossAxis } from "./loss_curve.js";
import { createPlot, linearAxis, pathThrough } from "../kit/plot.js";
import { ratesOf, SCHEDULES } from "../engine/schedules.js";
import { panelHeading } from "./heading.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("../engine/schedules.js").Schedule} Schedule */
/** @typedef {{kind: Schedule, rates: Float64Array, losses: Float64Array, divergedAt: number | null}} Run */

const SAMPLE_EVERY = 4; // rounds

/**
 * @param {Score} score one that has schedules
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 * @returns {import("./panels.js").PanelPart}
 */
export function createSchedulesPanel(score, state, announce) {
  const { words, lang } = score;
  const { rounds } = /** @type {import("../score/schema.js").Scheduling} */ (score.schedules);
  const [rates, losses] = [words.schedules_rate_plot, words.schedules_loss_plot].map((label) =>
    createCurves(label, rounds, () => drawn && draw()),
  );
  const largest = createLargestRate(words, state, announce);
  const legend = createLegend(score);
  const note = html("p", { class: "bpviz-words" });
  let drawn = false;
  const draw = () => {
    drawn = true;
    largest.paint();
    const { runs, problem } = runsOf(score, state);
    rates.draw(runs.map(({ kind, rates: values }) => ({ kind, values, end: values.length })));
    losses.draw(runs.map(({ kind, losses: values, divergedAt }) => ({ kind, values, end: divergedAt ?? values.length })));
    legend.paint(runs);
    setText(note, problem);
  };
  const about = fillWords(words.schedules_about, { n: formatCount(rounds, lang) });
  return {
    element: html("section", { class: "bpviz-panel bpviz-wide bpviz-schedules", "aria-label": words.schedules },
      html("div", { class: "bpviz-panel-head" }, panelHeading(words.schedules), html("p", {}, about)),
      html("div", { class: "bpviz-schedules-parts" },
        html("div", {}, html("p", {}, words.schedules_rate), rates.element, largest.element, note),
        html("div", {}, html("p", {}, words.loss), losses.element, legend.element),
      ),
    ),
    verdict: () => note.textContent ?? "",
    showBeat() {},
    paint: draw,
  };
}

/**
 * What training by each schedule does, from where the training began; and why some of them cannot be.
 *
 * @param {Score} score
 * @param {State} state
 * @returns {{runs: Run[], problem: string}}
 */
function runsOf({ schedules, givens, words }, { history, model }) {
  const { of, rounds, rise } = /** @type {import("../score/schema.js").Scheduling} */ (schedules);
  const start = history.start();
  const [small, large] = [start[givens.findIndex(({ name }) => name === of)], Number(model.get("largest_rate"))];
  const possible = SCHEDULES.filter((kind) => kind === "large" || (small > 0 && (kind === "small" || small <= large)));
  const runs = possible.map((kind) => {
    const rates = ratesOf(kind, rounds, small, large, rise);
    const { losses, divergedAt } = history.ahead(rounds, { of, rates });
    return { kind, rates, losses, divergedAt };
  });
  const numbers = { small: formatNumber(small), large: formatNumber(large) };
  const problem = small <= 0 ? words.schedules_not_above_zero : small > large ? words.schedules_largest_is_smaller : "";
  return { runs, problem: fillWords(problem, numbers) };
}

/**
 * A plot with a curve for every schedule.
 *
 * @param {string} label for people who listen
 * @param {number} rounds
 * @param {() => void} redraw
 */
function createCurves(label, rounds, redraw) {
  const plot = createPlot(label, redraw);
  const lines = new Map(SCHEDULES.map((kind) => [kind, svg("path", { class: `bpviz-schedule bpviz-schedule-${kind}` })]));
  plot.marks.append(...lines.values());
  const sampled = Array.from({ length: Math.ceil(rounds / SAMPLE_EVERY) + 1 }, (_, k) => k * SAMPLE_EVERY);
  return {
    element: plot.element,
    /** Draw what stands before the end of each curve: where it diverges, no line may go on as if it were 0. */
    draw(/** @type {{kind: Schedule, values: Float64Array, end: number}[]} */ curves) {
      const points = curves.map(({ kind, values, end }) => ({
        kind,
        samples: [...new Set(sampled.map((k) => Math.min(k, end - 1)))]
          .filter((k) => k >= 0)
          .map((k) => /** @type {const} */ ([k, values[k]])),
      }));
      const all = points.flatMap(({ samples }) => samples.map(([, value]) => value));
      const place = plot.draw(linearAxis(0, rounds, 5), lossAxis(all));
      for (const [kind, line] of lines) {
        const samples = points.find((curve) => curve.kind === kind)?.samples ?? [];
        setAttributes(line, { d: pathThrough(samples.map(([k, value]) => place(k, value))) });
      }
    },
  };
}

/**
 * What each line is, and the loss that it ends with.
 *
 * @param {Score} score
 */
function createLegend({ words, program, quantities, schedules, lang }) {
  const items = new Map(SCHEDULES.map((kind) => [kind, createItem(kind, words[`schedules_${kind}`])]));
  const symbol = html("span");
  appendRich(symbol, quantities[program.loss].label);
  const [before, after] = words.schedules_after.split("{loss}");
  const n = formatCount(schedules?.rounds ?? 0, lang);
  const heading = html("caption", {}, fillWords(before, { n }), symbol, fillWords(after, { n }));
  const rows = [...items.values()].map(({ row }) => row);
  return {
    element: html("table", { class: "bpviz-schedules-legend" }, heading, html("tbody", {}, ...rows)),
    paint(/** @type {Run[]} */ runs) {
      for (const [kind, { number }] of items) {
        const run = runs.find((other) => other.kind === kind);
        const text = run ? ending(words, run) : "";
        setText(number, text);
        setData(number, run?.divergedAt === null ? run.losses.at(-1) : undefined);
      }
    },
  };
}

/**
 * @param {Schedule} kind
 * @param {string} name
 */
function createItem(kind, name) {
  const line = svg("line", { class: `bpviz-schedule bpviz-schedule-${kind}`, x1: 0, x2: 34, y1: 5, y2: 5 });
  const sample = svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, line);
  const number = html("td", { class: "bpviz-number", "data-of": kind });
  return { number, row: html("tr", {}, html("td", {}, sample), html("th", { scope: "row" }, name), number) };
}

/**
 * @param {Record<string, string>} words
 * @param {Run} run
 */
function ending(words, { losses, divergedAt }) {
  if (divergedAt !== null) return fillWords(words.schedules_diverges, { round: divergedAt });
  const loss = losses[losses.length - 1];
  return loss === 0 ? words.schedules_zero : formatNumber(loss);
}
