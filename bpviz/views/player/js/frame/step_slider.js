/** The step slider: one stop per beat, on a track coloured by phase. */

import { html, ownsKeys } from "../kit/dom.js";
import { fillWords, plainText } from "../kit/slots.js";
import { phaseRuns, runAt } from "../score/phases.js";

/** @typedef {import("../score/schema.js").Score} Score */

/**
 * @param {Score} score
 * @param {(index: number) => void} step
 */
export function createStepSlider(score, step) {
  const { beats, words } = score;
  const runs = phaseRuns(score);
  const spans = Math.max(beats.length - 1, 1);
  const place = (/** @type {number} */ beat) => Math.min(Math.max(beat / spans, 0), 1) * 100;
  const bars = runs.map(({ phase, first, last }) => {
    const [left, right] = [place(first - 0.5), place(last + 0.5)];
    return html("span", { class: `bpviz-run bpviz-tone-${phase.tone}`, style: `left:${left}%;width:${right - left}%` });
  });
  const slider = ownsKeys(
    html("input", { type: "range", name: "step", min: 0, max: beats.length - 1, step: 1, "aria-label": words.steps }),
  );
  slider.addEventListener("input", () => step(Number(slider.value)));
  const track = html("span", { class: "bpviz-track", "aria-hidden": "true" }, ...bars);
  const element = html("span", { class: "bpviz-steps" }, track, slider);
  return {
    element,
    showBeat(/** @type {number} */ index) {
      const current = runAt(runs, index);
      slider.value = String(index);
      const count = fillWords(words.step_of, { n: index + 1, total: beats.length });
      slider.setAttribute("aria-valuetext", `${count}: ${plainText(beats[index].title)}`);
      element.className = `bpviz-steps bpviz-tone-${current.phase.tone}`;
      bars.forEach((bar, run) => bar.classList.toggle("bpviz-now", runs[run] === current));
    },
  };
}
