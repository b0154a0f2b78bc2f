/** Neurons, inputs and errors: shapes with one cell or two, whose numbers appear once they are computed. */

import LOOK from "../../../look.json";
import { svg } from "../kit/dom.js";
import { createSlot, fillSlots } from "../kit/slots.js";
import { appendTspans } from "./lines.js";
import { fitSign } from "./signs.js";

/** @typedef {import("../score/schema.js").SceneNode} SceneNode */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../kit/slots.js").Slot} Slot */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */

/**
 * @param {SceneNode} node
 * @param {import("./chips.js").Sizes} sizes
 * @returns {{element: SVGGElement, slots: Slot[], paint: (reading: Reading) => void}}
 */
export function createNode(node, sizes) {
  const element = svg("g", {
    class: `bpviz-node bpviz-shape-${node.shape}`,
    "data-node": node.id,
    transform: `translate(${node.x} ${node.y})`,
  });
  if (node.sign || node.h < LOOK.written.least) return { element, ...createDot(element, node) };
  const lean = node.cells.length === 2 ? sizes.lean : 0;
  const cells = node.cells.map((_, index) => createCell(node, index, lean, sizes));
  element.append(outline(node, "bpviz-ring", LOOK.ring.distance), outline(node, "bpviz-body", 0));
  if (node.cells.length === 2) element.append(...halves(node, lean), outline(node, "bpviz-border", 0));
  element.append(...cells.flatMap(({ label, number }) => [label, number]));
  const slots = cells.map(({ slot }) => slot);
  return {
    element,
    slots,
    paint(reading) {
      if (!fillSlots(slots, reading)) return;
      for (const { number, room } of cells) fitNumber(number, sizes, room);
      element.classList.toggle(
        "bpviz-computed",
        slots.every(({ name }) => reading(name) !== undefined),
      );
    },
  };
}

/**
 * A node without numbers, with its sign where it has one; see titles.js for its values.
 *
 * @param {SVGGElement} element
 * @param {SceneNode} node
 * @returns {{slots: Slot[], paint: (reading: Reading) => void}}
 */
function createDot(element, node) {
  element.append(outline(node, "bpviz-ring", 2), outline(node, "bpviz-body", 0));
  if (node.sign) {
    const { text, size } = fitSign(node.sign, node.w);
    const look = `font-size: ${size.toFixed(1)}px`;
    element.append(svg("text", { class: "bpviz-cell-number", y: (size / 3).toFixed(1), style: look }, text));
  }
  return {
    slots: [],
    paint: (reading) => element.classList.toggle("bpviz-computed", node.cells.every(({ bp }) => reading(bp) !== undefined)),
  };
}

/**
 * @param {SceneNode} node
 * @param {number} index of the cell
 * @param {number} lean how far right of the middle two cells meet
 * @param {import("./chips.js").Sizes} sizes
 */
function createCell(node, index, lean, sizes) {
  const inside = node.shape === "circle" ? LOOK.circle : sizes;
  const { x, y, width } = isUpright(node) ? placeBelow(node, index) : placeBeside(node, index, lean);
  const label = svg("text", { class: "bpviz-cell-label", x, y: y + inside.label });
  appendTspans(label, node.cells[index].label);
  const looks = index === 1 ? "bpviz-cell-number bpviz-strong" : "bpviz-cell-number";
  const number = svg("text", { class: looks, x, y: y + inside.value });
  return { label, number, room: width - inside.beside, slot: createSlot(number, node.cells[index].bp) };
}

/**
 * @param {SceneNode} node
 * @returns {boolean} whether its two cells stand one above the other: it is taller than wide
 */
function isUpright({ cells, w, h }) {
  return cells.length === 2 && h > w;
}

/**
 * @param {SceneNode} node
 * @param {number} index of a cell among those above each other
 */
function placeBelow({ w, h }, index) {
  return { x: 0, y: (index - 0.5) * (h / 2), width: w };
}

/**
 * @param {SceneNode} node
 * @param {number} index of a cell among those beside each other
 * @param {number} lean how far right of the middle they meet
 */
function placeBeside({ cells, w }, index, lean) {
  const [left, right] = [index ? lean : -w / 2, index === cells.length - 1 ? w / 2 : lean];
  return { x: (left + right) / 2, y: 0, width: right - left };
}

/**
 * @param {SceneNode} node
 * @param {string} name class of the outline
 * @param {number} grow how far outside the node's own border
 */
function outline({ shape, w, h }, name, grow) {
  if (shape === "circle" && w === h) return svg("circle", { class: name, r: w / 2 + grow });
  const [width, height] = [w + 2 * grow, h + 2 * grow];
  return svg("rect", {
    class: name,
    x: -width / 2,
    y: -height / 2,
    width,
    height,
    rx: (shape === "circle" ? h / 2 : LOOK.corner[shape]) + grow,
  });
}

/**
 * The right or lower half of a capsule, filled once its activation is computed, and the line between the halves.
 *
 * @param {SceneNode} node
 * @param {number} lean how far right of the middle the line is
 */
function halves(node, lean) {
  const [x, y, r] = [node.w / 2, node.h / 2, LOOK.corner.capsule];
  if (isUpright(node)) {
    const lower = `M${-x} 0H${x}V${y - r}A${r} ${r} 0 0 1 ${x - r} ${y}H${r - x}A${r} ${r} 0 0 1 ${-x} ${y - r}Z`;
    return [
      svg("path", { class: "bpviz-activation", d: lower }),
      svg("line", { class: "bpviz-divider", x1: -x, x2: x, y1: 0, y2: 0 }),
    ];
  }
  const right = `M${lean} ${-y}H${x - r}A${r} ${r} 0 0 1 ${x} ${-y + r}V${y - r}A${r} ${r} 0 0 1 ${x - r} ${y}H${lean}Z`;
  return [
    svg("path", { class: "bpviz-activation", d: right }),
    svg("line", { class: "bpviz-divider", x1: lean, x2: lean, y1: -y, y2: y }),
  ];
}

/**
 * Shrink a number that is too long for its cell.
 *
 * @param {SVGTextElement} text
 * @param {import("./chips.js").Sizes} sizes
 * @param {number} room in diagram units
 */
function fitNumber(text, { cell, dot }, room) {
  const largest = room / (LOOK.text.digit_width * (text.textContent ?? "").length);
  const size = text.hasAttribute("data-value") ? Math.min(cell, largest) : dot;
  text.style.fontSize = `${size.toFixed(1)}px`;
}

/**
 * Where a line from outside first meets a node (or its ring).
 *
 * @param {SceneNode} node
 * @param {Point} from outside the node
 * @param {Point} to inside it or on its border
 * @param {number} reach how far outside the border to stop
 * @returns {Point}
 */
export function meetNode(node, from, to, reach) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  let t = 0;
  if (node.shape === "circle") {
    const flat = (node.w - node.h) / 2; // a wider one has round ends
    const [fx, fy] = [from[0] - Math.min(Math.max(from[0], node.x - flat), node.x + flat), from[1] - node.y];
    const [a, b, c] = [dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - (node.h / 2 + reach) ** 2];
    t = (-b - Math.sqrt(Math.max(b * b - a * c, 0))) / a;
  } else {
    const along = (
      /** @type {number} */ start,
      /** @type {number} */ d,
      /** @type {number} */ centre,
      /** @type {number} */ half,
    ) => (d === 0 ? 0 : (centre - Math.sign(d) * (half + reach) - start) / d);
    t = Math.max(along(from[0], dx, node.x, node.w / 2), along(from[1], dy, node.y, node.h / 2));
  }
  t = Math.min(Math.max(t, 0), 1);
  return [from[0] + t * dx, from[1] + t * dy];
}

/**
 * @param {SceneNode[]} nodes
 * @param {Point} point
 * @returns {SceneNode | undefined} the node this point lies in, or on whose border it lies
 */
export function nodeAt(nodes, [x, y]) {
  return nodes.find((node) => Math.abs(x - node.x) <= node.w / 2 + 2 && Math.abs(y - node.y) <= node.h / 2 + 2);
}
