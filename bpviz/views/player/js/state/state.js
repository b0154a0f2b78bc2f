/** The player's state, and redrawing when it changes. */

import { createMachine } from "../engine/evaluate.js";
import { createHistory } from "./history.js";
import { plainScore, tellChoices } from "../score/variants.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {ReturnType<typeof createState>} State */
/**
 * The state, held by the widget (or by its stand-in): the score, the variant shown, the beat, every given under its own name,
 * the rounds of training, the history of changes, the given that the slice follows, the table of data, the largest learning rate of the
 * schedules, the seed of random weights, and the panels that stand there.
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 * @property {{kernel?: {isDisposed: boolean, status: string} | null}} [widget_manager] knows the kernel, in JupyterLab
 */

/**
 * The player's state as the model holds it, while one variant is shown. Without a kernel the model still keeps it, only nobody listens.
 *
 * @param {Model} model
 * @param {WholeScore} whole
 * @param {number} variant
 */
export function createState(model, whole, variant) {
  const score = plainScore(whole, variant);
  const last = score.beats.length - 1;
  const write = (/** @type {Record<string, any>} */ changes) => {
    const news = Object.entries(changes).filter(([name, value]) => model.get(name) !== value);
    for (const [name, value] of news) model.set(name, value);
    if (news.length && hasKernel(model)) model.save_changes();
  };
  const names = score.givens.map((given) => given.name);
  const machine = createMachine(score.program, names);
  const revealed = new Map(names.map((name) => [name, 0]));
  score.beats.forEach((beat, index) => {
    for (const name of beat.reveals) if (!revealed.has(name)) revealed.set(name, index);
  });
  return {
    model,
    score,
    variant,
    choices: tellChoices(whole, variant),
    write,
    hasPanel: (/** @type {import("../score/schema.js").Panel} */ name) => model.get("panels").includes(name),
    history: createHistory(model, whole, variant, write),
    beat: () => Math.min(Math.max(Math.round(model.get("beat")) || 0, 0), last),
    goTo: (/** @type {number} */ index) => write({ beat: Math.min(Math.max(index, 0), last) }),
    run: () => machine.run((name) => model.get(name)),
    now: machine.value,
    value: (/** @type {string} */ name, /** @type {number} */ beat) =>
      (revealed.get(name) ?? Infinity) <= beat ? machine.value(name) : undefined,
  };
}

/**
 * Whether somebody may listen. Telling a kernel that is gone would only fill the console with errors.
 *
 * @param {Model} model
 */
function hasKernel({ widget_manager: manager }) {
  const kernel = manager?.kernel;
  return kernel !== null && !kernel?.isDisposed && kernel?.status !== "dead";
}

/**
 * Call at most once per frame whenever the state changes, and at once.
 *
 * @param {Model} model
 * @param {WholeScore} score
 * @param {() => void} draw
 * @returns {{redraw: () => void, stop: () => void}}
 */
export function keepDrawn(model, score, draw) {
  let frame = 0;
  const names = ["variant", "beat", "rounds", "history", "slice_of", "data", "largest_rate", "random_seed", ...score.givens.map(({ name }) => name)];
  const events = names.map((name) => `change:${name}`);
  const schedule = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  for (const event of events) model.on(event, schedule);
  draw();
  return {
    redraw: schedule,
    stop() {
      cancelAnimationFrame(frame);
      for (const event of events) model.off(event, schedule);
    },
  };
}
