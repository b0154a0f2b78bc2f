/** Room that formulas and captions keep free, so that nothing jumps from beat to beat. */

/** @typedef {{element: Element, measure: () => number[]}} Measured its height at every beat, in CSS pixels */

/** @param {Measured[]} parts */
export function createReserve(parts) {
  /** @type {number[][]} */
  let heights = parts.map(() => []);
  return {
    /** Measure anew: the parts have another width or other letters. */
    measure() {
      heights = parts.map((part) => part.measure());
    },
    /** Keep the room that the tallest of these beats needs. */
    keep(/** @type {number[]} */ beats) {
      parts.forEach(({ element }, index) => {
        const most = Math.max(0, ...beats.map((beat) => heights[index][beat] ?? 0));
        /** @type {HTMLElement} */ (element).style.minHeight = `${most}px`;
      });
    },
  };
}
