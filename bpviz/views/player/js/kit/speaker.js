/** The one place that a listener hears: what is said within a frame is said together, and once. */

import { html } from "./dom.js";

export function createSpeaker() {
  const element = html("div", { class: "bpviz-spoken", "aria-live": "polite" });
  /** @type {string[]} */
  let waiting = [];
  const speak = () => {
    element.replaceChildren(waiting.join(" "));
    waiting = [];
  };
  return {
    element,
    say(/** @type {string} */ text) {
      if (!text || waiting.some((before) => before.includes(text))) return;
      if (!waiting.length) requestAnimationFrame(speak);
      waiting.push(text);
    },
  };
}
