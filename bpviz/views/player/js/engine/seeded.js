/** Seeded chance that every language rolls alike: mulberry32 and Fisher–Yates; with the same meaning as bpviz/ground/seeded.py. */

export const MOST_SEED = 2 ** 32 - 1;
const APART = 0x9e3779b9; // how far the seeds of two neighbouring epochs lie apart

/**
 * @param {number} seed whose lowest 32 bits begin it
 * @returns {() => number} the next number from 0 up to 1, by mulberry32
 */
export function randomNumbers(seed) {
  let bits = seed | 0;
  return () => {
    bits = (bits + 0x6d2b79f5) | 0;
    let mixed = Math.imul(bits ^ (bits >>> 15), bits | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * 0..count − 1 as an epoch presents them: shuffled by the seed and the epoch's number alone.
 *
 * @param {number} count
 * @param {number} seed
 * @param {number} epoch from 0
 */
export function orderOf(count, seed, epoch) {
  const places = Array.from({ length: count }, (_, index) => index);
  const next = randomNumbers((seed | 0) + Math.imul(epoch, APART));
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [places[last], places[other]] = [places[other], places[last]];
  }
  return places;
}
