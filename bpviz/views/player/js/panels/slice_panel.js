/** The slice: the loss as one weight alone changes, with its slope here, and the step that the program takes. */

import { createChooser } from "./choose_weight.js";
import { createFlatReason } from "./flat.js";
import { html, setAttributes, setText, svg } from "../kit/dom.js";
import { appendRich } from "../kit/slots.js";
import { createPlot, LARGEST_DRAWN, linearAxis, pathThrough, setPoint } from "../kit/plot.js";
import { createSlopeAt, createSlopeLine, slopeLegend } from "./slope.js";
import { panelHeading } from "./heading.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("../kit/plot.js").Place} Place */
/** @typedef {import("./panels.js").State} State */
/** @typedef {[number, number]} Point a weight and the loss there */
/** @typedef {{points: Point[], here: Point, next: number}} Slice */
/** @typedef {ReturnType<typeof frameOf>} Frame */

const POINTS = 81;
const FLAT = 0.02; // of the loss: what changes less looks flat, as it is
const TANGENT = 0.3; // of the width of the plot, to each side
const SMALLEST_ARROW = 3; // CSS pixels: a shorter step has no room for a head

/**
 * @param {Score} score
 * @param {State} state
 * @returns {Part & {element: HTMLElement}}
 */
export function createSlicePanel(score, state) {
  const { words } = score;
  const sampler = createSampler(score, state);
  const slopeAt = createSlopeAt(score);
  const flatReason = createFlatReason(score, state);
  const chooser = createChooser(score, state);
  const plot = createPlot(words.slice_plot, () => draw());
  const marks = createMarks();
  plot.marks.append(...Object.values(marks));
  const numbers = createSlopeLine(score);
  const legend = html("p", { class: "bpviz-words" });
  /** @type {Reading} */
  let known = () => undefined;
  const draw = () => {
    const weight = chooser.weight();
    chooser.paint(weight);
    const slope = slopeAt(weight, known);
    numbers.paint(weight, slope, known);
    setText(legend, flatReason(weight) || slopeLegend(words, slope));
    const slice = sampler(weight);
    const frame = frameOf(slice.points);
    const place = plot.draw(linearAxis(frame.left, frame.right, 4), linearAxis(frame.low, frame.high, 4));
    marks.curve.setAttribute("d", pathThrough(slice.points.map(([x, loss]) => place(x, loss))));
    paintMarks(marks, slice, place, frame, slope.slope);
  };
  return {
    element: html("section", { class: "bpviz-panel bpviz-slice", "aria-label": words.slice },
      createSliceHead(score, chooser.element),
      plot.element,
      numbers.element,
      legend,
    ),
    showBeat() {},
    paint(reading) {
      known = state.history.rounds() > 0 ? state.now : reading; // trained: so it has been computed
      draw();
    },
  };
}

/**
 * @param {Score} score
 * @param {Element} chooser
 */
function createSliceHead({ words, program, quantities }, chooser) {
  const label = html("label", {});
  appendRich(label, quantities[program.loss].label);
  label.append(` ${words.slice_as} `, chooser, ` ${words.slice_changes}`);
  return html("div", { class: "bpviz-panel-head" }, panelHeading(words.slice), label);
}

/**
 * The loss at many values of one given, the others as they are.
 *
 * @param {Score} score
 * @param {State} state
 */
function createSampler({ program, givens }, state) {
  return (/** @type {string} */ weight) => {
    const given = /** @type {import("../score/schema.js").Given} */ (givens.find(({ name }) => name === weight));
    const value = Number(state.model.get(weight));
    const [low, high] = [Math.min(given.low, value), Math.max(given.high, value)];
    const across = Array.from({ length: POINTS }, (_, index) => low + (high - low) * (index / (POINTS - 1)));
    const numbers = Float64Array.of(value, ...across);
    const losses = state.each({ columns: [weight], count: numbers.length, numbers }, [program.loss]);
    const [here, ...points] = [...losses].map((loss, k) => /** @type {Point} */ ([numbers[k], Math.abs(loss) < LARGEST_DRAWN ? loss : NaN]));
    return { points, here, next: state.now(program.feedback[weight]) };
  };
}

/**
 * What the plot shows of the plane.
 *
 * @param {Point[]} points
 */
function frameOf(points) {
  const losses = points.map(([, loss]) => loss).filter(Number.isFinite);
  const [least, most] = losses.length ? [Math.min(...losses), Math.max(...losses)] : [0, 1];
  const room = Math.max((most - least) * 0.1, Math.abs(most) * FLAT, Number.MIN_VALUE * 1e9);
  return { left: points[0][0], right: points[POINTS - 1][0], low: least - room, high: most + room };
}

function createMarks() {
  return {
    curve: svg("path", { class: "bpviz-slice-curve" }),
    tangent: svg("line", { class: "bpviz-tangent" }),
    here: svg("circle", { class: "bpviz-here bpviz-on-slice", r: 5 }),
    step: svg("path", { class: "bpviz-step" }), // over the point: a small step would hide behind it
  };
}

/**
 * @param {ReturnType<typeof createMarks>} marks
 * @param {Slice} slice
 * @param {Place} place
 * @param {Frame} frame
 * @param {number} [slope] absent while it is not computed
 */
function paintMarks({ tangent, step, here }, { here: [x, loss], next }, place, frame, slope = NaN) {
  const shown = Number.isFinite(loss);
  const sloped = shown && Number.isFinite(slope);
  here.style.display = shown ? "" : "none";
  for (const mark of [tangent, step]) mark.style.display = sloped ? "" : "none";
  if (shown) setPoint(here, place(x, loss));
  if (!sloped) return;
  const on = (/** @type {number} */ way) => place(x + way, loss + slope * way);
  const side = TANGENT * (frame.right - frame.left);
  const [[x1, y1], [x2, y2]] = [-side, side].map((way) => on(within(frame, [x, loss], slope, way)));
  setAttributes(tangent, { x1, y1, x2, y2 });
  const whole = Number.isFinite(next) ? next - x : 0;
  const way = within(frame, [x, loss], slope, whole);
  step.setAttribute("d", arrowPath(on(0), on(way), way === whole));
}

/**
 * How far along a tangent one can go and stay in the frame.
 *
 * @param {Frame} frame
 * @param {Point} from
 * @param {number} slope
 * @param {number} way wanted, along the weight
 */
function within({ left, right, low, high }, [x, loss], slope, way) {
  const room = [way > 0 ? right - x : x - left, Math.abs(way)];
  const rise = slope * Math.sign(way);
  if (rise) room.push((rise > 0 ? high - loss : loss - low) / Math.abs(rise));
  const reach = Math.min(...room);
  return reach === Math.abs(way) ? way : Math.sign(way) * reach;
}

/**
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {boolean} whole false where the arrow leaves the plot: then it has no head
 */
function arrowPath(from, to, whole) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const shaft = pathThrough([from, to]);
  if (!whole || length < SMALLEST_ARROW) return shaft;
  const head = Math.min(8, length);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const [bx, by] = [to[0] - ux * head, to[1] - uy * head];
  /** @type {[number, number][]} */
  const barbs = [[bx - uy * head * 0.5, by + ux * head * 0.5], to, [bx + uy * head * 0.5, by - ux * head * 0.5]];
  return shaft + pathThrough(barbs);
}
