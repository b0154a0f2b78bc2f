/**
 * Edges: as thick as their weight is large, dashed when it is negative, with an arrow the way the signal runs.
 * The error that runs back has a shape of its own: a diamond sets out, and the arrow is barbed.
 */

import LOOK from "../../../look.json";
import { setAttributes, svg } from "../kit/dom.js";
import { pointsOf } from "./crossings.js";
import { runPulse, stopPulse } from "./motion.js";
import { meetNode, nodeAt } from "./nodes.js";

/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").SceneNode} SceneNode */
/** @typedef {import("../score/schema.js").Beat} Beat */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

const UNDASHED = 0.5; // so slim are edges where colour alone says that a weight is negative

/**
 * @param {SceneEdge} edge
 * @param {SceneNode[]} nodes
 * @param {number} slim what part of its usual thickness it has
 * @returns {{element: SVGGElement, showBeat: (beat: Beat) => void, paint: (reading: Reading) => void}}
 */
export function createEdge(edge, nodes, slim) {
  const line = svg("polyline", { class: "bpviz-line" });
  const element = svg("g", { class: "bpviz-edge", "data-edge": edge.id }, line);
  /** @type {ReturnType<typeof createMoving> | null} made when something first moves here */
  let moving = null;
  let path = pointsOf(edge);
  /** @type {"" | "forward" | "backward"} */
  let arrow = "";
  let reach = 0;
  /** @type {SVGElement | null} */
  let pulsed = null;
  let drawn = NaN; // the weight that is drawn
  return {
    element,
    showBeat({ forward, backward, focus }) {
      arrow = backward.includes(edge.id) ? "backward" : forward.includes(edge.id) ? "forward" : "";
      path = arrow === "backward" ? pointsOf(edge).reverse() : pointsOf(edge);
      reach = arrow && focus.includes(nodeAt(nodes, path[path.length - 1])?.id ?? "") ? LOOK.ring.reach : LOOK.edge.clearance;
      drawn = NaN;
      for (const way of ["forward", "backward"]) element.classList.toggle(`bpviz-${way}`, way === arrow);
      if (pulsed) stopPulse(pulsed);
      pulsed = null;
      if (!arrow) return;
      if (!moving) line.after(...Object.values((moving = createMoving())));
      pulsed = arrow === "backward" ? moving.error : moving.signal;
      runPulse(pulsed, path);
    },
    paint(reading) {
      const weight = (edge.carries ? reading(edge.carries) : undefined) ?? LOOK.edge.plain_weight;
      if (weight === drawn) return;
      drawn = weight;
      const width = widthOf(weight, slim, arrow);
      element.classList.toggle("bpviz-negative", weight < 0);
      line.style.strokeWidth = width.toFixed(2);
      line.style.strokeDasharray = weight < 0 && slim > UNDASHED ? dashesOf(width) : "";
      const last = path[path.length - 1];
      const tip = moving && arrow ? drawHead(moving.head, nodes, path, reach, width, arrow === "backward") : last;
      if (moving) moving.head.style.display = arrow ? "" : "none";
      setAttributes(line, { points: [...path.slice(0, -1), tip.map((place) => place.toFixed(1))].join(" ") });
    },
  };
}

/** An arrowhead, and what runs: the signal or the error. */
function createMoving() {
  const [signal, error] = [svg("circle", { r: 5 }), svg("path", { d: "M-8 0L0 -6L8 0L0 6Z" })];
  for (const pulse of [signal, error]) pulse.classList.add("bpviz-pulse");
  return { head: svg("path", { class: "bpviz-head" }), signal, error };
}

/**
 * @param {number} weight
 * @param {number} slim
 * @param {"" | "forward" | "backward"} arrow what runs there is never so thin that its colour cannot be seen
 */
function widthOf(weight, slim, arrow) {
  const { per_weight, thickest } = LOOK.edge;
  const thickness = Math.min(LOOK.thinnest.resting + per_weight * Math.abs(weight), thickest) || thickest;
  return Math.max(slim * thickness, arrow ? LOOK.thinnest[arrow] : slim * LOOK.thinnest.resting);
}

/** @param {number} width of the line */
function dashesOf(width) {
  const { line_per_thickness, least_line, gap_per_thickness, least_gap } = LOOK.dash;
  return `${Math.max(line_per_thickness * width, least_line)} ${Math.max(gap_per_thickness * width, least_gap)}`;
}

/**
 * An arrowhead whose tip stops at the node's border; for an error it is barbed, and a diamond stands at the start.
 *
 * @param {SVGPathElement} head
 * @param {SceneNode[]} nodes
 * @param {Point[]} path where the edge runs from, along and to
 * @param {number} reach how far outside the node's border to stop
 * @param {number} width of the line
 * @param {boolean} error
 * @returns {Point} where the line should end, under the head
 */
function drawHead(head, nodes, path, reach, width, error) {
  const [before, to] = path.slice(-2);
  const node = nodeAt(nodes, to);
  const tip = node ? meetNode(node, before, to, reach) : to;
  const usual = LOOK.head.length + LOOK.head.length_per_thickness * width;
  const needed = usual + LOOK.head.shaft + (error ? LOOK.diamond.far : 0);
  const size = path.length > 2 ? 1 : Math.min(1, Math.hypot(tip[0] - before[0], tip[1] - before[1]) / needed); // smaller on a short way
  const length = size * usual;
  const half = size * (LOOK.head.half + LOOK.head.half_per_thickness * width);
  const at = alongFrom(tip, before, tip);
  const notch = length * (error ? LOOK.head.notch : 1);
  const shapes = [[at(0, 0), at(-length, half), at(-notch, 0), at(-length, -half)]];
  if (error) shapes.push(diamond(path[0], path.length > 2 ? path[1] : tip, half, size));
  head.setAttribute("d", shapes.map(polygon).join(""));
  return at(1 - notch, 0);
}

/**
 * @param {Point} from where the error sets out
 * @param {Point} to
 * @param {number} half how far it reaches to each side
 * @param {number} size how large it is, of its usual length
 * @returns {Point[]} corners
 */
function diamond(from, to, half, size) {
  const at = alongFrom(from, from, to);
  const [near, middle, far] = [LOOK.diamond.near, LOOK.diamond.middle, LOOK.diamond.far].map((length) => size * length);
  return [at(near, 0), at(middle, half), at(far, 0), at(middle, -half)];
}

/**
 * @param {Point} origin
 * @param {Point} from
 * @param {Point} to
 * @returns {(ahead: number, aside: number) => Point} a place so far from the origin, ahead on the way and beside it
 */
function alongFrom([x, y], from, to) {
  const size = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [ux, uy] = [(to[0] - from[0]) / size, (to[1] - from[1]) / size];
  return (ahead, aside) => [x + ux * ahead - uy * aside, y + uy * ahead + ux * aside];
}

/** @param {Point[]} corners */
const polygon = (corners) => `M${corners.map((corner) => corner.map((c) => c.toFixed(1)).join(" ")).join("L")}Z`;
