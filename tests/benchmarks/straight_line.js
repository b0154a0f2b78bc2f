/** CASE 2 trained as a good user would write it: local numbers, nothing computed twice. Returns the loss before each round. */
window.straightLine = (rounds) => {
  const eta = 0.5;
  const [i1, i2, t1, t2, b1, b2] = [0.05, 0.1, 0.01, 0.99, 0.35, 0.6];
  let [w1, w2, w3, w4, w5, w6, w7, w8] = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55];
  const losses = new Float64Array(rounds);
  for (let round = 0; round < rounds; round += 1) {
    const h1 = 1 / (1 + Math.exp(-(w1 * i1 + w2 * i2 + b1)));
    const h2 = 1 / (1 + Math.exp(-(w3 * i1 + w4 * i2 + b1)));
    const o1 = 1 / (1 + Math.exp(-(w5 * h1 + w6 * h2 + b2)));
    const o2 = 1 / (1 + Math.exp(-(w7 * h1 + w8 * h2 + b2)));
    const [e1, e2] = [o1 - t1, o2 - t2];
    losses[round] = 0.5 * e1 * e1 + 0.5 * e2 * e2;
    const d1 = e1 * o1 * (1 - o1);
    const d2 = e2 * o2 * (1 - o2);
    const g1 = (d1 * w5 + d2 * w7) * h1 * (1 - h1);
    const g2 = (d1 * w6 + d2 * w8) * h2 * (1 - h2);
    w5 -= eta * d1 * h1;
    w6 -= eta * d1 * h2;
    w7 -= eta * d2 * h1;
    w8 -= eta * d2 * h2;
    w1 -= eta * g1 * i1;
    w2 -= eta * g1 * i2;
    w3 -= eta * g2 * i1;
    w4 -= eta * g2 * i2;
  }
  return losses;
};
