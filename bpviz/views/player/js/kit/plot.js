/** A small plot: axes with ticks, drawn in CSS pixels so that its type keeps its size in every room; larger where the style sheet says so. */

import { setAttributes, svg, watchSize } from "./dom.js";
import { formatNumber } from "./format.js";

/** @typedef {{value: number, text: string}} Tick */
/** @typedef {Tick & {at: number}} PlacedTick at: where on the page, in CSS pixels */
/** @typedef {{ticks: Tick[], place: (value: number) => number}} Axis place: 0 (low end) to 1 (high end) */
/** @typedef {(x: number, y: number) => [number, number]} Place of a point, in CSS pixels */

export const LARGEST_DRAWN = 1e300; // larger numbers are left out: no axis could hold them
const PLOT_SIZE = [320, 168]; // width and height, until it stands on the page
const LOWEST_ROW = 22; // CSS pixels between two ticks of the upright axis: closer ones are left out
const PLOT_MARGINS = { top: 10, right: 14, bottom: 22 };
const TICK_GAP = 9; // CSS pixels from a tick's text to the plot, where a mark may stand
const LETTER = 6.7; // width of a figure in a tick's text
const [POWER, NARROWER] = [1.3, 0.13]; // how much larger its exponent is written, whose figures are small and wide apart; in em, by how much closer

/**
 * @param {string} label for people who listen
 * @param {() => void} redraw called when the plot has a new width
 * @returns {{element: SVGSVGElement, marks: SVGGElement, size: () => number[], scale: () => number, draw: (x: Axis, y: Axis) => Place}}
 *   size: width and height; scale: how many CSS pixels one of them is
 */
export function createPlot(label, redraw) {
  const [axes, marks] = [svg("g", { class: "bpviz-axes" }), svg("g")];
  const shape = { class: "bpviz-plot", role: "img", "aria-label": label };
  const element = svg("svg", shape, axes, marks);
  let [[width, height], scale, drawn] = [PLOT_SIZE, 1, ""];
  watchSize(element, (...size) => {
    scale = Number(getComputedStyle(element).getPropertyValue("--bp-plot-scale")) || 1;
    [width, height] = size.map((pixels) => pixels / scale);
    redraw();
  });
  return {
    element,
    marks,
    size: () => [width, height],
    scale: () => scale,
    draw(x, y) {
      const left = TICK_GAP + 4 + LETTER * Math.max(...y.ticks.map(({ text }) => lengthOf(text)));
      const across = (/** @type {number} */ value) => left + x.place(value) * (width - left - PLOT_MARGINS.right);
      const up = (/** @type {number} */ value) =>
        height - PLOT_MARGINS.bottom - y.place(value) * (height - PLOT_MARGINS.top - PLOT_MARGINS.bottom);
      const rows = apart(y.ticks.map((tick) => ({ ...tick, at: up(tick.value) })));
      const columns = x.ticks.map((tick) => ({ ...tick, at: across(tick.value) }));
      const news = JSON.stringify([width, height, columns, rows]);
      if (news !== drawn) {
        const horizontal = rows.flatMap((tick) => yTick(tick, left, width));
        axes.replaceChildren(...horizontal, ...columns.map((tick) => xTick(tick, height)));
        setAttributes(element, { viewBox: `0 0 ${width} ${height}` }); // paper is narrower, and asks for no redrawing
      }
      drawn = news;
      return (a, b) => [across(a), up(b)];
    },
  };
}

/**
 * @param {PlacedTick[]} ticks
 * @returns {PlacedTick[]} every one, or fewer at even distances, the first and the last among them, so that their texts do not touch
 */
function apart(ticks) {
  const distance = ticks.length > 1 ? Math.abs(ticks[1].at - ticks[0].at) : LOWEST_ROW;
  const last = Math.max(ticks.length - 1, 1);
  let every = Math.ceil(LOWEST_ROW / Math.max(distance, 1));
  while (every < last && last % every) every += 1;
  return ticks.filter((_, index) => index % Math.min(every, last) === 0);
}

/**
 * @param {PlacedTick} tick
 * @param {number} left
 * @param {number} width
 */
function yTick({ text, at: y }, left, width) {
  return [
    svg("line", { class: "bpviz-grid", x1: left, x2: width - PLOT_MARGINS.right, y1: y, y2: y }),
    svg("text", { class: "bpviz-tick", x: left - TICK_GAP, y: y + 4, "text-anchor": "end" }, ...powerApart(text)),
  ];
}

/**
 * @param {string} text of a tick
 * @returns {(string | SVGElement)[]} its exponent as large as can be read
 */
function powerApart(text) {
  const [body, power] = partsOf(text);
  const look = { "font-size": `${POWER}em`, "letter-spacing": `${-NARROWER}em` };
  return power ? [body, svg("tspan", look, power)] : [body];
}

/** @param {string} text @returns {number} how many figures wide it is */
function lengthOf(text) {
  const [body, power] = partsOf(text);
  return body.length + POWER * power.length;
}

/** @param {string} text @returns {string[]} what stands before its exponent, and the exponent, in superscript */
function partsOf(text) {
  const start = text.search(/[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$/);
  return start < 0 ? [text, ""] : [text.slice(0, start), text.slice(start)];
}

/**
 * @param {PlacedTick} tick
 * @param {number} height
 */
function xTick({ text, at: x }, height) {
  return svg("text", { class: "bpviz-tick", x, y: height - 5, "text-anchor": "middle" }, text);
}

/**
 * @param {SVGCircleElement} circle
 * @param {[number, number]} point
 */
export function setPoint(circle, [x, y]) {
  setAttributes(circle, { cx: x.toFixed(2), cy: y.toFixed(2) });
}

/**
 * A place in CSS pixels as a path has it, to a tenth; whole numbers become text far faster than others.
 *
 * @param {number} at
 */
export function inTenths(at) {
  const tenths = Math.round(Math.abs(at) * 10);
  return `${at < 0 ? "-" : ""}${Math.floor(tenths / 10)}.${tenths % 10}`;
}

/**
 * A line through points, with a gap where one of them is no number.
 *
 * @param {[number, number][]} points in CSS pixels
 */
export function pathThrough(points) {
  let pen = "M";
  return points.map(([x, y]) => {
    const stroke = Number.isFinite(x) && Number.isFinite(y) ? `${pen}${x.toFixed(2)} ${y.toFixed(2)}` : "";
    pen = stroke ? "L" : "M";
    return stroke;
  }).join("");
}

/**
 * An axis of equal steps.
 *
 * @param {number} low
 * @param {number} high more than low
 * @param {number} most how many ticks at most, about
 * @returns {Axis}
 */
export function linearAxis(low, high, most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  const ticks = Array.from({ length: count }, (_, index) => (first + index) * step);
  return {
    ticks: ticks.map((value) => ({ value, text: tickText(value, step) })),
    place: (value) => (value - low) / (high - low),
  };
}

/**
 * @param {number} value
 * @param {number} step between ticks: says how many digits tell them apart
 */
function tickText(value, step) {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const plain = digits <= 6 && Math.abs(value) < 1e6;
  return plain ? value.toFixed(digits).replace(/^-/, "\u2212") : formatNumber(value);
}
