/** The chips of a beat, and the labels that are always there: each in its place, aside, or out of the way. */

import { svg } from "../kit/dom.js";
import { wayAlong } from "./along_edge.js";
import { endsOf, forwardEndsOf } from "./arrow_ends.js";
import { isInTheWay } from "./crossings.js";
import { arrive } from "./motion.js";
import { besideTheSum, fromTheMiddle } from "./fan.js";
import { isAtResult, isAtStart, nodeOf } from "./owners.js";
import { settle } from "./settle.js";

/** @typedef {import("../score/schema.js").Beat} Beat */
/** @typedef {import("../score/schema.js").Chip} Chip */
/** @typedef {import("../score/schema.js").Point} Point */
/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {import("../score/schema.js").SceneEdge} SceneEdge */
/** @typedef {import("../engine/evaluate.js").Reading} Reading */
/** @typedef {import("./crossings.js").Box} Box */
/** @typedef {ReturnType<typeof import("./chips.js").createChip>} Drawn */
/** @typedef {Drawn & {id: string}} Standing a label; `id`: its anchor */
/** @typedef {Drawn & {anchor: string, isOnEdge: boolean, isTold: boolean, isNew: boolean, isFree?: boolean, stays?: boolean}} Shown told: by this beat, not an earlier one; free: a part of an element that is not written out; stays: its sum; new: it has a new value, or is what one asks for at the end */

/**
 * @param {Scene} scene
 * @param {Standing[]} labels those that are always there
 * @param {(chip: Chip, focus: string[]) => Drawn} chipFor
 * @param {{news: string[], down: boolean}} options news: quantities that arrive from where the old value stood; down:
 *   whether edges run down; else their chips keep their places, and others make room
 */
export function createChipLayer(scene, labels, chipFor, { news, down }) {
  const [element, leaders] = [svg("g"), svg("g", { class: "bpviz-leaders" })];
  const nodes = scene.nodes.map(({ x, y, w, h }) => /** @type {Box} */ ([[x - w / 2, y - h / 2], [x + w / 2, y + h / 2]]));
  const onEdges = new Set(down ? [] : scene.edges.map(({ id }) => id));
  /** @type {Shown[]} */
  let chips = [];
  /** @type {Set<string>} */
  let read = new Set(); // what the beat calculates with
  return {
    element,
    show(/** @type {Chip[]} */ seen, /** @type {Beat} */ { chips: told, focus, formula }) {
      read = new Set(formula.flatMap(({ right }) => readIn(right)));
      chips = seen.map((chip) => ({
        ...chipFor(chip, focus),
        anchor: chip.anchor,
        isOnEdge: onEdges.has(chip.anchor),
        isTold: told.includes(chip),
        isNew: chip.tone === "update",
      }));
      giveWayBeside(chips, scene, read);
      element.replaceChildren(leaders, ...chips.map((chip) => chip.element));
      for (const { element: chip, isTold } of chips) chip.classList.toggle("bpviz-told", isTold);
      for (const { element: value, name } of chips.flatMap((chip) => chip.slots)) if (news.includes(name)) arrive(value);
      for (const { id, element: label } of labels) label.style.display = chips.some(({ anchor }) => anchor === id) ? "none" : "";
    },
    paint(/** @type {Reading} */ reading, /** @type {Beat} */ { lit, focus, forward, backward }) {
      const among = (/** @type {string[]} */ ids) => scene.edges.filter(({ id }) => ids.includes(id));
      const standing = labels.filter(({ element: label }) => label.style.display !== "none");
      const [edges, arrows] = [among(lit), among([...forward, ...backward])];
      const along = (/** @type {Shown} */ { anchor, box }, /** @type {Box[]} */ taken) =>
        wayAlong(box(), /** @type {SceneEdge} */ (scene.edges.find(({ id }) => id === anchor)), arrows, [...taken, ...nodes]);
      if (!scene.labels_yield) paintBeside(chips, reading, clearTheWay(standing, edges), along);
      else {
        for (const chip of chips) chip.paint(reading);
        const all = byWeight(lit.length ? fromTheMiddle(chips, scene) : asAtTheEnd(chips, scene), standing, { lit, focus, forward, read }, scene);
        for (const item of all) brighten(item);
        const ends = [...endsOf(among(backward), focus), ...forwardEndsOf(among(forward), focus)];
        leaders.replaceChildren(...settle(all, scene, { focus, lit: edges, ends, down }).map(drawLeader));
      }
    },
  };
}

/**
 * Where parts are added, what is not written out may give way: its parts, and its sum rather than stand far away.
 *
 * @param {Shown[]} chips
 * @param {Scene} scene
 * @param {Set<string>} read what the beat calculates with
 */
function giveWayBeside(chips, scene, read) {
  const { parts, sums } = besideTheSum(chips, scene, read);
  for (const part of parts) Object.assign(part, { isTold: false, isFree: true });
  for (const sum of sums) sum.stays = true;
}

/** @param {import("./settle.js").Leader} leader */
function drawLeader({ anchor, start: [x1, y1], end: [x2, y2] }) {
  return svg("line", { "data-for": anchor, x1, y1, x2, y2 });
}

/**
 * @param {Shown[]} chips
 * @param {Reading} reading
 * @param {Box[]} standing where labels stand, then the chips too
 * @param {(chip: Shown, taken: Box[]) => Point} along how far one on an edge moves along it
 */
function paintBeside(chips, reading, standing, along) {
  for (const chip of chips.filter(({ isOnEdge }) => isOnEdge)) {
    chip.paint(reading, []);
    const [x, y] = along(chip, standing);
    chip.move([x, y]);
    standing.push(/** @type {Box} */ (chip.box().map(([left, top]) => [left + x, top + y])));
  }
  for (const chip of chips.filter(({ isOnEdge }) => !isOnEdge)) {
    chip.paint(reading, standing);
    standing.push(chip.box());
  }
}

/**
 * @param {Shown[]} chips
 * @param {Standing[]} labels
 * @param {{lit: string[], focus: string[], forward: string[], read: Set<string>}} beat lit: what it is about; at the end nothing: then the result
 *   is asked for; read: what it calculates with
 * @param {Scene} scene
 * @returns {(Drawn & import("./settle.js").Label)[]} what the beat tells, what it reads, what belongs to the one node in focus, or of a list its new values, what else it is about, earlier chips,
 *   the latest first, other labels
 */
function byWeight(chips, labels, { lit, focus, forward, read }, scene) {
  const isAsked = chips.length ? isAtResult : isAtStart; // what comes out, and before the first step what goes in
  const standing = labels.map((label) => ({ ...label, anchor: label.id, isNew: !lit.length && isAsked(label.id, scene) }));
  const [told, earlier] = [true, false].map((wanted) => chips.filter(({ isTold }) => isTold === wanted));
  const others = [...earlier.reverse(), ...standing];
  const isRead = (/** @type {Drawn & {isNew: boolean}} */ { slots, isNew }) => isNew || slots.some(({ name }) => read.has(name));
  const isRinged = (/** @type {Drawn} */ { slots }) => focus.length === 1 || (forward.length > 0 && slots.length > 0);
  const isOfFocus = (/** @type {Drawn & {anchor: string}} */ item) => isRinged(item) && focus.includes(nodeOf(item.anchor, scene) ?? "");
  const wanted = others.filter((item) => isRead(item) || isOfFocus(item));
  const rest = others.filter((item) => !wanted.includes(item));
  const [near, far] = [true, false].map((isNear) => rest.filter(({ anchor }) => lit.includes(anchor) === isNear));
  const isLater = (/** @type {Drawn & {isNew: boolean}} */ { isNamed, isNew }) => Number(isNamed && !isNew); // it says whose it is, so it may stand farther away
  const stays = (/** @type {typeof others[number]} */ item) => Boolean("stays" in item && item.stays) || (!item.isNamed && wanted.includes(item) && !isRead(item)); // elsewhere it would seem another's
  const needed = [...told, ...wanted].sort((one, other) => isLater(one) - isLater(other)).map((item) => ({ ...item, isNeeded: true, stays: stays(item) }));
  const all = [...needed, ...[...near, ...far].map((item) => ({ ...item, isNeeded: false, stays: true }))];
  const isBright = (/** @type {{anchor: string, isNeeded: boolean}} */ item) => item.isNeeded || !lit.length || lit.includes(item.anchor);
  return all.map((item) => ({ ...item, isBright: isBright(item), home: item.box }));
}

/**
 * @param {Shown[]} chips
 * @param {Scene} scene
 * @returns {Shown[]} the same, at the end, when one asks for what comes back to givens, and for all that has a name
 */
function asAtTheEnd(chips, scene) {
  return chips.map((chip) => ({ ...chip, isNew: chip.isNew || chip.isNamed || isAtStart(chip.anchor, scene) }));
}

/**
 * What a beat needs is bright, and the rest of what it is about; what earlier ones told is pale.
 *
 * @param {Drawn & import("./settle.js").Label} label
 */
function brighten({ element, isNeeded, isBright }) {
  element.classList.toggle("bpviz-needed", isNeeded);
  element.classList.toggle("bpviz-dim", !isBright);
}

/**
 * @param {import("../score/schema.js").Tree} row of a formula
 * @returns {string[]} the quantities that it is calculated from, if it has numbers
 */
function readIn(row) {
  const values = namesIn(row, "bp");
  return values.length ? [...values, ...namesIn(row, "ref")] : [];
}

/**
 * @param {import("../score/schema.js").Tree} tree of a formula
 * @param {"bp" | "ref"} how as a value or as a symbol
 * @returns {string[]} the quantities that stand in it
 */
function namesIn(tree, how) {
  return tree.flatMap((part) => (Array.isArray(part) ? namesIn(part, how) : (part[how] ?? [])));
}

/**
 * Hide the labels that stand on a line of the beat which is not their own.
 *
 * @param {Standing[]} labels
 * @param {SceneEdge[]} lit the edges of the beat
 * @returns {Box[]} where the others stand
 */
function clearTheWay(labels, lit) {
  return labels.flatMap(({ id, element, box }) => {
    const hides = !lit.some((edge) => edge.id === id) && isInTheWay(lit, box());
    element.style.visibility = hides ? "hidden" : "";
    return hides ? [] : [box()];
  });
}
