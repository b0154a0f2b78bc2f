/** What has just happened, told once everything is computed anew: what was done, and what the loss is now. */

import { formatCount } from "../kit/format.js";
import { sayNumber, sayToken } from "../kit/saying.js";
import { fillWords } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {ReturnType<typeof createNews>} News */

export function createNews() {
  /** @type {string[]} */
  let waiting = [];
  let wake = () => {};
  return {
    tell(/** @type {string} */ sentence) {
      waiting.push(sentence);
      wake();
    },
    /** Call back when there is something to tell. */
    listen: (/** @type {() => void} */ callback) => (wake = callback),
    /** What has happened since the last time. */
    take() {
      const told = waiting;
      waiting = [];
      return told;
    },
  };
}

/**
 * The loss as it is now, and over all rows where there are some.
 *
 * @param {import("./state.js").State} state
 */
export function lossNow({ telling, now, history, whole: { words, data } }) {
  const { program, quantities } = telling().score;
  if (!program.loss) return "";
  const name = sayToken(words, quantities[program.loss].speak);
  const loss = fillWords(words.said_value, { name, value: sayNumber(words, now(program.loss)) });
  return data ? `${loss} ${fillWords(words.said_mean, { value: sayNumber(words, history.data.mean()) })}` : loss;
}

/**
 * What training has done.
 *
 * @param {WholeScore} score
 * @param {string} done of the words, with a gap {n}
 * @param {number} count
 * @param {number} wanted
 * @param {Record<string, string | number>} [more] for other gaps
 */
export function trainingTold({ words, lang }, done, count, wanted, more = {}) {
  const told = fillWords(done, { n: formatCount(count, lang), ...more });
  return count < wanted ? `${told} ${words.said_stopped}` : told;
}
