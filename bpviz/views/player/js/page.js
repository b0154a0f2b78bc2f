/** The HTML export: the same player with a small stand-in for the widget's model. */

import { facesReady } from "./kit/faces.js";
import { render } from "./player.js";

/** @typedef {import("./state/state.js").Model} Model */

/**
 * A model that keeps its state in the page.
 *
 * @param {Record<string, any>} state
 * @returns {Model}
 */
function createModel(state) {
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  return {
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      for (const callback of listeners.get(`change:${name}`) ?? []) callback();
    },
    save_changes() {},
    on: (event, callback) => listeners.set(event, (listeners.get(event) ?? new Set()).add(callback)),
    off: (event, callback) => listeners.get(event)?.delete(callback),
  };
}

/**
 * The state as the page carries it: deflated JSON in base64.
 *
 * @param {string} packed
 * @returns {Promise<Record<string, any>>}
 */
async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** Play the score that stands in the page. */
async function startPage() {
  const [el, packed] = ["bpviz-player", "bpviz-state"].map((id) => document.getElementById(id));
  if (!el || !packed) return;
  const [state] = await Promise.all([unpack(packed.textContent ?? ""), facesReady()]);
  render({ model: createModel(state), el });
}

startPage();
