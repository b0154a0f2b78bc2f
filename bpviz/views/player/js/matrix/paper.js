/** The paper that one draws on: with a mouse, a finger or a pen, or with the keys. */

import { ownsKeys, setAttributes, svg } from "../kit/dom.js";

/** @typedef {import("../engine/ink.js").Dot} Dot */

const EDGE = 100; // the paper's own units along a side
const STRIDE = 5; // of the keys
/** @type {Record<string, Dot>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} place */
function inside(place) {
  return Math.min(Math.max(place, 0), EDGE);
}

/**
 * @param {string} label
 * @param {{draft: (line: Dot[]) => void, finish: (line: Dot[]) => void, undo: () => void, clear: () => void}} told
 *   draft: a line that is being drawn; finish: one that is done
 */
export function createPaper(label, told) {
  const lines = svg("g", { class: "bpviz-pad-lines" });
  const cursor = svg("circle", { class: "bpviz-pad-cursor", r: 3 });
  const element = svg("svg", { class: "bpviz-pad-paper", viewBox: `0 0 ${EDGE} ${EDGE}`, tabindex: 0, role: "application", "aria-label": label, "data-lm-suppress-shortcuts": "true" }, lines, cursor);
  drawWithPointer(element, told);
  drawWithKeys(element, cursor, told);
  return {
    element,
    /** @param {Dot[][]} drawn */
    draw(drawn) {
      lines.replaceChildren(...drawn.map((line) => svg("path", { d: `M${line.map((dot) => dot.join(" ")).join("L")}${line.length === 1 ? "h0" : ""}` })));
    },
  };
}

/**
 * @param {SVGSVGElement} element
 * @param {{draft: (line: Dot[]) => void, finish: (line: Dot[]) => void}} told
 */
function drawWithPointer(element, told) {
  /** @type {Dot[] | null} */
  let line = null;
  const at = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return /** @type {Dot} */ ([((event.clientX - left) / width) * EDGE, ((event.clientY - top) / height) * EDGE]);
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    element.setPointerCapture(event.pointerId);
    line = [at(event)];
    told.draft(line);
  });
  element.addEventListener("pointermove", (event) => {
    if (!line) return;
    const dot = at(event);
    const last = line[line.length - 1];
    if (Math.abs(dot[0] - last[0]) + Math.abs(dot[1] - last[1]) < 0.5) return;
    line.push(dot);
    told.draft(line);
  });
  const end = () => {
    if (line) told.finish(line);
    line = null;
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
}

/**
 * Arrows move the pen; Space sets it down and lifts it.
 *
 * @param {SVGSVGElement} element
 * @param {SVGCircleElement} cursor
 * @param {{draft: (line: Dot[]) => void, finish: (line: Dot[]) => void, undo: () => void, clear: () => void}} told
 */
function drawWithKeys(element, cursor, told) {
  /** @type {Dot} */
  let pen = [EDGE / 2, STRIDE * 3];
  /** @type {Dot[] | null} */
  let line = null;
  const show = () => {
    setAttributes(cursor, { cx: pen[0], cy: pen[1] });
    cursor.classList.toggle("bpviz-down", line !== null);
  };
  const lift = () => {
    if (line) told.finish(line);
    line = null;
  };
  element.addEventListener("blur", () => (lift(), show()));
  element.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) {
      pen = [inside(pen[0] + step[0] * STRIDE), inside(pen[1] + step[1] * STRIDE)];
      if (line) told.draft((line = [...line, pen]));
    } else if (event.key === " ") {
      if (line) lift();
      else told.draft((line = [pen]));
    } else if (event.key === "Backspace") {
      line = null;
      told.undo();
    } else if (event.key === "Delete") {
      line = null;
      told.clear();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    show();
  });
  ownsKeys(/** @type {any} */ (element));
  show();
}
