/** The diagram: edges, nodes and chips of a scene, lit as the beat says. */

import LOOK from "../../../look.json";
import { createChip, USUAL } from "./chips.js";
import { isInTheWay } from "./crossings.js";
import { svg } from "../kit/dom.js";
import { chipsIn } from "../score/variants.js";
import { fillWords } from "../kit/slots.js";
import { createEdge } from "./edges.js";
import { createFaultMarks } from "./faults.js";
import { arrive } from "./motion.js";
import { createNode } from "./nodes.js";
import { createTips } from "./tips.js";
import { titleValues } from "./titles.js";
import { roomAlong, roomBetween } from "./rooms.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../kit/slots.js").Part} Part */

/**
 * @param {Score} score
 * @param {import("./chips.js").Sizes} [sizes]
 * @param {boolean} [down] whether edges run down, not to the right
 * @returns {Part & {point: (part: Element | null) => void}} point: tell what a part without numbers holds, or nothing
 */
export function createDiagram(score, sizes = USUAL, down = false) {
  const { scene, beats, program } = score;
  const slim = Math.min(1, Math.sqrt(LOOK.edge.crowd / scene.edges.length)); // where edges are many, they are thinner
  const edges = scene.edges.map((edge) => ({ id: edge.id, ...createEdge(edge, scene.nodes, slim) }));
  const nodes = scene.nodes.map((node) => ({ id: node.id, ...createNode(node, sizes) }));
  const chipFor = (/** @type {import("../score/schema.js").Chip} */ chip, /** @type {string[]} */ focus = []) => {
    const room = down ? roomBetween(chip.anchor, scene, focus) : roomAlong(chip.anchor, scene);
    return createChip(chip, scene.anchors[chip.anchor], room, sizes);
  };
  const layer = createChipLayer(down ? [] : scene.edges, chipFor, Object.values(program.feedback));
  const labels = scene.labels.map((label) => marked({ id: label.anchor, ...chipFor(label) }));
  const edgeLayer = svg("g", {}, ...edges.map((edge) => edge.element));
  const element = createCanvas(scene, fillWords(score.words.diagram, { title: score.title }));
  const titles = titleValues(element, scene, score.quantities);
  const [faults, tips] = [createFaultMarks(score), createTips(score, sizes)];
  element.append(edgeLayer, ...[...nodes, ...labels, layer, faults, tips].map((part) => part.element));
  let lit = scene.edges;
  return {
    element,
    point: tips.show,
    showBeat(index) {
      const beat = beats[index];
      const bright = new Set(beat.lit);
      const dimmed = (/** @type {string} */ id) => bright.size > 0 && !bright.has(id);
      for (const part of [...edges, ...nodes, ...labels]) part.element.classList.toggle("bpviz-dim", dimmed(part.id));
      for (const node of nodes) node.element.classList.toggle("bpviz-focus", beat.focus.includes(node.id));
      for (const edge of edges) edge.showBeat(beat);
      lit = bright.size ? scene.edges.filter(({ id }) => !dimmed(id)) : [];
      edgeLayer.append(...edges.filter(({ id }) => !dimmed(id)).map((edge) => edge.element)); // the lit ones on top
      const seen = chipsIn(beats, index);
      layer.show(seen, beat.focus);
      for (const label of labels) label.element.style.display = seen.some(({ anchor }) => anchor === label.id) ? "none" : "";
    },
    paint(reading) {
      titles.paint(reading);
      for (const part of [...edges, ...nodes, ...labels, faults, tips]) part.paint(reading);
      layer.paint(reading, clearTheWay(labels, lit));
    },
  };
}

/**
 * @template {ReturnType<typeof createChip>} T
 * @param {T} label a chip that is always there
 */
function marked(label) {
  label.element.classList.add("bpviz-label");
  return label;
}

/**
 * The chips of a beat.
 *
 * @param {import("../score/schema.js").SceneEdge[]} edges whose chips keep their place, others make room
 * @param {(chip: import("../score/schema.js").Chip, focus: string[]) => ReturnType<typeof createChip>} chipFor
 * @param {string[]} news quantities that arrive from where the old value stood
 */
function createChipLayer(edges, chipFor, news) {
  const element = svg("g");
  const onEdges = new Set(edges.map(({ id }) => id));
  /** @type {(ReturnType<typeof createChip> & {stays: boolean})[]} */
  let chips = [];
  return {
    element,
    show(/** @type {import("../score/schema.js").Chip[]} */ told, /** @type {string[]} */ focus) {
      const placed = told.map((chip) => ({ ...chipFor(chip, focus), stays: onEdges.has(chip.anchor) }));
      chips = [...placed.filter(({ stays }) => stays), ...placed.filter(({ stays }) => !stays)];
      element.replaceChildren(...placed.map((chip) => chip.element));
      for (const { element: value, name } of chips.flatMap((chip) => chip.slots)) if (news.includes(name)) arrive(value);
    },
    paint(/** @type {import("../engine/evaluate.js").Reading} */ reading, /** @type {import("./crossings.js").Box[]} */ standing) {
      for (const chip of chips) {
        chip.paint(reading, chip.stays ? [] : standing);
        standing.push(chip.box());
      }
    },
  };
}

/**
 * Hide the labels that stand on a line of the beat which is not their own.
 *
 * @param {({id: string} & Pick<ReturnType<typeof createChip>, "element" | "box">)[]} labels
 * @param {import("../score/schema.js").SceneEdge[]} lit the edges of the beat
 * @returns {import("./crossings.js").Box[]} where the others stand
 */
function clearTheWay(labels, lit) {
  const others = labels.filter(({ element }) => element.style.display !== "none");
  return others.flatMap(({ id, element, box }) => {
    const hides = !lit.some((edge) => edge.id === id) && isInTheWay(lit, box());
    element.style.visibility = hides ? "hidden" : "";
    return hides ? [] : [box()];
  });
}

/**
 * @param {Scene} scene
 * @param {string} label for people who listen
 */
function createCanvas({ width, height }, label) {
  return svg("svg", { class: "bpviz-diagram", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
}
