/** Training on the table of data, and its history: epochs applied, rows changed. */

import { createDataTrainer } from "../engine/data_train.js";
import { trainFor } from "../engine/train.js";
import { afterEpochs, fresh } from "./moments.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("../engine/data_train.js").Table} Table */
/** @typedef {import("./state.js").Model} Model */

/**
 * Epochs go on while a row's columns change; anything else begins a new run.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {number} variant
 * @param {import("./timeline.js").Timeline} line
 */
export function createDataHistory(model, score, variant, { moments, values, epochs, start, add, commit }) {
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
      if (done > 0) add(afterEpochs(moments().now, done, givens));
    },
    /** Change the table: the epochs begin anew. */
    change(/** @type {Table} */ next) {
      commit();
      add(fresh(moments().now, variant, values(), next));
    },
    /** Put a row's numbers where its columns are given; the epochs go on. */
    put(/** @type {number[]} */ row) {
      commit();
      const givens = values().map((value, index) => row[columns.indexOf(names[index])] ?? value);
      add(afterEpochs(moments().now, 0, givens));
    },
    /** The same epochs, from where they began, by another variant. */
    switchTo(/** @type {number} */ other) {
      const { done, givens } = trainFor(trainerOf(other).on(table(), 0), start(), epochs());
      const here = givens.map((value, index) => (columns.includes(names[index]) ? values()[index] : value));
      add(afterEpochs(fresh(moments().now, other, start()), done, here));
    },
  };
}
