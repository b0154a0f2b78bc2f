/** A point on a plot that one drags, by mouse, finger or arrow keys. */

import { html, ownsKeys, setAttributes } from "./dom.js";

/** @typedef {import("./contours.js").Box} Box */
/** @typedef {{low: number, high: number}} Range */
/** @typedef {{box: Box, ranges: [Range, Range], steps: [number, number], at: [number, number]}} Ground where the point stands, and may go */

const ARROWS_PAUSE = 400; // milliseconds after the last arrow: then it rests
const LEAP = 10; // steps, with Shift
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/**
 * @param {string} label for people who listen
 * @param {Element} map what the point lies on, drawn in CSS pixels
 * @param {() => Ground | undefined} ground as it was last painted
 * @param {(at: [number, number]) => void} move
 * @param {() => void} rest called when a move is over
 */
export function createHandle(label, map, ground, move, rest) {
  const element = ownsKeys(html("div", { class: "bpviz-handle", role: "slider", tabindex: 0, "aria-label": label }));
  const go = (/** @type {[number, number]} */ to, /** @type {Ground} */ { ranges, steps, at }) => {
    const next = /** @type {[number, number]} */ (to.map((value, k) => stopNear(value, ranges[k], steps[k])));
    if (next.some((value, k) => value !== at[k])) move(next);
  };
  listenToDrag(element, map, ground, go, rest);
  listenToArrows(element, ground, go, rest);
  return {
    element,
    /** Bring it where a click on the map was. */
    bring(/** @type {MouseEvent} */ event) {
      const here = ground();
      if (!here || event.target === element) return;
      go(under(map, event, here), here);
      rest();
    },
    paint(/** @type {Ground} */ { box, ranges: [across, up], at: [x, y] }, /** @type {string} */ told) {
      const left = box.left + box.width * partOf(x, across);
      const top = box.top + box.height * (1 - partOf(y, up));
      element.style.translate = `${left.toFixed(1)}px ${top.toFixed(1)}px`;
      setAttributes(element, { "aria-valuemin": across.low, "aria-valuemax": across.high, "aria-valuenow": x, "aria-valuetext": told });
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {Element} map
 * @param {() => Ground | undefined} ground
 * @param {(to: [number, number], ground: Ground) => void} go
 * @param {() => void} rest
 */
function listenToDrag(element, map, ground, go, rest) {
  /** @type {Ground | undefined} as the drag found it: a map that grows under the finger would run away */
  let held;
  element.addEventListener("pointerdown", (event) => {
    held = event.button ? undefined : ground();
    if (held) element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (held) go(under(map, event, held), { ...held, at: ground()?.at ?? held.at });
  });
  const end = () => {
    if (held) rest();
    held = undefined;
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
}

/**
 * The numbers under the pointer.
 *
 * @param {Element} map
 * @param {MouseEvent} event
 * @param {Ground} ground
 * @returns {[number, number]}
 */
function under(map, { clientX, clientY }, { box, ranges: [across, up] }) {
  const { left, top } = map.getBoundingClientRect();
  const [x, y] = [(clientX - left - box.left) / box.width, 1 - (clientY - top - box.top) / box.height];
  return [valueAt(x, across), valueAt(y, up)];
}

/**
 * @param {HTMLElement} element
 * @param {() => Ground | undefined} ground
 * @param {(to: [number, number], ground: Ground) => void} go
 * @param {() => void} rest
 */
function listenToArrows(element, ground, go, rest) {
  let pause = 0;
  element.addEventListener("keydown", (event) => {
    const [here, way] = [ground(), ARROWS[event.key]];
    if (!here || !way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere these keys step through the story
    const { at, steps } = here;
    const leap = event.shiftKey ? LEAP : 1;
    go([at[0] + way[0] * steps[0] * leap, at[1] + way[1] * steps[1] * leap], here);
    clearTimeout(pause);
    pause = setTimeout(rest, ARROWS_PAUSE);
  });
  element.addEventListener("blur", () => {
    clearTimeout(pause);
    rest();
  });
}

/**
 * @param {number} value
 * @param {Range} range
 */
function partOf(value, { low, high }) {
  return (value - low) / (high - low);
}

/**
 * @param {number} part
 * @param {Range} range
 */
function valueAt(part, { low, high }) {
  return low + (high - low) * part;
}

/**
 * The nearest stop of a slider, within the map.
 *
 * @param {number} value
 * @param {Range} range
 * @param {number} step
 */
function stopNear(value, { low, high }, step) {
  return Math.min(Math.max(Number((Math.round(value / step) * step).toPrecision(12)), low), high);
}
