/** The ways in which a scene can be drawn, and which of them shows the largest numbers in a room. */

import { USUAL } from "./chips.js";
import { createDiagram } from "./diagram.js";
import { AIRY, createLargeDiagram, LARGE, largeScene } from "./large_diagram.js";
import { roomier } from "./roomier.js";
import { createTallDiagram, TALL, tallScene } from "./tall_diagram.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../score/schema.js").Scene} Scene */
/** @typedef {ReturnType<typeof createDiagram>} Diagram */
/** @typedef {(diagram: Element, scene: Scene, inHall: boolean) => void} Connect makes a diagram answer to clicks */
/**
 * The size in diagram units; the height of its numbers in them; in CSS pixels the least that can be read, those with
 * which the usual arrangement is taken before all others, and those with which another one is though not the largest;
 * create: draws it;
 * airier: the usual one with more room between its rows.
 *
 * @typedef {{width: number, height: number, number: number, readable: number, comfortable: number, enough: number, airier?: boolean, create: () => Diagram}} Arrangement
 */

/** CSS pixels: where the numbers of the usual arrangement are as large as this, it is taken, or an airier one of the same kind. */
export const COMFORTABLE = 13.5;
const [NARROW, READABLE] = [480, 11.5]; // CSS pixels: in less width, or with smaller numbers, rows from top to bottom may be better
const [LEGIBLE, LARGE_ENOUGH] = [10, 10.9]; // where labels yield: to keep the whole in sight; to leave labels where they belong
const FOR_ROOM = 0.85; // of the usual numbers: so large are they where labels get more room instead
const [AS_LARGE, LARGE_STILL] = [0.95, 12.1]; // of the largest numbers, and in CSS pixels: the one with more room around them is taken then
const LARGEST_SCALE = 1.1; // CSS pixels per diagram unit: a small network does not shout
/** The large places with their rows and then their columns further apart, as there is room to spare. */
const ROOMIER = [[1, 1.25], [1, 1.12], [1.25, 1], [1.12, 1], [1, 1]];
/** Where labels yield, the more room there is between columns and rows, the fewer have to: the most first. */
const AIRY_USUAL = [1.5, 1.35, 1.2, 1].flatMap((wider) => [1.6, 1.4, 1.2, 1].map((taller) => [wider, taller])).sort(byRoom);
const [TALLER_LARGE, TALLER_TALL] = [[1.25, 1.12, 1], 1.3];

/** @param {number[]} one @param {number[]} other */
function byRoom([wider, taller], [across, down]) {
  return across * down - wider * taller;
}

/**
 * @param {Score} score
 * @param {Connect} connect
 * @returns {Arrangement[]} the airiest of the usual ones first
 */
export function arrangementsOf(score, connect) {
  const { scene } = score;
  const placed = largeScene(scene);
  const usual = (scene.labels_yield ? AIRY_USUAL : [[1, 1]]).map(([wider, taller]) => {
    const create = () => {
      const apart = roomier(scene, wider, taller);
      return connected(createDiagram({ ...score, scene: apart }), apart, connect);
    };
    const size = sizeOf({ ...scene, width: wider * scene.width, height: taller * scene.height });
    return { number: USUAL.cell, ...size, airier: wider * taller > 1, create };
  });
  const large = (scene.labels_yield ? TALLER_LARGE.map((taller) => [1, taller]) : ROOMIER).map(([wider, taller]) => {
    const apart = roomier(placed, wider, taller);
    const create = () => connected(createLargeDiagram(score, apart, taller > 1 ? AIRY : {}), apart, connect);
    return { number: LARGE.cell, ...sizeOf(apart), create };
  });
  const rows = scene.labels_yield ? roomier(tallScene(scene), 1, TALLER_TALL) : tallScene(scene);
  const tall = { number: TALL.number, ...sizeOf(rows), create: () => connected(createTallDiagram(score, rows), rows, connect) };
  return [...usual, ...large, tall];
}

/**
 * @param {Score} score
 * @param {Connect} connect
 * @returns {Arrangement[]} those for a hall
 */
export function arrangementsInHall(score, connect) {
  const [placed, rows] = [largeScene(score.scene), tallScene(score.scene)];
  return [
    { number: LARGE.cell, ...sizeOf(placed), create: () => connected(createLargeDiagram(score, placed), placed, connect, true) },
    { number: TALL.number, ...sizeOf(rows), create: () => connected(createTallDiagram(score, rows), rows, connect, true) },
  ];
}

/**
 * @param {Diagram} diagram
 * @param {Scene} scene that it shows
 * @param {Connect} connect
 * @param {boolean} [inHall]
 */
function connected(diagram, scene, connect, inHall = false) {
  connect(diagram.element, scene, inHall);
  return diagram;
}

/** @param {Scene} scene */
function sizeOf({ width, height, labels_yield }) {
  const [readable, comfortable, enough] = labels_yield ? [LEGIBLE, LARGE_ENOUGH, LEGIBLE] : [READABLE, COMFORTABLE, LARGE_STILL];
  return { width, height, readable, comfortable, enough };
}

/**
 * @param {Arrangement} arrangement
 * @param {number} width of the room, in CSS pixels
 * @param {number} height
 * @param {number} [largest]
 * @returns {number} CSS pixels per diagram unit
 */
export function scaleIn(arrangement, width, height, largest = LARGEST_SCALE) {
  return Math.min(width / arrangement.width, height / arrangement.height, largest);
}

/**
 * @param {Arrangement[]} arrangements
 * @param {number} width of the room, in CSS pixels
 * @param {number} height
 * @returns {Arrangement} the first with comfortable numbers, or the one whose numbers are largest; the tall one, which is
 *   the last, only where all others are hard to read however high the room
 */
export function bestIn(arrangements, width, height) {
  const numbers = arrangements.map((item) => item.number * scaleIn(item, width, height, Infinity));
  const usual = arrangements.findIndex(({ airier }) => !airier);
  if (numbers[usual] >= arrangements[usual].comfortable) return arrangements[airiest(numbers, numbers[usual])];
  const wide = numbers.slice(0, -1);
  const scrolled = arrangements.slice(0, -1).map((item) => item.number * scaleIn(item, width, Infinity, Infinity));
  const { readable } = arrangements[0];
  const most = Math.max(...(width >= NARROW && Math.max(...scrolled) >= readable ? wide : numbers));
  const least = (/** @type {number} */ at) => Math.max(AS_LARGE * most, at > usual ? arrangements[at].enough : readable);
  return arrangements[numbers.findIndex((number, at) => number === most || number >= least(at))];
}

/**
 * @param {number[]} numbers of all arrangements, the airiest first
 * @param {number} usual those of the usual one
 * @returns {number} the place of the airiest whose numbers are still large
 */
function airiest(numbers, usual) {
  const enough = Math.min(AS_LARGE * usual, Math.max(LARGE_STILL, FOR_ROOM * Math.min(usual, LARGEST_SCALE * USUAL.cell)));
  return numbers.findIndex((number) => number >= enough);
}
