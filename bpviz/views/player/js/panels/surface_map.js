/** The map of the surface: bands between contours, the path over them, and the lowest point. */

import { contours, hatching } from "../kit/contours.js";
import { setAttributes, svg } from "../kit/dom.js";
import { createPlot, inTenths, linearAxis, setPoint } from "../kit/plot.js";
import { levelsOf, thinned } from "./surface_numbers.js";

/** @typedef {import("../kit/contours.js").Box} Box */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./surface_numbers.js").Range} Range */
/** @typedef {[number, number]} Point two weights */
/** @typedef {{line: Point[], dots: number[], end: Point, here?: Point, lowest?: Point}} Way dots: which of its points single rounds led to */

const TICKS = 4;
const CROSS = 5; // CSS pixels from the middle of a cross to its ends
const FAR = 1e4; // CSS pixels: no browser draws lines that are much longer

/** @param {() => void} redraw called when the map has a new size */
export function createMap(redraw) {
  const plot = createPlot("", redraw);
  const ground = { bands: svg("g", { class: "bpviz-bands" }), lines: svg("path", { class: "bpviz-contours" }), hatched: svg("path", { class: "bpviz-hatched" }) };
  const marks = createWayMarks();
  const { lowest, ...way } = marks;
  const inside = svg("svg", {}, ...Object.values(ground), ...Object.values(way)); // what leaves the map is cut off
  plot.marks.append(inside, lowest);
  /** @type {Box} */
  let box = { left: 0, top: 0, width: 1, height: 1 };
  /** @type {import("../kit/plot.js").Place} */
  let place = (x, y) => [x, y];
  let framed = "";
  const layOut = (/** @type {[Range, Range]} */ [across, up]) => {
    place = plot.draw(linearAxis(across.low, across.high, TICKS), linearAxis(up.low, up.high, TICKS));
    const [[left, top], [right, bottom]] = [place(across.low, up.high), place(across.high, up.low)];
    box = { left, top, width: Math.max(right - left, 1), height: Math.max(bottom - top, 1) };
    setAttributes(inside, { x: left, y: top, width: box.width, height: box.height, viewBox: `${left} ${top} ${box.width} ${box.height}` });
  };
  return {
    element: plot.element,
    size: plot.size,
    scale: plot.scale,
    /** Lay out the axes, where they are others; where the map lies between them, in CSS pixels. */
    frame(/** @type {[Range, Range]} */ ranges) {
      const news = [...ranges.flatMap(({ low, high }) => [low, high]), ...plot.size()].join(" ");
      if (news !== framed) layOut(ranges);
      framed = news;
      const scale = plot.scale();
      return { left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale };
    },
    /** Draw the loss; every: thinned by it, the grid is that of every frame, and so the levels stay. */
    drawGround: (/** @type {{grid: Grid, every: number}} */ { grid, every }) => drawGround(ground, grid, levelsOf(thinned(grid, every)), box),
    drawWay: (/** @type {Way} */ taken) => drawWay(marks, taken, ([x, y]) => drawable(place(x, y))),
    say: (/** @type {string} */ told) => setAttributes(plot.element, { "aria-label": told }),
  };
}

function createWayMarks() {
  return {
    lowest: svg("path", { class: "bpviz-lowest" }),
    halo: svg("path", { class: "bpviz-way-halo" }), // the path shows on any colour
    line: svg("path", { class: "bpviz-way" }),
    dots: svg("path", { class: "bpviz-way bpviz-way-dots" }),
    end: svg("circle", { class: "bpviz-way-end", r: 4 }),
    here: svg("circle", { class: "bpviz-here", r: 5 }),
  };
}

/**
 * @param {{bands: SVGElement, lines: SVGElement, hatched: SVGElement}} ground
 * @param {Grid} grid
 * @param {number[]} levels
 * @param {Box} box
 */
function drawGround({ bands, lines, hatched }, grid, levels, box) {
  const drawn = contours(grid, levels, box);
  while (bands.childElementCount < levels.length) bands.append(svg("path"));
  [...bands.children].forEach((band, k) => setAttributes(band, { d: drawn[k]?.area ?? "" }));
  setAttributes(lines, { d: drawn.map(({ line }) => line).join("") });
  setAttributes(hatched, { d: hatching(grid, box) });
}

/**
 * @param {ReturnType<typeof createWayMarks>} marks
 * @param {Way} way
 * @param {(point: Point) => Point} place
 */
function drawWay({ lowest, halo, line, dots, end, here }, way, place) {
  const points = way.line.map((point) => placeText(place(point)));
  const isNew = (/** @type {number} */ k) => points[k] && points[k] !== points[k - 1]; // small steps meet in one place
  const stops = points.filter((_, k) => isNew(k));
  const d = stops.length ? `M${stops.join("L")}` : "";
  setAttributes(halo, { d });
  setAttributes(line, { d });
  setAttributes(dots, { d: way.dots.filter(isNew).map((k) => `M${points[k]}h0`).join("") });
  setPoint(end, place(way.end));
  here.style.display = way.here ? "" : "none";
  if (way.here) setPoint(here, place(way.here));
  const [x, y] = way.lowest ? place(way.lowest) : [NaN, NaN];
  setAttributes(lowest, { d: way.lowest ? `M${x - CROSS} ${y}h${2 * CROSS}M${x} ${y - CROSS}v${2 * CROSS}` : "" });
}

/**
 * @param {Point} point
 * @returns {string} as a path has it, or "" where it is no place
 */
function placeText([x, y]) {
  return Number.isFinite(x + y) ? `${inTenths(x)} ${inTenths(y)}` : "";
}

/** @param {Point} point */
function drawable([x, y]) {
  const near = (/** @type {number} */ at) => Math.min(Math.max(at, -FAR), FAR);
  return /** @type {Point} */ ([near(x), near(y)]);
}
