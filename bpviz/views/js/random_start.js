/** Random weights by a seed: another start for training, the same one for everybody who takes the same seed. */

import { html } from "./dom.js";
import { createNote } from "./number_box.js";
import { createSeedBox } from "./seed_box.js";
import { MOST_SEED, randomNumbers } from "./seeded.js";
import { createButton } from "./train_buttons.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./panels.js").State} State */

/**
 * A value within its range for every given that the program trains, with two decimals; as bpviz/seeded.py rolls them.
 *
 * @param {Score} score
 * @param {number} seed
 * @returns {Record<string, number>}
 */
export function randomValues({ givens, program }, seed) {
  const next = randomNumbers(seed);
  const trained = givens.filter(({ name }) => Object.hasOwn(program.feedback, name));
  return Object.fromEntries(trained.map(({ name, low, high }) => [name, roundTo(low + (high - low) * next(), 2)]));
}

/**
 * @param {number} value
 * @param {number} decimals
 */
function roundTo(value, decimals) {
  return Number(value.toFixed(decimals)) + 0; // no -0
}

/**
 * @param {State} state
 * @param {(text: string) => void} announce says a message aloud
 */
export function createRandomStart(state, announce) {
  const { words } = state.score;
  const chance = createChance(state);
  const another = () => chance.randomise((chance.seed() + 1) % (MOST_SEED + 1));
  const box = createSeedBox(words, words.random_seed, chance.seed, chance.randomise, (text) => note.say(text));
  const note = createNote(box.element, announce);
  return {
    element: html("div", { class: "bpviz-random" },
      createButton(words.random, words.random, another),
      html("label", {}, words.data_seed, " ", box.element),
      note.element,
    ),
    paint: () => box.paint(chance.isRandom()),
  };
}

/** @param {State} state */
function createChance({ score, model, history, write }) {
  const seed = () => Number(model.get("random_seed"));
  return {
    seed,
    randomise(/** @type {number} */ next) {
      history.commit();
      history.change(randomValues(score, next));
      history.commit();
      write({ random_seed: next });
    },
    /** Whether the training began at the weights of this seed, or they stand there now. */
    isRandom() {
      const rolled = Object.entries(randomValues(score, seed()));
      const place = (/** @type {string} */ name) => score.givens.findIndex((given) => given.name === name);
      const starts = [history.start(), history.data.start()];
      return starts.some((start) => rolled.every(([name, value]) => start[place(name)] === value));
    },
  };
}
