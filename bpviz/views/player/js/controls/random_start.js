/** Random weights by a seed: another start for training, the same one for everybody who takes the same seed. */

import { createButton } from "../kit/button.js";
import { html } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { createNote } from "../kit/number_box.js";
import { createSeedBox } from "../kit/seed_box.js";
import { MOST_SEED, randomNumbers } from "../engine/seeded.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../state/state.js").State} State */

/**
 * A value within its range for every given that the program trains, with two decimals; as ground/seeded.py rolls them.
 *
 * @param {Score} score
 * @param {number} seed
 * @returns {Record<string, number>}
 */
function randomValues({ givens, program }, seed) {
  const next = randomNumbers(seed);
  const learns = new Set(program.trained);
  const trained = givens.filter(({ name }) => learns.has(name));
  return Object.fromEntries(trained.map(({ name, low, high }) => [name, toHundredths(low + (high - low) * next())]));
}

/** @param {number} value */
function toHundredths(value) {
  return Math.floor(100 * value + 0.5) / 100; // not toFixed: Python rounds another way where the third decimal is exactly 5
}

/**
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 */
export function createRandomStart(state, announce) {
  const { words } = state.telling().score;
  const chance = createChance(state);
  const another = () => chance.randomise((chance.seed() + 1) % (MOST_SEED + 1));
  const say = (/** @type {string} */ text) => note.say(text);
  const box = createSeedBox(words, words.random_seed, chance.shown, chance.randomise, say, { again: true });
  const note = createNote(box.element, announce);
  return {
    element: html("div", { class: "bpviz-random" },
      createButton(words.random, words.random, another),
      html("label", {}, words.data_seed, " ", box.element),
      note.element,
    ),
    paint: box.paint,
  };
}

/** @param {State} state */
function createChance({ telling, model, history, write }) {
  const { score } = telling();
  const seed = () => Number(model.get("random_seed"));
  const places = Object.fromEntries(score.givens.map(({ name }, place) => [name, place]));
  /** @type {[string, number][]} */
  let rolled = [];
  let rolledBy = NaN; // the seed by which they were rolled
  return {
    seed,
    randomise(/** @type {number} */ next) {
      history.commit();
      history.reset(randomValues(score, next));
      write({ random_seed: next });
      history.tell(fillWords(score.words.said_random, { seed: next }));
    },
    /** The seed, where the training began at its weights or they stand there now; else null. */
    shown() {
      if (rolledBy !== seed()) rolled = Object.entries(randomValues(score, (rolledBy = seed())));
      const starts = [history.start(), history.data.start()];
      const isRandom = starts.some((start) => rolled.every(([name, value]) => start[places[name]] === value));
      return isRandom ? seed() : null;
    },
  };
}
