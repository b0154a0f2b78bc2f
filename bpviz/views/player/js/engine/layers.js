/** Layers in matrix form: both passes for one example, as bpviz/matrices/passes.py has them for a batch. */

/** @typedef {{weights: number[][][], biases: number[][], hidden: string}} Layers weights[l][to][from]; softmax at the end */

/** @type {Record<string, {apply: (z: number) => number, slope: (a: number) => number}>} slope: by the output */
const HIDDEN = {
  identity: { apply: (z) => z, slope: () => 1 },
  sigmoid: { apply: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) },
  tanh: { apply: Math.tanh, slope: (a) => 1 - a * a },
  relu: { apply: (z) => Math.max(z, 0), slope: (a) => (a > 0 ? 1 : 0) },
  leaky_relu: { apply: (z) => (z > 0 ? z : 0.01 * z), slope: (a) => (a > 0 ? 1 : 0.01) },
  softplus: { apply: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: (a) => -Math.expm1(-a) },
};

/** @param {number[]} scores */
function softmaxOf(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * @param {Layers} layers
 * @param {number[]} x
 * @returns {number[][]} the activations of every layer, the inputs first
 */
export function forwardThrough({ weights, biases, hidden }, x) {
  const activations = [x];
  weights.forEach((W, l) => {
    const a = activations[l];
    const z = W.map((row, to) => row.reduce((sum, w, from) => sum + w * a[from], 0) + biases[l][to]);
    activations.push(l === weights.length - 1 ? softmaxOf(z) : z.map(HIDDEN[hidden].apply));
  });
  return activations;
}

/**
 * @param {Layers} layers
 * @param {number[][]} activations
 * @param {number} wanted the class that is the target
 * @returns {number[]} ∂L/∂x, where L is the cross-entropy
 */
export function gradientOfInputs({ weights, hidden }, activations, wanted) {
  let dz = activations[activations.length - 1].map((a, k) => a - (k === wanted ? 1 : 0));
  for (let l = weights.length - 1; l >= 0; l -= 1) {
    const W = weights[l];
    const back = activations[l].map((_, from) => dz.reduce((sum, d, to) => sum + d * W[to][from], 0));
    if (l === 0) return back;
    dz = back.map((d, from) => d * HIDDEN[hidden].slope(activations[l][from]));
  }
  return dz;
}
