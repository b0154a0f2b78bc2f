/** Room that formulas and captions keep free, so that nothing jumps from beat to beat. */

/** @typedef {{element: Element, measure: () => number[]}} Measured its height at every beat, in CSS pixels */

/** @param {Measured[]} parts */
export function createReserve(parts) {
  /** @type {number[][] | null} */
  let heights = null;
  return {
    /** The parts have another width or other letters: measure them anew before they keep room again. */
    forget() {
      heights = null;
    },
    /** Keep the room that the tallest of these beats needs, or the most that there is; what needs more scrolls. */
    keep(/** @type {number[]} */ beats, /** @type {number} */ most) {
      const known = (heights ??= parts.map((part) => part.measure()));
      parts.forEach(({ element }, index) => {
        const wanted = Math.max(0, ...beats.map((beat) => known[index][beat] ?? 0));
        const { style, classList } = /** @type {HTMLElement} */ (element);
        style.minHeight = `${Math.min(wanted, most)}px`;
        style.maxHeight = wanted > most ? `${most}px` : "";
        classList.toggle("bpviz-too-tall", wanted > most);
      });
    },
  };
}
