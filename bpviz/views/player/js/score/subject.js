/** What the story is about: the trained given whose gradient or new value a beat tells. */

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Beat} Beat */

/**
 * @param {Score} score
 * @param {string} chosen
 * @param {number} beat
 * @returns {string} the chosen given, or the one that the latest gradient or update so far was about, or the first such
 */
export function weightAt(score, chosen, beat) {
  if (Object.hasOwn(score.program.feedback, chosen)) return chosen;
  const told = score.beats.map((each) => subjectAt(score, each));
  return told.slice(0, beat + 1).findLast(Boolean) ?? told.find(Boolean) ?? Object.keys(score.program.feedback)[0];
}

/**
 * @param {Score} score
 * @param {string} given
 * @returns {string | undefined} the quantity that is the gradient of the loss for a given
 */
export function gradientOf({ quantities, program }, given) {
  return Object.keys(quantities).find((name) => {
    const { check } = quantities[name];
    return check?.[0] === program.loss && check[1] === given;
  });
}

/**
 * @param {Score} score
 * @param {Beat} beat
 * @returns {string} the first trained given whose gradient or new value this beat tells, or ""
 */
export function subjectAt(score, { reveals }) {
  return reveals.map((name) => subjectOf(score, name)).find(Boolean) ?? "";
}

/**
 * @param {Score} score
 * @param {string} name
 * @returns {string | undefined} the trained given whose gradient or new value this quantity is
 */
function subjectOf(score, name) {
  return Object.keys(score.program.feedback).find(
    (given) => score.program.feedback[given] === name || gradientOf(score, given) === name,
  );
}
