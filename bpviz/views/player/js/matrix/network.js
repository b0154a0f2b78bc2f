/** The small network beside the matrices: the path of a cell lights up in it. */

import { svg } from "../kit/dom.js";

/** @typedef {{id: string, x: number, y: number, label: [string, string][]}} NetworkNode */
/** @typedef {{id: string, source: string, target: string}} NetworkEdge */
/** @typedef {{focus: string[], edges: string[], back: string[]}} Path back: edges over which the error has come */

const RADIUS = 44; // model units, where there is room
const MARGIN = 46;

/**
 * @param {{width: number, height: number, nodes: NetworkNode[], edges: NetworkEdge[]}} network
 * @param {string} label
 */
export function createNetwork({ width, height, nodes, edges }, label) {
  const places = new Map(nodes.map((node) => [node.id, node]));
  const lines = edges.map(({ id, source, target }) => {
    const [from, to] = [places.get(source), places.get(target)];
    if (!from || !to) throw new Error(`the edge ${id} belongs to no node`);
    return { id, element: svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "data-edge": id }) };
  });
  const nearest = Math.min(...nodes.flatMap((a) => nodes.map((b) => (a === b ? Infinity : Math.hypot(a.x - b.x, a.y - b.y)))));
  const radius = Math.min(RADIUS, 0.47 * nearest);
  const rings = nodes.map((node) => ({ id: node.id, element: drawNode(node, radius) }));
  const box = `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`;
  return {
    element: svg("svg", { class: "bpviz-cells-network", viewBox: box, role: "img", "aria-label": label }, ...lines.map(({ element }) => element), ...rings.map(({ element }) => element)),
    /** @param {Path} path */
    light({ focus, edges: own, back }) {
      for (const { id, element } of lines) {
        element.classList.toggle("bpviz-own", own.includes(id));
        element.classList.toggle("bpviz-back", back.includes(id));
      }
      for (const { id, element } of rings) element.classList.toggle("bpviz-focus", focus.includes(id));
    },
  };
}

/**
 * @param {NetworkNode} node
 * @param {number} radius
 */
function drawNode({ id, x, y, label }, radius) {
  let raised = 0;
  const runs = label.map(([style, text]) => {
    const shift = style === "sub" ? 10 : style === "sup" ? -16 : 0;
    const run = svg("tspan", { class: style ? `bpviz-run-${style}` : "", dy: shift - raised }, text);
    raised = shift;
    return run;
  });
  return svg("g", { "data-node": id }, svg("circle", { cx: x, cy: y, r: radius }), svg("text", { x, y: y + 12 }, ...runs));
}
