/** Going back and forth between moments. They stand in the model, so every display agrees. */

import { beatIn } from "../score/variants.js";
import { added, afterEpochs, fresh } from "./moments.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("./state.js").Model} Model */
/** @typedef {ReturnType<typeof createTimeline>} Timeline */
/** @typedef {import("./moments.js").Moment} Moment */
/** @typedef {import("./moments.js").Moments} Moments */

/**
 * The moments one can go back and forth between, and where the givens stand.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {() => number} variant the one that the model holds
 * @param {(changes: Record<string, any>) => void} write changes the model
 */
export function createTimeline(model, score, variant, write) {
  const names = score.givens.map((given) => given.name);
  const values = () => names.map((name) => Number(model.get(name)));
  /** @returns {Moments} */
  const moments = () => model.get("history");
  /** False while a slider is dragged, or after Python changed a given: that is the beginning of a new run. */
  const isSettled = () => {
    const { now } = moments();
    return now.variant === variant() && now.givens.every((value, index) => value === model.get(names[index]));
  };
  const columns = score.data?.columns ?? [];
  const epochs = () => {
    const { now } = moments();
    const same = now.givens.every((value, index) => columns.includes(names[index]) || value === model.get(names[index]));
    return same && now.variant === variant() ? (now.epochs ?? 0) : 0;
  };
  const start = () => (epochs() && moments().now.start) || values();
  const show = (/** @type {Moments} */ next) => {
    const own = Object.fromEntries(names.map((name, index) => [name, next.now.givens[index]]));
    const beat = beatIn(score, variant(), next.now.variant, Number(model.get("beat")));
    const table = next.now.table ? { data: next.now.table } : {};
    write({ ...own, ...table, rounds: next.now.rounds, history: next, variant: next.now.variant, beat });
  };
  const add = (/** @type {Moment} */ moment) => show(added(moments(), moment));
  const commit = () => {
    if (isSettled()) return;
    const { now } = moments();
    add(epochs() ? afterEpochs(now, 0, values()) : fresh(now, variant(), values()));
  };
  return { variant, values, moments, isSettled, epochs, start, show, add, commit };
}

/**
 * One moment back, and on again.
 *
 * @param {Timeline} line
 */
export function createUndo({ moments, isSettled, show, commit }) {
  return {
    canUndo: () => moments().past.length > 0 || !isSettled(),
    canRedo: () => moments().future.length > 0 && isSettled(),
    undo() {
      commit();
      const { past, now, future } = moments();
      const back = past.at(-1);
      if (back) show({ past: past.slice(0, -1), now: back, future: [now, ...future] });
    },
    redo() {
      commit();
      const { past, now, future } = moments();
      if (future.length) show({ past: [...past, now], now: future[0], future: future.slice(1) });
    },
  };
}
