/** A line through a cloud of points: drag a point, the slope or the intercept, and see the squares of the errors. */

import { html, ownsKeys, setAttributes, setText, svg } from "./kit/dom.js";
import { bringFaces } from "./kit/faces.js";
import { formatNumber } from "./kit/format.js";
import { createHandle } from "./kit/handle.js";
import { createPlot, linearAxis, pathThrough } from "./kit/plot.js";
import { fillWords } from "./kit/slots.js";
import { followTheme } from "./kit/theme.js";

/** @typedef {[number, number]} Point */
/** @typedef {{get: (name: string) => any, set: (name: string, value: any) => void, save_changes: () => void, on: (event: string, callback: () => void) => void, off: (event: string, callback: () => void) => void}} FitModel points, slope, intercept, ends (of both axes, and of the sliders), words */
/** @typedef {import("./kit/handle.js").Ground} Ground */

const STEP = 0.05;
const NUMBERS = ["slope", "intercept"]; // in the model too

/**
 * Show the line and its points in an element, as anywidget asks for it.
 *
 * @param {{model: FitModel, el: HTMLElement}} place
 * @returns {() => void} removes everything again
 */
export function renderFit({ model, el }) {
  const { words, ends } = { words: model.get("words"), ends: model.get("ends") };
  const write = (/** @type {Record<string, any>} */ changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };
  const picture = createPicture(words, ends, model, write, () => draw());
  const sliders = NUMBERS.map((name) => createNumber(words[name], ends[name], (value) => write({ [name]: value })));
  const told = html("p", { class: "bpviz-now-line", "aria-live": "polite" });
  const draw = () => {
    const line = NUMBERS.map((name) => Number(model.get(name)));
    sliders.forEach(({ paint }, k) => paint(line[k]));
    const sum = picture.draw(model.get("points"), line[0], line[1]);
    setText(told, fillWords(words.told, { slope: formatNumber(line[0]), intercept: formatNumber(line[1]), sum: formatNumber(sum) }));
  };
  const rows = sliders.map(({ element }) => element);
  const root = html("section", { class: "bpviz bpviz-fit", "aria-label": words.title }, picture.element, html("div", {}, ...rows, told));
  const stopTheme = followTheme(root);
  el.append(root);
  const stopFaces = bringFaces(root, () => draw());
  const events = ["points", ...NUMBERS].map((name) => `change:${name}`);
  for (const event of events) model.on(event, draw);
  draw();
  return () => {
    for (const event of events) model.off(event, draw);
    stopFaces();
    stopTheme();
    root.remove();
  };
}

/**
 * @param {string} label
 * @param {[number, number]} ends
 * @param {(value: number) => void} accept
 */
function createNumber(label, [min, max], accept) {
  const slider = ownsKeys(html("input", { type: "range", min, max, step: STEP, "aria-label": label }));
  slider.addEventListener("input", () => accept(Number(slider.value)));
  const number = html("output", { class: "bpviz-number" });
  return {
    element: html("label", { class: "bpviz-fit-row" }, html("span", {}, label), slider, number),
    paint(/** @type {number} */ value) {
      slider.value = String(value);
      setAttributes(slider, { "aria-valuetext": formatNumber(value) });
      setText(number, formatNumber(value));
    },
  };
}

/**
 * @param {Record<string, string>} words
 * @param {Record<string, [number, number]>} ends
 * @param {FitModel} model
 * @param {(changes: Record<string, any>) => void} write
 * @param {() => void} redraw
 */
function createPicture(words, ends, model, write, redraw) {
  const plot = createPlot(words.title, redraw);
  const [squares, line] = [svg("path", { class: "bpviz-fit-squares" }), svg("path", { class: "bpviz-fit-line" })];
  const inside = svg("svg", {}, squares, line); // what leaves the picture is cut off
  plot.marks.append(inside);
  const element = html("div", { class: "bpviz-map" }, plot.element);
  const ranges = /** @type {Ground["ranges"]} */ ([ends.x, ends.y].map(([low, high]) => ({ low, high })));
  let box = { left: 0, top: 0, width: 1, height: 1 };
  const handles = model.get("points").map((/** @type {Point} */ _, /** @type {number} */ k) => {
    const ground = () => ({ box, ranges, steps: /** @type {Point} */ ([STEP, STEP]), at: /** @type {Point} */ (model.get("points")[k]) });
    const move = (/** @type {Point} */ to) => write({ points: model.get("points").map((/** @type {Point} */ point, /** @type {number} */ other) => (other === k ? to : point)) });
    const handle = createHandle(fillWords(words.point, { n: k + 1 }), element, ground, move, () => {});
    element.append(handle.element);
    return { ground, ...handle };
  });
  return {
    element,
    /** Draw line, points and squares; the sum of the squares. */
    draw(/** @type {Point[]} */ points, /** @type {number} */ slope, /** @type {number} */ intercept) {
      const [across, up] = ranges;
      const place = plot.draw(linearAxis(across.low, across.high, 5), linearAxis(up.low, up.high, 5));
      const [[left, top], [right, bottom]] = [place(across.low, up.high), place(across.high, up.low)];
      box = { left, top, width: right - left, height: bottom - top };
      setAttributes(inside, { x: left, y: top, width: box.width, height: box.height, viewBox: `${left} ${top} ${box.width} ${box.height}` });
      const at = (/** @type {number} */ x) => intercept + slope * x;
      setAttributes(line, { d: pathThrough([across.low, across.high].map((x) => place(x, at(x)))) });
      setAttributes(squares, { d: points.map(([x, y]) => squareBetween(place(x, y), place(x, at(x)))).join("") });
      points.forEach((point, k) => handles[k].paint(handles[k].ground(), fillWords(words.at, { x: formatNumber(point[0]), y: formatNumber(point[1]), error: formatNumber(point[1] - at(point[0])) })));
      return points.reduce((sum, [x, y]) => sum + (y - at(x)) ** 2, 0);
    },
  };
}

/**
 * A square on the error of a point, towards the middle of the line.
 *
 * @param {Point} point in CSS pixels
 * @param {Point} foot on the line
 */
function squareBetween([x, y], [, foot]) {
  const size = foot - y;
  return `M${x.toFixed(1)} ${y.toFixed(1)}v${size.toFixed(1)}h${Math.abs(size).toFixed(1)}v${(-size).toFixed(1)}Z`;
}
