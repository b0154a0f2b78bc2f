/** The diagram: edges, nodes and chips of a scene, lit as the beat says. */

import LOOK from "../../../look.json";
import { createChipLayer } from "./chip_layer.js";
import { CLOSE, COMPACT, createChip, USUAL } from "./chips.js";
import { svg } from "../kit/dom.js";
import { chipsIn } from "../score/variants.js";
import { fillWords } from "../kit/slots.js";
import { createEdge } from "./edges.js";
import { createFaultMarks } from "./faults.js";
import { createNode } from "./nodes.js";
import { createTips } from "./tips.js";
import { titleValues } from "./titles.js";
import { roomAlong, roomBetween, roomInWhole } from "./rooms.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../kit/slots.js").Part} Part */

/**
 * @param {Score} score
 * @param {import("./chips.js").Sizes} [usual]
 * @param {boolean} [down] whether edges run down, not to the right
 * @returns {Part & {point: (part: Element | null) => void}} point: tell what a part without numbers holds, or nothing
 */
export function createDiagram(score, usual = USUAL, down = false) {
  const { scene, beats, program } = score;
  const sizes = { ...usual, ...(scene.labels_yield && CLOSE), ...(scene.compact && COMPACT) };
  const slim = Math.min(1, Math.sqrt(LOOK.edge.crowd / scene.edges.length)); // where edges are many, they are thinner
  const edges = scene.edges.map((edge) => ({ id: edge.id, ...createEdge(edge, scene.nodes, slim) }));
  const nodes = scene.nodes.map((node) => ({ id: node.id, ...createNode(node, sizes) }));
  const chipFor = (/** @type {import("../score/schema.js").Chip} */ chip, /** @type {string[]} */ focus = []) => {
    const beside = down ? roomBetween(chip.anchor, scene, focus) : roomAlong(chip.anchor, scene);
    const room = scene.labels_yield ? roomInWhole(scene) : beside;
    return createChip(chip, scene.anchors[chip.anchor], room, sizes);
  };
  const labels = scene.labels.map((label) => ({ id: label.anchor, ...chipFor(label) }));
  const layer = createChipLayer(scene, labels, chipFor, { news: Object.values(program.feedback), down });
  const edgeLayer = svg("g", {}, ...edges.map((edge) => edge.element));
  const element = createCanvas(scene, fillWords(score.words.diagram, { title: score.title }));
  const titles = titleValues(element, scene, score.quantities);
  const [faults, tips] = [createFaultMarks(score), createTips(score, sizes)];
  element.append(edgeLayer, ...[...nodes, ...labels, layer, faults, tips].map((part) => part.element));
  for (const { element: label } of labels) label.classList.add("bpviz-label");
  let shown = beats[0];
  return {
    element,
    point: tips.show,
    showBeat(index) {
      const beat = (shown = beats[index]);
      const bright = new Set(beat.lit);
      const dimmed = (/** @type {string} */ id) => bright.size > 0 && !bright.has(id);
      for (const part of [...edges, ...nodes, ...labels]) part.element.classList.toggle("bpviz-dim", dimmed(part.id));
      for (const node of nodes) node.element.classList.toggle("bpviz-focus", beat.focus.includes(node.id));
      for (const edge of edges) edge.showBeat(beat);
      edgeLayer.append(...edges.filter(({ id }) => !dimmed(id)).map((edge) => edge.element)); // the lit ones on top
      layer.show(chipsIn(beats, index), beat);
    },
    paint(reading) {
      titles.paint(reading);
      for (const part of [...edges, ...nodes, ...labels, faults, tips]) part.paint(reading);
      layer.paint(reading, shown);
    },
  };
}

/**
 * @param {Scene} scene
 * @param {string} label for people who listen
 */
function createCanvas({ width, height, compact }, label) {
  return svg("svg", { class: `bpviz-diagram${compact ? " bpviz-compact" : ""}`, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
}
