/** What learns, and training it step by step or by one loop. */

import { loadProgram } from "./evaluate.js";
import { registersOf } from "./work.js";

/** @typedef {import("./evaluate.js").Program} Program */
/** @typedef {import("./runner.js").Training} Training */
/** @typedef {import("./runner.js").Values} Values */
/** @typedef {ReturnType<typeof createPupil>} Pupil */

/**
 * What learns: registers, of which some are trained.
 *
 * @param {Program} program
 * @param {Int32Array} places of the givens
 */
export function createPupil(program, places) {
  const { registers } = loadProgram(program);
  const [trained, news] = [Object.keys, Object.values].map((part) => registersOf(program, part(program.feedback)));
  const fed = new Float64Array(trained.length);
  return {
    registers,
    trained,
    news,
    set(/** @type {Values} */ values) {
      for (let k = 0; k < places.length; k += 1) registers[places[k]] = values[k];
    },
    values(from = registers) {
      const found = new Float64Array(places.length);
      for (let k = 0; k < places.length; k += 1) found[k] = from[places[k]];
      return found;
    },
    isFinite: () => trained.every((place) => Number.isFinite(registers[place])),
    feedBack() {
      for (let i = 0; i < fed.length; i += 1) fed[i] = registers[news[i]];
      for (let i = 0; i < fed.length; i += 1) registers[trained[i]] = fed[i];
    },
  };
}

/**
 * Measure, and change the values, until all rounds are done or a number is not finite.
 *
 * @param {Pupil} pupil
 * @param {Values} start
 * @param {number} rounds
 * @param {{measure: (round: number) => number, change: (round: number) => void}} steps measure the loss; change what is trained
 * @returns {Training}
 */
export function train({ registers, set, values, isFinite: isSound }, start, rounds, { measure, change }) {
  set(start);
  const losses = new Float64Array(rounds + 1);
  const before = registers.slice();
  for (let round = 0; ; round += 1) {
    losses[round] = measure(round);
    if (!Number.isFinite(losses[round]) || !isSound()) {
      losses.fill(NaN, round + 1);
      return { losses, values: values(before), divergedAt: round };
    }
    before.set(registers);
    if (round === rounds) return { losses, values: values(), divergedAt: null };
    change(round);
  }
}

/**
 * The same by a loop that only says how far it came: the values of the round before divergence it computes once more.
 *
 * @param {Pupil} pupil
 * @param {Values} start
 * @param {number} rounds
 * @param {(rounds: number) => ReturnType<import("./wasm.js").Loop>} loop
 * @returns {Training}
 */
export function trainFast({ set, values, isFinite: isSound }, start, rounds, loop) {
  set(start);
  const { results: losses, left } = loop(rounds);
  const last = rounds - left;
  if (Number.isFinite(losses[last]) && isSound()) return { losses, values: values(), divergedAt: null };
  losses.fill(NaN, last + 1);
  set(start);
  if (last > 0) loop(last - 1);
  return { losses, values: values(), divergedAt: last };
}

/**
 * Round by round, by a loop that notes beside each loss what is trained.
 *
 * @param {Pupil} pupil
 * @param {Values} start
 * @param {number} rounds
 * @param {(rounds: number, room: number) => ReturnType<import("./wasm.js").Loop>} loop
 * @returns {import("./runner.js").Way}
 */
export function walkFast({ registers, trained, set, values, isFinite: isSound }, start, rounds, loop) {
  set(start);
  const width = 1 + trained.length;
  const { results, left } = loop(rounds, (rounds + 1) * width);
  /** @type {import("./runner.js").Way} */
  const way = { losses: new Float64Array(rounds + 1).fill(NaN), points: [], divergedAt: null };
  for (let round = 0; round <= rounds - left; round += 1) {
    way.losses[round] = results[round * width];
    for (let k = 0; k < trained.length; k += 1) registers[trained[k]] = results[round * width + 1 + k];
    if (!Number.isFinite(way.losses[round]) || !isSound()) return { ...way, divergedAt: round };
    way.points.push(values());
  }
  return way;
}
