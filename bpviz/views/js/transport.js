/** The transport: first, previous, play, next, last, the step slider coloured by phase, and the speed. */

import { fillWords, html, ownsKeys, plainText, svg } from "./dom.js";
import { phaseRuns, runAt } from "./phases.js";

/** @typedef {import("./schema.js").Score} Score */
/** @typedef {import("./dom.js").Part} Part */
/** @typedef {(index: number) => void} Go */

const ICONS = {
  first: "M4 3v10M13 3v10L6 8z",
  previous: "M11 3v10L4.5 8z",
  play: "M5 3v10L12.5 8z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3v10L11.5 8z",
  last: "M12 3v10M3 3v10L10 8z",
};
const SPEEDS = [1, 2, 0.5];
const BEAT_SECONDS = 2.6; // at speed 1×: time to read a caption of one short sentence

/**
 * @param {Score} score
 * @param {Go} go called with the beat to show
 * @returns {Part & {pause: () => void, toggle: () => void}}
 */
export function createTransport(score, go) {
  const { words, beats } = score;
  const last = beats.length - 1;
  let current = 0;
  const step = (/** @type {number} */ index) => {
    player.pause();
    go(Math.min(Math.max(index, 0), last));
  };
  const first = iconButton("first", words.first, () => step(0));
  const previous = iconButton("previous", words.previous, () => step(current - 1));
  const play = iconButton("play", words.play, () => player.toggle());
  const next = iconButton("next", words.next, () => step(current + 1));
  const end = iconButton("last", words.last, () => step(last));
  play.classList.add("bpviz-play");
  const slider = createStepSlider(score, step);
  const count = html("span", { class: "bpviz-count" });
  const player = createClock(() => current, last, go, (playing) => {
    play.replaceChildren(icon(playing ? "pause" : "play"));
    setLabel(play, playing ? words.pause : words.play);
  });
  return {
    element: html("div", { class: "bpviz-transport" }, first, previous, play, next, end, slider.element, count, speedButton(words, player)),
    pause: player.pause,
    toggle: player.toggle,
    showBeat(index) {
      current = index;
      slider.showBeat(index);
      count.textContent = fillWords(words.step_of, { n: index + 1, total: beats.length });
      for (const button of [first, previous]) button.setAttribute("aria-disabled", String(index === 0));
      for (const button of [next, end]) button.setAttribute("aria-disabled", String(index === last));
    },
    paint() {},
  };
}

/** @param {keyof typeof ICONS} name */
function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/**
 * @param {HTMLElement} button
 * @param {string} label
 */
function setLabel(button, label) {
  button.setAttribute("aria-label", label);
  button.title = label;
}

/**
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} press
 */
function iconButton(name, label, press) {
  const button = ownsKeys(html("button", { type: "button", class: "bpviz-button bpviz-icon" }, icon(name)));
  setLabel(button, label);
  button.addEventListener("click", press);
  return button;
}

/**
 * @param {Record<string, string>} words
 * @param {{setSpeed: (speed: number) => void}} player
 */
function speedButton(words, player) {
  const button = ownsKeys(html("button", { type: "button", class: "bpviz-button bpviz-speed" }, "1×"));
  setLabel(button, `${words.speed} 1×`);
  let chosen = 0;
  button.addEventListener("click", () => {
    chosen = (chosen + 1) % SPEEDS.length;
    button.textContent = `${SPEEDS[chosen]}×`;
    setLabel(button, `${words.speed} ${button.textContent}`);
    player.setSpeed(SPEEDS[chosen]);
  });
  return button;
}

/**
 * A slider over all beats, on a track that shows the phases.
 *
 * @param {Score} score
 * @param {Go} step
 */
function createStepSlider(score, step) {
  const { beats, words } = score;
  const runs = phaseRuns(score);
  const spans = Math.max(beats.length - 1, 1);
  const place = (/** @type {number} */ beat) => Math.min(Math.max(beat / spans, 0), 1) * 100;
  const bars = runs.map(({ phase, first, last }) => {
    const [left, right] = [place(first - 0.5), place(last + 0.5)];
    return html("span", { class: `bpviz-run bpviz-tone-${phase.tone}`, style: `left:${left}%;width:${right - left}%` });
  });
  const slider = ownsKeys(html("input", { type: "range", name: "step", min: 0, max: beats.length - 1, step: 1, "aria-label": words.steps }));
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

/**
 * Plays one beat after the other and stops at the last.
 *
 * @param {() => number} current
 * @param {number} last
 * @param {Go} go
 * @param {(playing: boolean) => void} show called when playing begins or ends
 */
function createClock(current, last, go, show) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let speed = 1;
  const pause = () => {
    clearTimeout(timer);
    timer = undefined;
    show(false);
  };
  const tick = (/** @type {number} */ index) => {
    go(index);
    if (index >= last) pause();
    else timer = setTimeout(() => tick(current() + 1), (BEAT_SECONDS / speed) * 1000);
  };
  return {
    pause,
    toggle() {
      if (timer !== undefined) return pause();
      show(true);
      tick(current() >= last ? 0 : current() + 1);
    },
    setSpeed(/** @type {number} */ value) {
      speed = value;
    },
  };
}
