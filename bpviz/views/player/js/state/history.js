/** Training and its history: rounds applied, undo and redo. All of it stands in the model, so every display agrees. */

import { createDataTrainer, isSameTable } from "../engine/data_train.js";
import { createTrainer } from "../engine/train.js";
import { beatIn } from "../score/variants.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("./state.js").Model} Model */
/** @typedef {import("../engine/data_train.js").Table} Table */
/**
 * @typedef {{variant: number, rounds: number, start: number[] | null, givens: number[], epochs?: number, table?: Table}} Moment
 *   start: where the rounds or the epochs began; epochs and table: where there is data
 */
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
  const start = () => (rounds() && moments().now.start) || values();
  const data = createDataHistory(model, score, variant, line);
  return {
    trainer,
    rounds,
    start,
    commit,
    data,
    /** Change givens by hand: the rounds begin anew. The change can be taken back once it is committed. */
    change(/** @type {Record<string, number>} */ changes) {
      write(changes);
      write({ rounds: isSettled() ? moments().now.rounds : 0 });
    },
    /** Begin a run at these values and on this table, with no round applied; it can be taken back too. */
    reset(/** @type {Record<string, number>} */ first, table = data.table()) {
      write(first);
      const changed = !isSettled() || !isSameTable(table, data.table());
      if (!changed && !rounds() && !data.epochs()) return;
      add({ variant, rounds: 0, start: null, givens: values(), ...(score.data ? { table } : {}) });
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
      if (data.epochs()) return data.switchTo(other);
      const { done, givens } = trainFor(trainerOf(other), start(), rounds());
      add({ variant: other, rounds: done, start: done ? start() : null, givens });
    },
    ...createUndo(line),
  };
}

/**
 * Training on the table of data. Its epochs go on while a row's columns change; anything else begins a new run.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {number} variant
 * @param {ReturnType<typeof createTimeline>} line
 */
function createDataHistory(model, score, variant, { values, epochs, start, add, commit }) {
  const columns = score.data?.columns ?? [];
  const names = score.givens.map(({ name }) => name);
  const trainerOf = (/** @type {number} */ which) => createDataTrainer(score.variants[which].program, names, columns);
  const trainer = trainerOf(variant);
  /** @returns {Table} */
  const table = () => model.get("data");
  return {
    epochs,
    start,
    table,
    /** What trains on the table as it is, from the beginning of the run. */
    trainer: () => trainer.on(table(), 0),
    /** The mean loss over the rows, as the values are now. */
    mean() {
      const means = new Float64Array(1);
      trainer.on(table(), 0).run(values(), 0, means);
      return means[0];
    },
    /** Apply so many epochs, or as many as leave finite numbers. */
    train(/** @type {number} */ wanted) {
      commit();
      const { done, givens } = trainFor(trainer.on(table(), epochs()), values(), wanted);
      if (done > 0) add({ variant, rounds: 0, start: start(), givens, epochs: epochs() + done });
    },
    /** Change the table: the epochs begin anew. */
    change(/** @type {Table} */ next) {
      commit();
      add({ variant, rounds: 0, start: null, givens: values(), table: next });
    },
    /** Put a row's numbers where its columns are given; the epochs go on. */
    put(/** @type {number[]} */ row) {
      commit();
      const givens = values().map((value, index) => row[columns.indexOf(names[index])] ?? value);
      const begun = epochs();
      add({ variant, rounds: 0, start: begun ? start() : null, givens, epochs: begun });
    },
    /** The same epochs, from where they began, by another variant. */
    switchTo(/** @type {number} */ other) {
      const { done, givens } = trainFor(trainerOf(other).on(table(), 0), start(), epochs());
      const here = givens.map((value, index) => (columns.includes(names[index]) ? values()[index] : value));
      add({ variant: other, rounds: 0, start: done ? start() : null, givens: here, epochs: done });
    },
  };
}

/**
 * As many rounds as are wanted, or as many as leave finite numbers.
 *
 * @param {Pick<ReturnType<typeof createTrainer>, "run">} trainer
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
  const add = (/** @type {Moment} */ moment) => {
    const { past, now } = moments();
    const next = score.data ? { epochs: 0, table: model.get("data"), ...moment } : moment;
    show({ past: [...past, now].slice(-MOST_MOMENTS), now: next, future: [] });
  };
  const commit = () => {
    if (isSettled()) return;
    const begun = epochs();
    const more = score.data ? { epochs: begun } : {};
    add({ variant: variant(), rounds: 0, start: begun ? start() : null, givens: values(), ...more });
  };
  return { values, moments, isSettled, epochs, start, show, add, commit };
}
