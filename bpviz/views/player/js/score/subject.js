/** What the story is about: the trained given that a beat tells, and the step that is its gradient. */

/** @typedef {import("./schema.js").Score} Score */

/**
 * @param {Score} score
 * @returns {(chosen: string, beat: number) => string} the chosen given; or the one that this beat is about, or the latest
 *   before it, or the first of all
 */
export function createSubjects({ beats, program }) {
  const trained = new Set(program.trained);
  const first = beats.map(({ about }) => about).find((given) => trained.has(given)) ?? program.trained[0];
  let latest = first;
  const subjects = beats.map(({ about }) => (latest = trained.has(about) ? about : latest));
  return (chosen, beat) => (trained.has(chosen) ? chosen : subjects[beat]);
}

/**
 * @param {Score} score
 * @param {string} given
 * @returns {string} what the update takes for the gradient of the loss by a given, or ""
 */
export function gradientOf({ program }, given) {
  return program.gradients[given] ?? "";
}
