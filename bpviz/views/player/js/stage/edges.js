/**
 * Edges: as thick as their weight is large, dashed when it is negative, with an arrow the way the signal runs.
 * The error that runs back has a shape of its own: a diamond sets out, and the arrow is barbed.
 */

import { setAttributes, svg } from "../kit/dom.js";
import { runPulse } from "./motion.js";
import { meetNode, nodeAt, RING_REACH } from "./nodes.js";

/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../score/schema.js").SceneNode} SceneNode */
/** @typedef {import("../score/schema.js").Beat} Beat */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

const THICKEST = 8;

/**
 * @param {SceneEdge} edge
 * @param {SceneNode[]} nodes
 * @returns {{element: SVGGElement, showBeat: (beat: Beat) => void, paint: (reading: Reading) => void}}
 */
export function createEdge(edge, nodes) {
  const line = svg("line", { class: "bpviz-line" });
  const head = svg("path", { class: "bpviz-head" });
  const [signal, error] = [svg("circle", { r: 5 }), svg("path", { d: "M-8 0L0 -6L8 0L0 6Z" })];
  for (const pulse of [signal, error]) pulse.classList.add("bpviz-pulse");
  const element = svg("g", { class: "bpviz-edge", "data-edge": edge.id }, line, head, signal, error);
  const path = [edge.start, edge.end];
  let arrow = "";
  let reach = 0;
  return {
    element,
    showBeat({ forward, backward, focus }) {
      arrow = backward.includes(edge.id) ? "backward" : forward.includes(edge.id) ? "forward" : "";
      path.splice(0, 2, ...(arrow === "backward" ? [edge.end, edge.start] : [edge.start, edge.end]));
      reach = focus.includes(nodeAt(nodes, path[1])?.id ?? "") ? RING_REACH : 2;
      for (const way of ["forward", "backward"]) element.classList.toggle(`bpviz-${way}`, way === arrow);
      for (const running of [signal, error].flatMap((pulse) => pulse.getAnimations())) running.cancel();
      if (arrow) runPulse(arrow === "backward" ? error : signal, path);
    },
    paint(reading) {
      const weight = edge.weight ? reading(edge.weight) : undefined;
      const thickness = Math.min(1 + 3 * Math.abs(weight ?? 0.15), THICKEST) || THICKEST;
      const width = arrow === "backward" ? Math.max(thickness, 3) : arrow ? Math.max(thickness, 1.8) : thickness;
      element.classList.toggle("bpviz-negative", (weight ?? 0) < 0);
      line.style.strokeWidth = width.toFixed(2);
      line.style.strokeDasharray = (weight ?? 0) < 0 ? `${Math.max(2 * width, 7)} ${Math.max(width, 4)}` : "";
      const tip = arrow ? drawHead(head, nodes, path, reach, width, arrow === "backward") : path[1];
      head.style.display = arrow ? "" : "none";
      setAttributes(line, { x1: path[0][0], y1: path[0][1], x2: tip[0].toFixed(1), y2: tip[1].toFixed(1) });
    },
  };
}

/**
 * An arrowhead whose tip stops at the node's border; for an error it is barbed, and a diamond stands at the start.
 *
 * @param {SVGPathElement} head
 * @param {SceneNode[]} nodes
 * @param {Point[]} path where the edge runs from and to
 * @param {number} reach how far outside the node's border to stop
 * @param {number} width of the line
 * @param {boolean} error
 * @returns {Point} where the line should end, under the head
 */
function drawHead(head, nodes, [from, to], reach, width, error) {
  const node = nodeAt(nodes, to);
  const [x, y] = node ? meetNode(node, from, to, reach) : to;
  const length = 8 + 1.5 * width;
  const half = 3.5 + width;
  const size = Math.hypot(x - from[0], y - from[1]) || 1;
  const [ux, uy] = [(x - from[0]) / size, (y - from[1]) / size];
  /** @type {(ahead: number, aside: number, origin?: Point) => Point} */
  const at = (ahead, aside, [ox, oy] = [x, y]) => [ox + ux * ahead - uy * aside, oy + uy * ahead + ux * aside];
  const notch = length * (error ? 0.55 : 1);
  const shapes = [[at(0, 0), at(-length, half), at(-notch, 0), at(-length, -half)]];
  if (error) shapes.push([at(1, 0, from), at(9, half, from), at(17, 0, from), at(9, -half, from)]);
  head.setAttribute("d", shapes.map(polygon).join(""));
  return at(1 - notch, 0);
}

/** @param {Point[]} corners */
const polygon = (corners) => `M${corners.map((corner) => corner.map((c) => c.toFixed(1)).join(" ")).join("L")}Z`;
