/** Training on the table of data, and its history: epochs applied, rows changed. */

import { asRows, orderOfEpochs } from "../engine/tables.js";
import { fillWords } from "../kit/slots.js";
import { afterEpochs, fresh, outcome } from "./moments.js";
import { trainingTold } from "./news.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("../engine/tables.js").Table} Table */
/** @typedef {import("./state.js").Model} Model */

/**
 * Epochs go on while a row's columns change; anything else begins a new run.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {(variant: number) => import("../engine/runner.js").Runner} runnerOf
 * @param {import("./timeline.js").Timeline} line
 * @param {(sentence: string) => void} tell
 */
export function createDataHistory(model, score, runnerOf, { moments, variant, values, epochs, start, add, commit }, tell) {
  const { words } = score;
  const columns = score.data?.columns ?? [];
  const names = score.givens.map(({ name }) => name);
  /** @returns {Table} */
  const table = () => model.get("data");
  const run = (/** @type {ArrayLike<number>} */ from, /** @type {number} */ gone, /** @type {number} */ count, which = variant()) =>
    runnerOf(which).epochs(from, count, asRows(columns, table().rows), orderOfEpochs(table(), gone, count));
  const withColumns = (/** @type {number[]} */ givens) =>
    givens.map((value, index) => (columns.includes(names[index]) ? values()[index] : value));
  return {
    epochs,
    start,
    table,
    /** What so many epochs on the table as it is do, from any values on, after those that went before. */
    from: (/** @type {ArrayLike<number>} */ givens, /** @type {number} */ gone, /** @type {number} */ count) => run(givens, gone, count),
    /** The place of the row whose numbers the columns have now, -1 without one. */
    row: () => (table()?.rows ?? []).findIndex((row) => columns.every((name, at) => values()[names.indexOf(name)] === row[at])),
    /** What so many epochs on the table as it is do, from where they began. */
    ahead: (/** @type {number} */ count) => run(start(), 0, count),
    /** The mean loss over the rows, as the values are now. */
    mean: () => run(values(), 0, 0).losses[0],
    /** Apply so many epochs, or as many as leave finite numbers. */
    train(/** @type {number} */ wanted) {
      commit();
      const { done, givens } = outcome(run(values(), epochs(), wanted), wanted);
      if (done > 0) add(afterEpochs(moments().now, done, withColumns(givens)));
      tell(trainingTold(score, words.said_epochs, done, wanted));
    },
    /** Change the table: the epochs begin anew. */
    change(/** @type {Table} */ next) {
      commit();
      add(fresh(moments().now, variant(), values(), next));
      tell(words.said_table);
    },
    /** Put a row's numbers where its columns are given; the epochs go on. */
    put(/** @type {number[]} */ row) {
      commit();
      const givens = values().map((value, index) => row[columns.indexOf(names[index])] ?? value);
      add(afterEpochs(moments().now, 0, givens));
      tell(fillWords(words.said_row, { n: table().rows.indexOf(row) + 1 }));
    },
    /** The same epochs, from where they began, by another variant. */
    switchTo(/** @type {number} */ other) {
      const { done, givens } = outcome(run(start(), 0, epochs(), other), epochs());
      add(afterEpochs(fresh(moments().now, other, start()), done, withColumns(givens)));
    },
  };
}
