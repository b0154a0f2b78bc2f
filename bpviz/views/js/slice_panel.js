/** The slice: the loss as one weight alone changes, with the tangent whose slope is the gradient, and the next step. */

import { createChooser, gradientOf, weightAt } from "./choose_weight.js";
import { appendRich, createSlot, fillSlots, html, setAttributes, svg } from "./dom.js";
import { createMachine } from "./evaluate.js";
import { createPlot, linearAxis, pathThrough, setPoint } from "./plot.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./dom.js").Part} Part */
/** @typedef {import("./dom.js").Reading} Reading */
/** @typedef {import("./plot.js").Place} Place */
/** @typedef {import("./panels.js").State} State */
/** @typedef {[number, number]} Point a weight and the loss there */
/** @typedef {{points: Point[], here: Point, gradient: number | undefined, next: number}} Slice */
/** @typedef {ReturnType<typeof frameOf>} Frame */

const POINTS = 81;
const FLAT = 0.02; // of the loss: what changes less looks flat, as it is
const TANGENT = 0.3; // of the width of the plot, to each side
const SMALLEST_ARROW = 3; // CSS pixels: a shorter step has no room for a head

/**
 * @param {Score} score
 * @param {State} state
 * @returns {Part}
 */
export function createSlicePanel(score, state) {
  const { words, program, quantities } = score;
  const sampler = createSampler(score, state);
  const chooser = createChooser(score, state);
  const plot = createPlot(words.slice_plot, () => draw());
  const marks = createMarks();
  plot.marks.append(...Object.values(marks));
  const numbers = createNumbers(score);
  const label = html("label", {});
  appendRich(label, quantities[program.loss].label);
  label.append(` ${words.slice_as} `, chooser.element, ` ${words.slice_changes}`);
  /** @type {Reading} */
  let known = () => undefined;
  const draw = () => {
    const weight = weightAt(score, state);
    chooser.paint(weight);
    numbers.paint(weight, known);
    const slice = sampler(weight, known);
    const finite = slice.points.filter(([, loss]) => Number.isFinite(loss));
    const frame = frameOf(slice.points, finite);
    const place = plot.draw(linearAxis(frame.left, frame.right, 4), linearAxis(frame.low, frame.high, 4));
    marks.curve.setAttribute("d", pathThrough(finite.map(([x, loss]) => place(x, loss))));
    paintMarks(marks, slice, place, frame);
  };
  return {
    element: html("section", { class: "bpviz-panel bpviz-slice", "aria-label": words.slice },
      html("div", { class: "bpviz-panel-head" }, html("h3", {}, words.slice), label),
      plot.element,
      numbers.element,
      html("p", { class: "bpviz-words" }, words.slice_legend),
    ),
    showBeat() {},
    paint(reading) {
      known = state.history.rounds() > 0 ? state.now : reading; // trained: so it has been computed
      draw();
    },
  };
}

/**
 * The loss at many values of one given, the others as they are.
 *
 * @param {Score} score
 * @param {State} state
 */
function createSampler(score, state) {
  const { program, givens } = score;
  const machine = createMachine(program, givens.map(({ name }) => name));
  return (/** @type {string} */ weight, /** @type {Reading} */ known) => {
    const given = /** @type {import("./schema.js").Given} */ (givens.find(({ name }) => name === weight));
    const value = Number(state.model.get(weight));
    const [low, high] = [Math.min(given.low, value), Math.max(given.high, value)];
    const lossAt = (/** @type {number} */ x) => {
      machine.run((name) => (name === weight ? x : state.model.get(name)));
      return machine.value(program.loss);
    };
    /** @type {Point[]} */
    const points = Array.from({ length: POINTS }, (_, index) => {
      const x = low + ((high - low) * index) / (POINTS - 1);
      return [x, lossAt(x)];
    });
    const gradient = gradientOf(score, weight);
    return {
      points,
      here: /** @type {Point} */ ([value, lossAt(value)]),
      gradient: gradient ? known(gradient) : undefined,
      next: state.now(program.feedback[weight]),
    };
  };
}

/**
 * What the plot shows of the plane.
 *
 * @param {Point[]} points
 * @param {Point[]} finite those whose loss is a number
 */
function frameOf(points, finite) {
  const losses = finite.map(([, loss]) => loss);
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
 */
function paintMarks({ tangent, step, here }, { here: [x, loss], gradient = NaN, next }, place, frame) {
  const shown = Number.isFinite(loss);
  const sloped = shown && Number.isFinite(gradient);
  here.style.display = shown ? "" : "none";
  for (const mark of [tangent, step]) mark.style.display = sloped ? "" : "none";
  if (shown) setPoint(here, place(x, loss));
  if (!sloped) return;
  const on = (/** @type {number} */ way) => place(x + way, loss + gradient * way);
  const side = TANGENT * (frame.right - frame.left);
  const [[x1, y1], [x2, y2]] = [-side, side].map((way) => on(within(frame, [x, loss], gradient, way)));
  setAttributes(tangent, { x1, y1, x2, y2 });
  const whole = Number.isFinite(next) ? next - x : 0;
  const way = within(frame, [x, loss], gradient, whole);
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

/** @param {Score} score */
function createNumbers(score) {
  const { words, program, quantities } = score;
  const element = html("p", { class: "bpviz-now-line" });
  let shown = "";
  /** @type {import("./dom.js").Slot[]} */
  let slots = [];
  const build = (/** @type {string} */ weight) => {
    const next = program.feedback[weight];
    const gradient = gradientOf(score, weight);
    slots = [];
    element.replaceChildren();
    for (const [name, text] of [...(gradient ? [[gradient, words.slope]] : []), [next, ""]]) {
      const number = html("span", { class: "bpviz-number bpviz-strong" });
      const group = html("span", { class: text ? "bpviz-slope" : "bpviz-next" }, text);
      if (!text) appendRich(group, quantities[weight].label);
      group.append(text ? " " : " → ", number);
      slots.push(createSlot(number, name));
      element.append(group);
    }
  };
  return {
    element,
    paint(/** @type {string} */ weight, /** @type {Reading} */ reading) {
      if (weight !== shown) build(weight);
      shown = weight;
      fillSlots(slots, reading);
    },
  };
}
