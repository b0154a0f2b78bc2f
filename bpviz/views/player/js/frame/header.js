/** The head of the player: what this is, which beat it shows, the phases to jump to, and reset. */

import { html, ownsKeys } from "../kit/dom.js";
import { appendRich } from "../kit/slots.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */

/**
 * @param {Score} score
 * @param {(index: number) => void} go called with the beat to jump to
 * @param {() => void} reset
 * @param {HTMLElement[]} tools buttons that stand beside reset
 * @param {string} choices what the switches stand at; it shows where they do not, in presenting
 * @returns {Part}
 */
export function createHeader({ title, phases, beats, words }, go, reset, tools, choices) {
  const heading = html("h2", { class: "bpviz-title" });
  const shown = phases.filter(({ id }) => beats.some((beat) => beat.phase === id));
  const tabs = shown.map(({ id, label, tone }) => {
    const tab = ownsKeys(html("button", { type: "button", class: `bpviz-tab bpviz-tone-${tone}` }, label));
    tab.addEventListener("click", () => go(beats.findIndex((beat) => beat.phase === id)));
    return tab;
  });
  const resetButton = ownsKeys(html("button", { type: "button", class: "bpviz-button" }, words.reset));
  resetButton.addEventListener("click", reset);
  return {
    element: html(
      "header",
      { class: "bpviz-header" },
      heading,
      html("p", { class: "bpviz-choices", title: choices }, choices),
      html("nav", { class: "bpviz-tabs", "aria-label": words.phases }, ...tabs),
      html("div", { class: "bpviz-tools" }, resetButton, ...tools),
    ),
    showBeat(index) {
      const told = html("span", { class: "bpviz-told-now" });
      appendRich(told, beats[index].title);
      const work = html("span", { class: "bpviz-work" }, html("span", { class: "bpviz-name" }, title), html("span", {}, " · "));
      heading.replaceChildren(work, told);
      heading.title = heading.textContent ?? ""; // a long one is cut
      shown.forEach(({ id }, tab) =>
        tabs[tab].setAttribute("aria-current", id === beats[index].phase ? "step" : "false"),
      );
    },
    paint() {},
  };
}
