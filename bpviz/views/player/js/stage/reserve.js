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
    /** Keep the room that the tallest of these beats needs, or the most that there is; what needs more scrolls. */
    keep(/** @type {number[]} */ beats, /** @type {number} */ most) {
      parts.forEach(({ element }, index) => {
        const wanted = Math.max(0, ...beats.map((beat) => heights[index][beat] ?? 0));
        const { style, classList } = /** @type {HTMLElement} */ (element);
        style.minHeight = `${Math.min(wanted, most)}px`;
        style.maxHeight = wanted > most ? `${most}px` : "";
        classList.toggle("bpviz-too-tall", wanted > most);
      });
    },
  };
}
