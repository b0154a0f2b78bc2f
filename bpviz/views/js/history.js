/** Training and its history: rounds applied, undo and redo. All of it stands in the model, so every display agrees. */

import { createTrainer } from "./train.js";
import { beatIn } from "./variants.js";

/** @typedef {import("./schema.js").WholeScore} WholeScore */
/** @typedef {import("./state.js").Model} Model */
/** @typedef {{variant: number, rounds: number, start: number[] | null, givens: number[]}} Moment start: where the rounds began */
/** @typedef {{past: Moment[], now: Moment, future: Moment[]}} Moments now: as it was after the last finished change */

const MOST_MOMENTS = 50; // what one may take back: all of it travels to the kernel with each change

/**
 * The history as one variant goes on with it.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {number} variant
 * @param {(changes: Record<string, any>) => void} write changes the model
 */
export function createHistory(model, score, variant, write) {
  const trainerOf = (/** @type {number} */ which) =>
    createTrainer(score.variants[which].program, score.givens.map(({ name }) => name));
  const trainer = trainerOf(variant);
  const line = createTimeline(model, score, write);
  const { moments, values, isSettled, add, commit } = line;
  const rounds = () => (isSettled() ? Number(model.get("rounds")) : 0);
  const start = () => (isSettled() && moments().now.start) || values();
  return {
    trainer,
    rounds,
    start,
    commit,
    /** Change givens by hand: the rounds begin anew. The change can be taken back once it is committed. */
    change(/** @type {Record<string, number>} */ changes) {
      write(changes);
      write({ rounds: isSettled() ? moments().now.rounds : 0 });
    },
    /** Back to these values, with no round applied; it can be taken back too. */
    reset(/** @type {Record<string, number>} */ first) {
      write(first);
      if (!isSettled() || rounds() > 0) add({ variant, rounds: 0, start: null, givens: values() });
    },
    /** Apply so many rounds, or as many as leave finite numbers. */
    train(/** @type {number} */ wanted) {
      commit();
      const { done, givens } = trainFor(trainer, values(), wanted);
      if (done > 0) add({ variant, rounds: rounds() + done, start: start(), givens });
    },
    /** Go to another variant: rounds applied before are trained again by its program, from where they began. */
    switchTo(/** @type {number} */ other) {
      commit();
      const { done, givens } = trainFor(trainerOf(other), start(), rounds());
      add({ variant: other, rounds: done, start: done ? start() : null, givens });
    },
    ...createUndo(line),
  };
}

/**
 * As many rounds as are wanted, or as many as leave finite numbers.
 *
 * @param {ReturnType<typeof createTrainer>} trainer
 * @param {number[]} start
 * @param {number} wanted
 */
function trainFor(trainer, start, wanted) {
  if (!wanted) return { done: 0, givens: start };
  const { values, divergedAt } = trainer.run(start, wanted);
  const done = divergedAt === null ? wanted : Math.max(divergedAt - 1, 0);
  return { done, givens: values };
}

/**
 * One moment back, and on again.
 *
 * @param {ReturnType<typeof createTimeline>} line
 */
function createUndo({ moments, isSettled, show, commit }) {
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

/**
 * The moments one can go back and forth between, and where the givens stand.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {(changes: Record<string, any>) => void} write changes the model
 */
function createTimeline(model, score, write) {
  const names = score.givens.map((given) => given.name);
  const values = () => names.map((name) => Number(model.get(name)));
  /** @returns {Moments} */
  const moments = () => model.get("history");
  const variant = () => Number(model.get("variant"));
  /** False while a slider is dragged, or after Python changed a given: that is the beginning of a new run. */
  const isSettled = () => {
    const { now } = moments();
    return now.variant === variant() && now.givens.every((value, index) => value === model.get(names[index]));
  };
  const show = (/** @type {Moments} */ next) => {
    const own = Object.fromEntries(names.map((name, index) => [name, next.now.givens[index]]));
    const beat = beatIn(score, variant(), next.now.variant, Number(model.get("beat")));
    write({ ...own, rounds: next.now.rounds, history: next, variant: next.now.variant, beat });
  };
  const add = (/** @type {Moment} */ moment) => {
    const { past, now } = moments();
    show({ past: [...past, now].slice(-MOST_MOMENTS), now: moment, future: [] });
  };
  const commit = () => {
    if (!isSettled()) add({ variant: variant(), rounds: 0, start: null, givens: values() });
  };
  return { values, moments, isSettled, show, add, commit };
}
