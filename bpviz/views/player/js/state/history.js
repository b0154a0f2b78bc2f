/** Training and its history: rounds applied, undo and redo. All of it stands in the model, so every display agrees. */

import { formatCount } from "../kit/format.js";
import { isSameTable } from "../engine/tables.js";
import { createDataHistory } from "./data_history.js";
import { fillWords } from "../kit/slots.js";
import { after, fresh, outcome } from "./moments.js";
import { trainingTold } from "./news.js";
import { createUndo } from "./timeline.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("./state.js").Model} Model */

/**
 * The history, as the variant that the model holds goes on with it.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {(variant: number) => import("../engine/runner.js").Runner} runnerOf
 * @param {import("./timeline.js").Timeline} line
 * @param {(changes: Record<string, any>) => void} write changes the model
 * @param {(sentence: string) => void} tell says what has happened
 */
export function createHistory(model, score, runnerOf, line, write, tell) {
  const { moments, variant, values, isSettled, add, commit } = line;
  const rounds = () => (isSettled() ? Number(model.get("rounds")) : 0);
  const start = () => (rounds() && moments().now.start) || values();
  const data = createDataHistory(model, score, runnerOf, line, tell);
  return {
    rounds,
    start,
    commit,
    data,
    tell,
    /**
     * What so many rounds do, from where they began.
     *
     * @param {number} count
     * @param {import("../engine/runner.js").Pace} [pace]
     */
    ahead: (count, pace) => runnerOf(variant()).rounds(start(), count, pace),
    /** Training that goes on from any values after so many rounds: rounds, or epochs where there is data. */
    walk: (/** @type {ArrayLike<number>} */ from, /** @type {number} */ gone, /** @type {number} */ count) =>
      score.data ? data.from(from, gone, count) : runnerOf(variant()).rounds(from, count),
    /** The same from any values round by round, where one loop can do that by now. */
    way: (/** @type {ArrayLike<number>} */ from, /** @type {number} */ count) => (score.data ? undefined : runnerOf(variant()).way(from, count)),
    walked: () => (score.data ? data.epochs() : rounds()),
    walkStart: () => (score.data ? data.start() : start()),
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
      add(fresh(moments().now, variant(), values(), table));
    },
    ...createTraining(score, runnerOf, line, rounds, start, data, tell),
    ...createUndo(line, score, tell),
  };
}

/**
 * Rounds of training, applied.
 *
 * @param {WholeScore} score
 * @param {(variant: number) => import("../engine/runner.js").Runner} runnerOf
 * @param {import("./timeline.js").Timeline} line
 * @param {() => number} rounds
 * @param {() => number[]} start
 * @param {ReturnType<typeof createDataHistory>} data
 * @param {(sentence: string) => void} tell
 */
function createTraining(score, runnerOf, { moments, variant, values, add, commit }, rounds, start, data, tell) {
  const { words } = score;
  const told = () => (!score.data ? words.said_trained : data.row() < 0 ? words.said_trained_here : words.said_trained_row);
  return {
    /** Apply so many rounds, or as many as leave finite numbers. */
    train(/** @type {number} */ wanted) {
      commit();
      const { done, givens } = outcome(runnerOf(variant()).rounds(values(), wanted), wanted);
      const { now } = moments();
      const epochs = data.epochs();
      tell(trainingTold(score, told(), done, wanted, { row: data.row() + 1 }));
      if (epochs && done) tell(fillWords(words.said_epochs_end, { n: formatCount(epochs, score.lang) }));
      // Python may have led the givens away and back: no round is applied then, though the moment counts some.
      if (done > 0) add(after(rounds() ? now : fresh(now, variant(), values()), done, givens));
    },
    /** Go to another variant: rounds applied before are trained again by its program, from where they began. */
    switchTo(/** @type {number} */ other) {
      commit();
      if (data.epochs()) return data.switchTo(other);
      const { done, givens } = outcome(runnerOf(other).rounds(start(), rounds()), rounds());
      add(after(fresh(moments().now, other, start()), done, givens));
    },
  };
}
