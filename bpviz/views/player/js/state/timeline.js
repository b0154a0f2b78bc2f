/** Going back and forth between moments. They stand in the model, so every display agrees. */

import { beatIn } from "../score/variants.js";
import { fillWords } from "../kit/slots.js";
import { added, afterEpochs, fresh, MOST_MOMENTS } from "./moments.js";

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
  /** @returns {boolean} whether there was a change to keep */
  const commit = () => {
    if (isSettled()) return false;
    const { now } = moments();
    add(epochs() ? afterEpochs(now, 0, values()) : fresh(now, variant(), values()));
    return true;
  };
  return { variant, values, moments, isSettled, epochs, start, show, add, commit };
}

/**
 * One moment back, and on again.
 *
 * @param {Timeline} line
 * @param {WholeScore} score
 * @param {(sentence: string) => void} tell
 */
export function createUndo({ moments, isSettled, show, commit }, { givens, words }, tell) {
  const isFirst = () => {
    const { now } = moments();
    return !now.rounds && !now.epochs && now.givens.every((value, index) => value === givens[index].value);
  };
  const end = () => (isFirst() ? words.undo_all : fillWords(words.undo_ends, { n: MOST_MOMENTS }));
  const isAtEnd = () => !moments().past.length && isSettled();
  return {
    /** Why nothing more can be undone, once something was. */
    undoEnd: () => (isAtEnd() && moments().future.length ? end() : ""),
    canUndo: () => moments().past.length > 0 || !isSettled(),
    canRedo: () => moments().future.length > 0 && isSettled(),
    undo() {
      commit();
      const { past, now, future } = moments();
      const back = past.at(-1);
      if (back) show({ past: past.slice(0, -1), now: back, future: [now, ...future] });
      if (back) tell(words.said_undone);
      if (isAtEnd()) tell(end());
    },
    redo() {
      commit();
      const { past, now, future } = moments();
      if (future.length) show({ past: [...past, now], now: future[0], future: future.slice(1) });
      tell(future.length ? words.said_redone : words.redo_ends);
    },
  };
}
