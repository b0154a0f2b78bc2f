/** What moves: a pulse along an edge, and a new value that comes out of the old one. Each beat is complete without it. */

/** @typedef {import("../score/schema.js").Point} Point */

const PULSE_MILLISECONDS = 900;
const ARRIVAL_MILLISECONDS = 600;
const TERM_MILLISECONDS = 120; // from one term of a sum to the next
const ARRIVAL_DISTANCE = 18; // diagram units: the old value stands one line higher

/** Whether the reader does not mind motion. */
const isWelcome = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Send a pulse along an edge once.
 *
 * @param {SVGElement} pulse
 * @param {Point[]} path where the edge runs from, along and to
 */
export function runPulse(pulse, path) {
  if (!isWelcome()) return;
  const lengths = path.map(([x, y], at) => (at ? Math.hypot(x - path[at - 1][0], y - path[at - 1][1]) : 0));
  const passed = lengths.map((_, at) => lengths.slice(0, at + 1).reduce((sum, length) => sum + length));
  const whole = passed[passed.length - 1] || 1;
  const frames = path.map(([x, y], at) => ({
    transform: `translate(${x}px, ${y}px)`,
    opacity: 1,
    offset: passed[at] / whole,
  }));
  pulse.animate(frames, { duration: PULSE_MILLISECONDS, easing: "ease-in-out" });
}

/**
 * Stop what runs. Where nothing ever did, do not ask: to look for animations costs the browser a style.
 *
 * @param {SVGElement} pulse
 */
export function stopPulse(pulse) {
  for (const running of pulse.getAnimations()) running.cancel();
}

/**
 * Let a new value slide from the old one to its place.
 *
 * @param {Element} value
 */
export function arrive(value) {
  if (!isWelcome()) return;
  const frames = [{ transform: `translate(0, ${-ARRIVAL_DISTANCE}px)`, opacity: 0 }, { transform: "none", opacity: 1 }];
  value.animate(frames, { duration: ARRIVAL_MILLISECONDS, easing: "ease-out" });
}

/**
 * Let a term slide from where another element stands to its place.
 *
 * @param {Element} term
 * @param {Element} from
 * @param {number} place among the terms: later ones follow
 */
export function slideFrom(term, from, place) {
  if (!isWelcome()) return;
  const [there, here] = [from, term].map((element) => element.getBoundingClientRect());
  const [x, y] = [there.x + there.width / 2 - here.x - here.width / 2, there.y + there.height / 2 - here.y - here.height / 2];
  const frames = [{ transform: `translate(${x}px, ${y}px)`, opacity: 0 }, { transform: "none", opacity: 1 }];
  term.animate(frames, { duration: ARRIVAL_MILLISECONDS, delay: place * TERM_MILLISECONDS, easing: "ease-out", fill: "backwards" });
}
