/** What the learning rate does to a path on the surface; see calculation/surfaces.py. */

/** @typedef {import("./surface_numbers.js").Path} Path */
/** @typedef {"never" | "diverges" | "grows" | "still" | "large" | "small" | "good" | "above"} Regime above: it settles, but above the lowest place */

const ROUNDING = 1e-9; // of the largest step: smaller ones are rounding
const ABOVE = 0.01; // of all that the loss could fall: less above the lowest place is at it
const SETTLED = 0.1; // of what is left: a slower fall has settled

/**
 * @param {Regime} regime
 * @param {Path} path
 * @param {number} [lowest] the loss at the lowest place, if there is one
 * @returns {Regime}
 */
export function regimeBeside(regime, path, lowest) {
  return regime === "good" && lowest !== undefined && settlesAbove(path, lowest) ? "above" : regime;
}

/**
 * What the learning rate does to a path, were there no lower place.
 *
 * @param {Path} path
 * @param {number[]} trained the places of trained givens
 * @returns {Regime}
 */
export function regimeOf({ points, rounds, losses, divergedAt }, trained) {
  if (divergedAt !== null) return divergedAt ? "diverges" : "never";
  const last = losses.length - 1;
  const [first, half, end] = [losses[0], losses[last >> 1], losses[last]];
  if (losses.every((loss) => loss === first)) return "still";
  if (end > first) return "grows";
  const least = losses.reduce((a, b) => Math.min(a, b));
  const rises = losses.reduce((sum, loss, k) => sum + (k ? Math.max(loss - losses[k - 1], 0) : 0), 0);
  if (rises > first - least || turnsOften(points, rounds, trained)) return "large";
  return 2 * (half - end) > first - half ? "small" : "good";
}

/**
 * Whether a path has settled above a place, and not just a little; see Surface.regime.
 *
 * @param {Path} path
 * @param {number} lowest the loss there
 */
function settlesAbove({ losses }, lowest) {
  const last = losses.length - 1;
  const left = losses[last] - lowest;
  return left > ABOVE * (losses[0] - lowest) && losses[last >> 1] - losses[last] < SETTLED * left;
}

/**
 * @param {ArrayLike<number>[]} points
 * @param {number[]} rounds
 * @param {number[]} trained
 * @returns {boolean} whether most steps go back on the one before, as far as they are more than rounding
 */
function turnsOften(points, rounds, trained) {
  const [sizes, products] = [new Float64Array(points.length), new Float64Array(points.length)]; // of single steps; with the one before
  let [count, last] = [0, 0];
  for (let k = 1; k < points.length; k += 1) {
    if (rounds[k] - rounds[k - 1] !== 1) continue;
    for (const place of trained) {
      const step = points[k][place] - points[k - 1][place];
      sizes[count] += step * step;
      if (last) products[count] += step * (points[last][place] - points[last - 1][place]);
    }
    sizes[count] = Math.sqrt(sizes[count]);
    [count, last] = [count + 1, k];
  }
  const least = ROUNDING * sizes.reduce((a, b) => Math.max(a, b));
  let [pairs, turns] = [0, 0];
  for (let k = 1; k < count; k += 1) {
    if (!(sizes[k] > least && sizes[k - 1] > least)) continue;
    pairs += 1;
    if (products[k] < 0) turns += 1;
  }
  return 2 * turns > pairs;
}
