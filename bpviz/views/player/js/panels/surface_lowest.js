/** The lowest place of the map: from its lowest sample by ever smaller steps; see calculation/lowest.py. */

import { lossesAt, onRange } from "./surface_numbers.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/contours.js").Grid} Grid */
/** @typedef {import("./panels.js").State} State */
/** @typedef {import("./surface_map.js").Point} Point */
/** @typedef {import("./surface_numbers.js").Range} Range */
/** @typedef {{at: Point, loss: number}} Lowest */

const FINEST = 15 * 2 ** 13; // the smallest step is this part of the map; a place is a whole number of them
const MOST_STEPS = 32;
const TIE = 1e-12; // losses closer than that, relatively, count as equal: rounding would choose between them
const FARTHEST = 8; // steps to the bottom of a parabola: farther off it tells nothing
const NEIGHBOURS = [0, -1, 1].flatMap((y) => [0, -1, 1].map((x) => [x, y]));

/**
 * @param {Score} score
 * @param {State} state
 * @param {[string, string]} names across, and up
 * @param {[Range, Range]} ranges
 * @param {Grid} grid its samples; as many cells along each side as divide the finest
 * @returns {Lowest | undefined} absent where the loss is nowhere a number
 */
export function lowestPlace(score, state, names, ranges, { values, columns }) {
  const cells = columns - 1;
  const first = firstLowest(values);
  if (first < 0) return undefined;
  let place = [first % columns, Math.floor(first / columns)].map((k) => (k * FINEST) / cells);
  let [loss, step, bottom] = [values[first], Math.floor(FINEST / cells / 2), place];
  const valuesOf = (/** @type {number[]} */ at) => /** @type {Point} */ (at.map((part, k) => onRange(ranges[k], part, FINEST)));
  for (let k = 0; k < MOST_STEPS && step; k += 1) {
    const steps = NEIGHBOURS.map((way) => way.map((part, axis) => place[axis] + part * step));
    const near = [...steps, bottom].map((at) => at.map((part) => Math.min(Math.max(part, 0), FINEST)));
    const losses = lossesAt(score, state, names, near.flatMap(valuesOf));
    const best = firstLowest(losses);
    bottom = bottomOf(losses, place, step);
    [place, loss] = [near[best], losses[best]];
    if (!best) step >>= 2;
  }
  return { at: valuesOf(place), loss };
}

/**
 * The bottom of the parabola through the losses around a place, or the place: small steps across and up lead along no ravine.
 *
 * @param {Float64Array} around
 * @param {number[]} place
 * @param {number} step
 */
function bottomOf([here, west, east, south, southWest, southEast, north, northWest, northEast], place, step) {
  const [x, y] = [(east - west) / 2, (north - south) / 2];
  const [xx, yy, xy] = [east - 2 * here + west, north - 2 * here + south, (northEast - northWest - southEast + southWest) / 4];
  const size = xx * yy - xy * xy;
  const way = [(xy * y - yy * x) / size, (xy * x - xx * y) / size];
  if (!(xx > 0 && size > 0 && way.every((part) => Math.abs(part) <= FARTHEST))) return place;
  return place.map((at, axis) => at + Math.floor(way[axis] * step + 0.501)); // a half, as it is where all is symmetric, goes up whatever its rounding
}

/**
 * The first of the losses that are as good as the least, or −1.
 *
 * @param {Float64Array} losses
 */
function firstLowest(losses) {
  const least = losses.reduce((a, b) => (b >= a || Number.isNaN(b) ? a : b), Infinity);
  return losses.findIndex((loss) => loss <= least + TIE * Math.abs(least));
}
