/** Where each phase of the story begins and ends; a phase may come back later. */

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./schema.js").Phase} Phase */
/** @typedef {{phase: Phase, first: number, last: number}} Run neighbouring beats of one phase */

/**
 * @param {Score} score
 * @returns {Run[]} in the order of the story
 */
export function phaseRuns({ beats, phases }) {
  /** @type {Run[]} */
  const runs = [];
  beats.forEach((beat, index) => {
    const previous = runs.at(-1);
    if (previous?.phase.id === beat.phase) previous.last = index;
    else {
      runs.push({
        phase: /** @type {Phase} */ (phases.find(({ id }) => id === beat.phase)),
        first: index,
        last: index,
      });
    }
  });
  return runs;
}

/**
 * @param {Run[]} runs
 * @param {number} index of a beat
 * @returns {Run} the run this beat belongs to
 */
export function runAt(runs, index) {
  return /** @type {Run} */ (runs.find((run) => index <= run.last));
}

/**
 * Where "previous phase" leads: back to the start of this one, and from there to the start of the one before.
 *
 * @param {Run[]} runs
 * @param {number} index of a beat
 */
export function previousPhase(runs, index) {
  return runs.filter((run) => run.first < index).at(-1)?.first ?? 0;
}

/**
 * Where "next phase" leads: to the start of the following one; in the last one, to the last beat.
 *
 * @param {Run[]} runs
 * @param {number} index of a beat
 */
export function nextPhase(runs, index) {
  return runs.find((run) => run.first > index)?.first ?? runs[runs.length - 1].last;
}
