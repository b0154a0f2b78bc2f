/** Which quantities a part of a score shows. */

/**
 * Every quantity that a diagram, chip, caption or formula shows or means, wherever it stands.
 *
 * @param {unknown} part
 * @returns {string[]}
 */
export function namesShown(part) {
  if (typeof part !== "object" || part === null) return [];
  const { bp, ref, reveals = [] } = /** @type {{bp?: string, ref?: string, reveals?: string[]}} */ (part);
  const own = [bp, ref, ...reveals].filter((name) => name !== undefined);
  return [...own, ...Object.values(part).flatMap(namesShown)];
}
