/** Training and its history: rounds applied, undo and redo. All of it stands in the model, so every display agrees. */

import { isSameTable } from "../engine/data_train.js";
import { createTrainer, trainFor } from "../engine/train.js";
import { createDataHistory } from "./data_history.js";
import { after, fresh } from "./moments.js";
import { createTimeline, createUndo } from "./timeline.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("./state.js").Model} Model */

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
      add(fresh(moments().now, variant, values(), table));
    },
    /** Apply so many rounds, or as many as leave finite numbers. */
    train(/** @type {number} */ wanted) {
      commit();
      const { done, givens } = trainFor(trainer, values(), wanted);
      const { now } = moments();
      // Python may have led the givens away and back: no round is applied then, though the moment counts some.
      if (done > 0) add(after(rounds() ? now : fresh(now, variant, values()), done, givens));
    },
    /** Go to another variant: rounds applied before are trained again by its program, from where they began. */
    switchTo(/** @type {number} */ other) {
      commit();
      if (data.epochs()) return data.switchTo(other);
      const { done, givens } = trainFor(trainerOf(other), start(), rounds());
      add(after(fresh(moments().now, other, start()), done, givens));
    },
    ...createUndo(line),
  };
}
