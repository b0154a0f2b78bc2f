/** A layer as W·a + b: rectangles that must fit. Drag a corner, or use the sliders; what does not fit says so. */

import { html, ownsKeys, setAttributes, setText, svg } from "../kit/dom.js";

/** @typedef {{W: [number, number], a: [number, number], b: number}} Sizes rows and columns; of b only rows: it has one column */
/** @typedef {{id: string, rows: number, columns: number, x: number}} Box where it stands, in model units */

const CELL = 18; // model units, about one CSS pixel each
const TOP = 28;
const SIGN = 30; // between two rectangles
const FOOT = 28;

/**
 * @param {{words: Record<string, string>, most: number}} content
 * @param {(part: {sizes: Sizes}) => void} change
 */
export function createShapes({ words, most }, change) {
  const [width, height] = [CELL * (3 * most + 1) + 3 * SIGN + 44, TOP + CELL * most + FOOT];
  const picture = svg("svg", { class: "bpviz-shapes-picture", viewBox: `-14 0 ${width} ${height}`, role: "img" });
  const message = html("p", { class: "bpviz-board-message", role: "status" });
  /** @type {Sizes} */
  let sizes = { W: [1, 1], a: [1, 1], b: 1 };
  const resize = (/** @type {string} */ id, /** @type {number[]} */ [rows, columns]) => {
    const [n, m] = [rows, columns].map((size) => Math.min(Math.max(Math.round(size), 1), most));
    const next = id === "b" ? { ...sizes, b: n } : { ...sizes, [id]: [n, m] };
    if (JSON.stringify(next) !== JSON.stringify(sizes)) change({ sizes: next });
  };
  const drag = followCorner(picture, () => sizes, resize);
  const sliders = SLIDERS.map(([id, axis]) => createSize(words, most, id, axis, () => sizes, resize));
  const controls = html("div", { class: "bpviz-shapes-sliders" }, ...sliders.map(({ element }) => element));
  return {
    element: html("div", { class: "bpviz-shapes-board" }, picture, controls, message),
    /** @param {{sizes: Sizes}} state */
    draw(state) {
      ({ sizes } = state);
      const told = tell(words, sizes);
      picture.replaceChildren(...drawEquation(sizes));
      setAttributes(picture, { "aria-label": told });
      drag.mark();
      setText(message, told);
      message.classList.toggle("bpviz-wrong", !fits(sizes));
      for (const slider of sliders) slider.draw();
    },
  };
}

/** @type {["W" | "a" | "b", 0 | 1][]} */
const SLIDERS = [["W", 0], ["W", 1], ["a", 0], ["a", 1], ["b", 0]]; // prettier-ignore

/**
 * @param {Sizes} sizes
 * @param {string} id
 * @returns {[number, number]}
 */
function sizeOf(sizes, id) {
  return id === "b" ? [sizes.b, 1] : id === "W" ? sizes.W : sizes.a;
}

/** @param {Sizes} sizes */
function fits({ W, a, b }) {
  return W[1] === a[0] && W[0] === b;
}

/**
 * @param {Record<string, string>} words
 * @param {Sizes} sizes
 */
function tell(words, { W, a, b }) {
  /** @type {Record<string, number>} */
  const numbers = { rows: W[0], columns: W[1], inputs: a[0], batch: a[1], biases: b };
  const wrong = [W[1] !== a[0] ? "misfit_inputs" : "", W[0] !== b ? "misfit_biases" : ""].filter(Boolean);
  const keys = wrong.length ? wrong : ["fits", a[1] > 1 ? "fits_batch" : "fits_one"];
  return keys.map((key) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]))).join(" ");
}

/** @param {Sizes} sizes */
function drawEquation(sizes) {
  const { W, a, b } = sizes;
  let x = 0;
  /** @type {(Box | string)[]} */
  const parts = [];
  for (const part of ["W", "·", "a", "+", "b", "=", "z"]) {
    const [rows, columns] = part === "z" ? [W[0], a[1]] : sizeOf(sizes, part);
    const isBox = /[a-zW]/.test(part);
    parts.push(isBox ? { id: part, rows, columns, x } : part);
    if (!isBox) parts.push({ id: "", rows: 0, columns: 0, x: x + SIGN / 2 });
    x += isBox ? columns * CELL : SIGN;
  }
  const [inner, outer] = [W[1] === a[0], W[0] === b];
  return parts.flatMap((part, index) => {
    if (typeof part === "string") {
      const { x: at } = /** @type {Box} */ (parts[index + 1]);
      return [svg("text", { class: "bpviz-shapes-sign", x: at, y: TOP + CELL }, part)];
    }
    return part.id ? drawBox(part, part.id === "z" && !(inner && outer), sides(part, inner, outer)) : [];
  });
}

/**
 * @param {Box} box
 * @param {boolean} inner whether W's columns are as many as a's rows
 * @param {boolean} outer whether W's rows are as many as b's
 * @returns {SVGElement[]} the sides that must have the same length
 */
function sides({ id, rows, columns, x }, inner, outer) {
  const [right, bottom] = [x + columns * CELL, TOP + rows * CELL];
  const line = (/** @type {boolean} */ fine, /** @type {string} */ d) => svg("path", { class: `bpviz-shapes-side ${fine ? "bpviz-fits" : "bpviz-misfit"}`, d });
  const upright = `M${x} ${TOP}V${bottom}`;
  if (id === "W") return [line(inner, `M${x} ${TOP}H${right}`), line(outer, upright)];
  return id === "a" ? [line(inner, upright)] : id === "b" ? [line(outer, upright)] : [];
}

/**
 * @param {Box} box
 * @param {boolean} unknown drawn as a gap: nothing comes out
 * @param {SVGElement[]} more
 */
function drawBox({ id, rows, columns, x }, unknown, more) {
  const [w, h] = [columns * CELL, rows * CELL];
  const rulers = [];
  for (let k = 1; k < columns; k += 1) rulers.push(`M${x + k * CELL} ${TOP}v${h}`);
  for (let k = 1; k < rows; k += 1) rulers.push(`M${x} ${TOP + k * CELL}h${w}`);
  const middle = x + w / 2;
  return [
    svg("rect", { class: `bpviz-shapes-box bpviz-shapes-${id}${unknown ? " bpviz-unknown" : ""}`, x, y: TOP, width: w, height: h }),
    ...(unknown ? [svg("text", { class: "bpviz-shapes-sign", x: middle, y: TOP + Math.min(h / 2 + 6, CELL) }, "?")] : [svg("path", { class: "bpviz-shapes-rulers", d: rulers.join("") })]),
    ...more,
    svg("text", { class: "bpviz-shapes-name", x: middle, y: TOP - 10 }, id),
    svg("text", { class: "bpviz-shapes-size", x: middle, y: TOP + h + 21, "data-size": id }, unknown ? "?" : `${rows}×${columns}`),
    ...(id === "z" ? [] : drawCorner(id, x + w, TOP + h)),
  ];
}

/**
 * @param {string} id
 * @param {number} cx
 * @param {number} cy
 */
function drawCorner(id, cx, cy) {
  const grip = svg("circle", { class: "bpviz-shapes-grip", cx, cy, r: 15, "data-corner": id }); // as wide as a finger
  return [svg("circle", { class: "bpviz-shapes-corner", cx, cy, r: 6 }), grip];
}

/**
 * @param {SVGSVGElement} picture
 * @param {() => Sizes} sizes
 * @param {(id: string, size: number[]) => void} resize
 */
function followCorner(picture, sizes, resize) {
  /** @type {{id: string, from: [number, number], at: [number, number]} | null} */
  let held = null;
  picture.addEventListener("pointerdown", (event) => {
    const id = event.target instanceof Element ? event.target.getAttribute("data-corner") : null;
    if (!id) return;
    event.preventDefault();
    held = { id, from: sizeOf(sizes(), id), at: [event.clientX, event.clientY] };
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = (picture.getScreenCTM()?.a ?? 1) * CELL;
    resize(held.id, [held.from[0] + (event.clientY - held.at[1]) / scale, held.from[1] + (event.clientX - held.at[0]) / scale]);
  });
  const release = () => ((held = null), mark());
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);
  const mark = () => {
    for (const corner of picture.querySelectorAll("[data-corner]")) corner.previousElementSibling?.classList.toggle("bpviz-held", corner.getAttribute("data-corner") === held?.id);
  };
  return { mark };
}

/**
 * @param {Record<string, string>} words
 * @param {number} most
 * @param {"W" | "a" | "b"} id
 * @param {0 | 1} axis
 * @param {() => Sizes} sizes
 * @param {(id: string, size: number[]) => void} resize
 */
function createSize(words, most, id, axis, sizes, resize) {
  const name = `${axis ? "columns" : "rows"}_${id}`;
  const input = ownsKeys(html("input", { type: "range", name, min: 1, max: most, step: 1 }));
  const number = html("span");
  input.addEventListener("input", () => {
    const size = [...sizeOf(sizes(), id)];
    size[axis] = Number(input.value);
    resize(id, size);
  });
  return {
    element: html("label", {}, words[name], input, number),
    draw() {
      const size = sizeOf(sizes(), id)[axis];
      input.value = String(size);
      setText(number, String(size));
    },
  };
}
