/** The player's state, and redrawing when it changes. */

import { createMachine } from "../engine/evaluate.js";
import { createRunner } from "../engine/runner.js";
import { attempt, tellKernel } from "../kit/tell_kernel.js";
import { createHistory } from "./history.js";
import { createNews } from "./news.js";
import { namesWith, openedScore, openingsNamed } from "../score/openings.js";
import { plainScore, tellChoices } from "../score/variants.js";
import { createTimeline } from "./timeline.js";

/** @typedef {import("../score/schema.js").WholeScore} WholeScore */
/** @typedef {import("../engine/runner.js").Rows} Rows */
/** @typedef {ReturnType<typeof createState>} State */
/**
 * The state, held by the widget (or by its stand-in): the score, the variant shown, the beat, every given under its own name,
 * the rounds of training, the history of changes, the given that the slice follows, the two that the surface stands on, the
 * table of data, the largest learning rate of the schedules, the seed of random weights, the panels that stand there, which of
 * them is in front, and what PyTorch finds.
 *
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 * @property {{kernel?: {isDisposed: boolean, status: string} | null}} [widget_manager] knows the kernel, in JupyterLab
 */

/** What the model holds beside the givens and changes while one looks. */
const OWN_NAMES = ["variant", "beat", "rounds", "history", "slice_of", "surface_x", "surface_y", "data", "largest_rate", "random_seed", "front", "opened", "pytorch"];

/**
 * The player's state as the model holds it, whichever variant is shown. Without a kernel the model still keeps it, only
 * nobody listens.
 *
 * @param {Model} model
 * @param {WholeScore} whole
 */
export function createState(model, whole) {
  const write = (/** @type {Record<string, any>} */ changes) => {
    const news = Object.entries(changes).filter(([name, value]) => model.get(name) !== value);
    for (const [name, value] of news) model.set(name, value);
    if (news.length) tellKernel(model);
  };
  const variant = () => Math.min(Math.max(Math.round(model.get("variant")) || 0, 0), whole.variants.length - 1);
  const runnerOf = createRunners(whole);
  const line = createTimeline(model, whole, variant, write);
  const view = createView(model, whole, variant);
  const news = createNews();
  const within = (/** @type {number} */ beat) => Math.min(Math.max(beat, 0), view.telling().score.beats.length - 1);
  return {
    model,
    whole,
    write,
    variant,
    hasPanel: (/** @type {import("../score/schema.js").Panel} */ name) => model.get("panels").includes(name),
    news,
    history: createHistory(model, whole, runnerOf, line, write, news.tell),
    /** The quantities wanted, where each row sets some givens and the others are as they are; row after row. */
    each: (/** @type {Rows} */ rows, /** @type {string[]} */ wanted) => runnerOf(variant()).each(line.values(), rows, wanted),
    beat: () => within(Math.round(model.get("beat")) || 0),
    goTo: (/** @type {number} */ index) => write({ beat: within(index) }),
    open: (/** @type {string} */ node) => write({ opened: namesWith(whole, String(model.get("opened")), node) }),
    ...view,
  };
}

/**
 * What is seen: the telling of one variant, until `follow` goes on to another one.
 *
 * @param {Model} model
 * @param {WholeScore} whole
 * @param {() => number} variant the one that the model holds
 */
function createView(model, whole, variant) {
  const opened = () => openingsNamed(whole, String(model.get("opened") ?? ""));
  let shown = createTelling(whole, variant(), opened());
  return {
    telling: () => shown,
    /** Go on to the variant and the opened nodes that the model holds; whether those are others. */
    follow() {
      const now = opened();
      if (shown.variant === variant() && String(shown.opened.map(({ node }) => node)) === String(now.map(({ node }) => node))) return false;
      shown = createTelling(whole, variant(), now);
      return true;
    },
    /** Compute everything from the values as they are. */
    run: () => shown.machine.run((name) => model.get(name)),
    now: (/** @type {string} */ name) => shown.machine.value(name),
    value: (/** @type {string} */ name, /** @type {number} */ beat) =>
      (shown.revealed.get(name) ?? Infinity) <= beat ? shown.machine.value(name) : undefined,
  };
}

/**
 * One variant of a score: its program in a machine, and the beat that reveals each of its quantities.
 *
 * @param {WholeScore} whole
 * @param {number} variant
 * @param {import("../score/schema.js").Opening[]} opened
 */
function createTelling(whole, variant, opened) {
  const score = openedScore(plainScore(whole, variant), whole, opened);
  const names = score.givens.map(({ name }) => name);
  const revealed = new Map(names.map((name) => [name, 0]));
  score.beats.forEach((beat, index) => {
    for (const name of beat.reveals) if (!revealed.has(name)) revealed.set(name, index);
  });
  return { variant, opened, score, choices: tellChoices(whole, variant), machine: createMachine(score.program, names), revealed };
}

/**
 * A runner for each variant, made once.
 *
 * @param {WholeScore} whole
 */
function createRunners({ givens, variants }) {
  const names = givens.map(({ name }) => name);
  /** @type {import("../engine/runner.js").Runner[]} */
  const runners = [];
  return (/** @type {number} */ variant) => (runners[variant] ??= createRunner(variants[variant].program, names));
}

/**
 * Call at most once per frame whenever the state changes, and at once.
 *
 * @param {State} state
 * @param {() => void} draw
 * @returns {{redraw: () => void, stop: () => void}}
 */
export function keepDrawn({ model, whole, news }, draw) {
  let frame = 0;
  const events = [...OWN_NAMES, ...whole.givens.map(({ name }) => name)].map((name) => `change:${name}`);
  const schedule = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  for (const event of events) model.on(event, schedule);
  news.listen(schedule);
  draw();
  return {
    redraw: schedule,
    stop() {
      cancelAnimationFrame(frame);
      frame = -1; // not even a model that keeps its listeners draws any more
      for (const event of events) attempt(() => model.off(event, schedule));
    },
  };
}
