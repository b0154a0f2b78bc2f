/** A pad to draw a digit on: a network answers at once, and shows which pixels its gradient points at. */

import { html, ownsKeys, setAttributes, setText, svg } from "../kit/dom.js";
import { createButton } from "../kit/button.js";
import { inkOf } from "../engine/ink.js";
import { forwardThrough, gradientOfInputs } from "../engine/layers.js";
import { createPaper } from "./paper.js";

/** @typedef {import("../engine/ink.js").Dot} Dot */
/** @typedef {{lines: Dot[][], wanted: number | null}} Drawn wanted: the class whose loss the gradient is of; null: none */
/** @typedef {import("../engine/layers.js").Layers & import("../engine/ink.js").Paper & {words: Record<string, string>}} PadContent */

const NONE = "none"; // no gradient is asked for

/**
 * @param {PadContent} content
 * @param {(part: Partial<Drawn>) => void} change
 */
export function createPad(content, change) {
  const { words } = content;
  /** @type {Drawn} */
  let state = { lines: [], wanted: null };
  const undo = () => change({ lines: state.lines.slice(0, -1) });
  const clear = () => change({ lines: [] });
  const show = (/** @type {Dot[][]} */ lines) => {
    paper.draw(lines);
    const seen = inkOf(lines, content);
    const layers = forwardThrough(content, seen);
    const gradient = state.wanted === null || !lines.length ? null : gradientOfInputs(content, layers, state.wanted);
    pixels.draw(seen, gradient);
    answer.draw(lines.length ? layers[layers.length - 1] : null);
  };
  const paper = createPaper(words.paper, {
    draft: (line) => show([...state.lines, line]),
    finish: (line) => change({ lines: [...state.lines, line] }),
    undo,
    clear,
  });
  const pixels = createPixels(content);
  const answer = createAnswer(words);
  const wanted = createWanted(words, (digit) => change({ wanted: digit }));
  const buttons = html("div", { class: "bpviz-pad-buttons" }, createButton(words.undo, words.undo, undo), createButton(words.clear, words.clear, clear));
  const part = (/** @type {string} */ title, /** @type {(Element)[]} */ ...inside) => html("div", { class: "bpviz-pad-part" }, html("div", { class: "bpviz-pad-title" }, title), ...inside);
  return {
    element: html("div", { class: "bpviz-pad" }, part(words.draw, paper.element, buttons), part(words.sees, pixels.element, wanted.element), part(words.answers, answer.element)),
    /** @param {Drawn} next */
    draw(next) {
      state = next;
      wanted.draw(state.wanted);
      show(state.lines);
    },
  };
}

/**
 * @param {PadContent} content
 */
function createPixels({ words, side }) {
  const paint = svg("g");
  const element = svg("svg", { class: "bpviz-pad-pixels", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": words.pixels }, paint);
  return {
    element,
    /**
     * @param {number[]} seen
     * @param {number[] | null} gradient
     */
    draw(seen, gradient) {
      const most = Math.max(...(gradient ?? [0]).map(Math.abs));
      const cells = seen.map((value, k) => {
        const [x, y] = [k % side, Math.floor(k / side)];
        return svg("rect", { x, y, width: 1, height: 1, "fill-opacity": value.toFixed(3), "data-value": value });
      });
      const marks = (gradient ?? []).map((slope, k) => drawSlope(slope, most, k % side, Math.floor(k / side)));
      paint.replaceChildren(...cells, ...marks);
    },
  };
}

/**
 * A disc as large as the slope; its sign says whether more ink (+) or less (−) makes the loss smaller.
 *
 * @param {number} slope
 * @param {number} most
 * @param {number} x
 * @param {number} y
 */
function drawSlope(slope, most, x, y) {
  const size = most > 0 ? Math.sqrt(Math.abs(slope) / most) : 0;
  const [cx, cy, arm] = [x + 0.5, y + 0.5, 0.26 * size];
  const cross = slope < 0 ? `M${cx} ${cy - arm}V${cy + arm}` : "";
  const sign = svg("path", { d: `M${cx - arm} ${cy}H${cx + arm}${cross}` });
  return svg("g", { class: `bpviz-pad-slope ${slope < 0 ? "bpviz-more" : "bpviz-less"}`, "data-gradient": slope }, svg("circle", { cx, cy, r: 0.46 * size }), sign);
}

/** @param {Record<string, string>} words */
function createAnswer(words) {
  const said = html("div", { class: "bpviz-pad-said", role: "status" });
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const bar = html("span", { class: "bpviz-pad-bar" });
    const share = html("span", { class: "bpviz-pad-share" });
    return { bar, share, element: html("li", { "data-digit": digit }, html("span", {}, String(digit)), html("span", { class: "bpviz-pad-track" }, bar), share) };
  });
  return {
    element: html("div", {}, said, html("ol", { class: "bpviz-pad-shares" }, ...rows.map(({ element }) => element))),
    /** @param {number[] | null} shares */
    draw(shares) {
      const best = shares ? shares.indexOf(Math.max(...shares)) : -1;
      const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
      setText(said, shares ? words.said.replace("{digit}", String(best)).replace("{share}", percent(shares[best])) : words.nothing);
      rows.forEach(({ element, bar, share }, digit) => {
        const value = shares?.[digit];
        element.classList.toggle("bpviz-best", digit === best);
        bar.style.width = `${100 * (value ?? 0)}%`;
        setText(share, value === undefined ? "" : percent(value));
        if (value === undefined) element.removeAttribute("data-value");
        else setAttributes(element, { "data-value": value });
      });
    },
  };
}

/**
 * @param {Record<string, string>} words
 * @param {(digit: number | null) => void} choose
 */
function createWanted(words, choose) {
  const options = Array.from({ length: 10 }, (_, digit) => html("option", { value: digit }, words.more_a.replace("{digit}", String(digit))));
  const select = ownsKeys(html("select", { name: "wanted" }, html("option", { value: NONE }, words.no_gradient), ...options));
  select.addEventListener("change", () => choose(select.value === NONE ? null : Number(select.value)));
  const legend = html("div", { class: "bpviz-pad-legend" }, words.legend);
  return {
    element: html("div", {}, html("label", { class: "bpviz-pad-wanted" }, words.gradient, select), legend),
    /** @param {number | null} digit */
    draw(digit) {
      select.value = digit === null ? NONE : String(digit);
      legend.style.visibility = digit === null ? "hidden" : "";
    },
  };
}
