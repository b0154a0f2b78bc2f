/** The loss over many rounds: computed whole, drawn by samples, on axes of decades. */

/** @typedef {import("../kit/plot.js").Axis} Axis */
/** @typedef {[number, number][]} Samples round and the loss after it */
/** @typedef {{samples: Samples, divergedAt: number | null, zeroAt: number | null}} Curve */

const SAMPLES = 200;
const MOST_TICKS = 5;
const MOST_DECADES = 7;

/**
 * @param {import("../engine/runner.js").Training} training
 * @returns {Curve} samples end where the loss stops being a number; zeroAt: the first sampled round without any error
 */
export function lossCurve({ losses, divergedAt }) {
  const rounds = losses.length - 1;
  const last = divergedAt === null ? rounds : divergedAt - 1;
  const sampled = [...new Set(sampleRounds(rounds).map((round) => Math.min(round, last)))].filter((k) => k >= 0);
  /** @type {Samples} */
  const samples = sampled.map((round) => [round, losses[round]]);
  return { samples, divergedAt, zeroAt: samples.find(([, loss]) => loss === 0)?.[0] ?? null };
}

/**
 * Rounds from 0 on whose distances grow as the axis shrinks them.
 *
 * @param {number} rounds the last one
 */
function sampleRounds(rounds) {
  const grow = Math.log1p(rounds) / (SAMPLES - 1);
  return Array.from({ length: SAMPLES }, (_, index) => Math.round(Math.expm1(index * grow)));
}

/**
 * Rounds on a logarithmic axis that begins at 0: round k stands at log(1 + k).
 *
 * @param {number} rounds
 * @returns {Axis}
 */
export function roundsAxis(rounds) {
  const last = Math.floor(Math.log10(rounds));
  const step = Math.ceil((last + 1) / MOST_DECADES);
  const decades = Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => roundsTick(index * step));
  const width = Math.log1p(rounds);
  return {
    ticks: [{ value: 0, text: "0" }, ...decades],
    place: (round) => Math.log1p(round) / width,
  };
}

/** @param {number} power */
function roundsTick(power) {
  const value = 10 ** power;
  return power < 3 ? { value, text: String(value) } : power < 6 ? { value, text: `${value / 1000}k` } : powerTick(power);
}

/**
 * A logarithmic axis of whole decades around the losses. No error at all stands on its lower end.
 *
 * @param {number[]} losses
 * @returns {Axis}
 */
export function lossAxis(losses) {
  const sizes = losses.filter((loss) => loss > 0 && loss < Infinity);
  const [least, most] = sizes.length ? [Math.min(...sizes), Math.max(...sizes)] : [0.1, 0.1];
  const lowest = Math.floor(Math.log10(least));
  const high = Math.max(Math.ceil(Math.log10(most)), lowest + 1);
  const step = Math.ceil((high - lowest) / (MOST_TICKS - 1));
  const count = Math.ceil((high - lowest) / step) + 1;
  const low = high - (count - 1) * step; // a tick stands at both ends
  return {
    ticks: Array.from({ length: count }, (_, index) => powerTick(high - index * step)),
    place: (loss) => (loss > 0 ? (Math.log10(loss) - low) / (high - low) : 0),
  };
}

/** @param {number} power */
function powerTick(power) {
  const digits = String(Math.abs(power)).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  return { value: 10 ** power, text: power === 0 ? "1" : `10${power < 0 ? "⁻" : ""}${power === 1 ? "" : digits}` };
}
