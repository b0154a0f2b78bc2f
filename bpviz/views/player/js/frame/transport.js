/** The transport: first, previous, play, next, last, the step slider, and the speed. */

import { createClock } from "./clock.js";
import { html, ownsKeys, svg } from "../kit/dom.js";
import { fillWords } from "../kit/slots.js";
import { createStepSlider } from "./step_slider.js";

/** @typedef {import("../score/schema.js").Score} Score */
/** @typedef {import("../kit/slots.js").Part} Part */

const ICONS = {
  first: "M4 3v10M13 3v10L6 8z",
  previous: "M11 3v10L4.5 8z",
  play: "M5 3v10L12.5 8z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3v10L11.5 8z",
  last: "M12 3v10M3 3v10L10 8z",
};
const SPEEDS = [1, 2, 0.5];
/** @typedef {{chosen: number}} Pace which speed is chosen; it outlives the transport */

/**
 * @param {Score} score
 * @param {() => number} beat the current one
 * @param {(index: number) => void} go called with the beat to show
 * @param {Pace} pace
 * @returns {Part & {pause: () => void, toggle: () => void}}
 */
export function createTransport(score, beat, go, pace) {
  const { words, beats } = score;
  const last = beats.length - 1;
  const count = html("span", { class: "bpviz-count" });
  const play = iconButton("play", words.play, () => clock.toggle());
  play.classList.add("bpviz-play");
  const clock = createClock({ last, beat, go }, (playing) => {
    play.replaceChildren(icon(playing ? "pause" : "play"));
    setLabel(play, playing ? words.pause : words.play);
  });
  const step = (/** @type {number} */ index) => {
    clock.pause();
    go(index);
  };
  const back = [
    iconButton("first", words.first, () => step(0)),
    iconButton("previous", words.previous, () => step(beat() - 1)),
  ];
  const on = [iconButton("next", words.next, () => step(beat() + 1)), iconButton("last", words.last, () => step(last))];
  const slider = createStepSlider(score, step);
  const parts = [...back, play, ...on, slider.element, count, speedButton(words.speed, pace, clock.setSpeed)];
  return {
    element: html("div", { class: "bpviz-transport" }, ...parts),
    pause: clock.pause,
    toggle: clock.toggle,
    showBeat(index) {
      slider.showBeat(index);
      count.textContent = fillWords(words.step_of, { n: index + 1, total: beats.length });
      for (const button of back) button.setAttribute("aria-disabled", String(index === 0));
      for (const button of on) button.setAttribute("aria-disabled", String(index === last));
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
 * @param {string} label
 * @param {Pace} pace
 * @param {(speed: number) => void} setSpeed
 */
function speedButton(label, pace, setSpeed) {
  const button = ownsKeys(html("button", { type: "button", class: "bpviz-button bpviz-speed" }));
  const show = () => {
    button.textContent = `${SPEEDS[pace.chosen]}×`;
    setLabel(button, `${label} ${button.textContent}`);
    setSpeed(SPEEDS[pace.chosen]);
  };
  button.addEventListener("click", () => {
    pace.chosen = (pace.chosen + 1) % SPEEDS.length;
    show();
  });
  show();
  return button;
}
