/** The HTML export: the same player with a small stand-in for the widget's model. */

import { keepAddress } from "./address/keep_address.js";
import { facesReady } from "./kit/faces.js";
import { inflate } from "./kit/inflate.js";
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
  const tell = (/** @type {string} */ name) => {
    for (const callback of listeners.get(`change:${name}`) ?? []) callback();
  };
  addEventListener("pageshow", ({ persisted }) => persisted && tell("beat")); // Safari empties boxes on the way back
  return {
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      tell(name);
    },
    save_changes() {},
    on: (event, callback) => listeners.set(event, (listeners.get(event) ?? new Set()).add(callback)),
    off: (event, callback) => listeners.get(event)?.delete(callback),
  };
}

/** Play the score that stands in the page. */
async function startPage() {
  const el = document.getElementById("bpviz-player");
  if (!el) return;
  const [state] = await Promise.all([inflate("bpviz-state"), facesReady()]);
  render({ model: createModel(JSON.parse(state)), el, moreTools: keepAddress, alone: true });
}

startPage();
