/** How the parts of a player stand in the room there is; css/layout.css has a section for each of the ways. */

/** @typedef {import("./room.js").Room} Room */
/**
 * tall: the panels stand side by side under the transport. side: all on one screen, the panels under the sliders.
 * low: one screen shows the story, formula and caption beside the diagram. stack: one column, and the page scrolls.
 *
 * @typedef {"tall" | "side" | "low" | "stack"} Layout
 */

const TWO_COLUMNS = 800; // CSS pixels of width, from which sliders stand beside the diagram
const FORMULA_BESIDE = 640; // from which a formula may stand beside it
const LOWEST = 480; // of height, in which everything finds its place
const PANELS_BELOW = 800; // from which there is room for panels under the transport
const PHONE = 560; // below it, all stands in one column, and all that is pressed is for fingers
const PANEL = 360; // the width of a panel

/**
 * @param {Room} room
 * @returns {Layout}
 */
export function layoutFor({ width, height }) {
  if (height < LOWEST && width >= FORMULA_BESIDE) return "low";
  if (width < TWO_COLUMNS) return "stack";
  return height < PANELS_BELOW ? "side" : "tall";
}

/**
 * Whether all stands in one column, as on a phone held upright.
 *
 * @param {Room} room
 */
export function isNarrow({ width }) {
  return width < PHONE;
}

/**
 * Whether what one presses is as high as fingers need it.
 *
 * @param {Room} room
 */
export function isForFingers(room) {
  return isNarrow(room) || matchMedia("(pointer: coarse)").matches;
}

/**
 * How many panels stand side by side.
 *
 * @param {Layout} layout
 * @param {Room} room
 */
export function panelsBeside(layout, { width }) {
  return layout === "tall" ? Math.max(1, Math.floor(width / PANEL)) : 1;
}
