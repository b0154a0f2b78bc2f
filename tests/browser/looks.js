/* global document, getComputedStyle, HTMLElement, HTMLInputElement, innerHeight, innerWidth, matchMedia, NodeFilter,
   OffscreenCanvas, SVGElement, SVGGElement, SVGLineElement, SVGPolylineElement */
/* What is wrong with the look of a player: overlaps, clipping, borders, size, contrast. looks.py puts this into the page.

   A text is what one reads as one: a text of the diagram, the formula, a box, a paragraph, button, heading or label.
   Its boxes are those of its letters, line by line. */

globalThis.looks = (() => {
  const TEXT = "svg text, math, button, p, caption, h2, h3, label, td, th, .bpviz-count";
  const INDEX = ["sub", "sup", ".bpviz-run-sub", ".bpviz-run-sup", ":is(msub, msup, msubsup) > :nth-child(n+2)"].join();
  const FADE = 10; // CSS pixels at the ends of a diagram that scrolls
  const AREAS = ["card", "header", "diagram", "formula", "caption", "transport", "steps", "controls"];

  /** @type {string[]} */
  let found = [];
  const complain = (text) => found.push(text);

  const isShown = (element) =>
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility === "visible" &&
    !element.closest(".bpviz-spoken, .bpviz-probe");

  const nameOf = (element) => {
    const text = element.textContent.trim().slice(0, 30) || element.value;
    return [text && `"${text}"`, `<${element.getAttribute("class") ?? element.tagName}>`].filter(Boolean).join(" ");
  };

  /** Whether a text stands in the part of a diagram that is scrolled out of its room, or is about to. */
  function isScrolledAway(element, rects) {
    const room = element.closest(".bpviz-scrolls")?.getBoundingClientRect();
    return room && rects.some(({ top, bottom }) => top < room.top + FADE || bottom > room.bottom - FADE);
  }

  /** Every text with its runs: the node that holds the letters, and their boxes. */
  function findTexts(card) {
    const texts = new Map();
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent.trim() || !isShown(node.parentElement)) continue;
      const holder = node.parentElement.closest(TEXT);
      if (!holder) {
        complain(`a text outside any paragraph: "${node.textContent}"`);
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
      if (isScrolledAway(node.parentElement, rects)) continue;
      texts.set(holder, [...(texts.get(holder) ?? []), { element: node.parentElement, text: node.textContent, rects }]);
    }
    return texts;
  }

  /** A box of letters without the room that fonts keep above and below. */
  const inked = ({ left, right, top, bottom, height }) => ({
    left, right, top: top + 0.18 * height, bottom: bottom - 0.18 * height,
  });

  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

  const isWithin = (inner, outer, slack) =>
    inner.left >= outer.left - slack && inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;

  function checkOverlaps(units) {
    units.forEach((one, index) => {
      for (const other of units.slice(index + 1)) {
        const overlap = one.rects.some((a) => other.rects.some((b) => meet(a, b)));
        if (overlap) complain(`overlap: ${nameOf(one.element)} and ${nameOf(other.element)}`);
      }
    });
  }

  /** Texts cut off by the page, or by something around them that hides or scrolls what is too large. */
  function checkClipping(units) {
    const root = document.documentElement;
    const page = { left: 0, top: 0, right: root.clientWidth, bottom: root.scrollHeight };
    for (const { element, rects } of units) {
      for (let outer = element; outer; outer = outer === document.fullscreenElement ? null : outer.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(outer);
        if (outer instanceof HTMLInputElement) continue;
        if (outer !== root && overflowX === "visible" && overflowY === "visible") continue;
        const frame = outer === root ? page : outer.getBoundingClientRect();
        if (rects.every((rect) => isWithin(rect, frame, 0.75))) continue;
        complain(`clipped: ${nameOf(element)} leaves <${outer.getAttribute("class") ?? outer.tagName}>`);
      }
    }
  }

  /** Texts that leave the chip or node they stand in, or cross the line between a neuron's halves. */
  function checkShapes(units) {
    for (const { element, rects } of units) {
      const shape = element.closest(".bpviz-chip, .bpviz-node");
      const frame = shape?.querySelector(".bpviz-chip-frame, .bpviz-body")?.getBoundingClientRect();
      if (frame && !rects.every((rect) => isWithin(rect, frame, -1))) complain(`${nameOf(element)} leaves its shape`);
      const middle = shape?.querySelector(".bpviz-divider")?.getBoundingClientRect().left;
      if (rects.some(({ left, right }) => left < middle && right > middle)) complain(`${nameOf(element)} crosses the middle`);
    }
  }

  function checkScrolling(card) {
    for (const element of card.querySelectorAll("*")) {
      if (!(element instanceof HTMLElement) || element.type === "range" || element.closest(".bpviz-spoken")) continue;
      const { overflowX, overflowY } = getComputedStyle(element);
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
      const tooWide = overflowX !== "visible" && scrollWidth > clientWidth + 1;
      const tooHigh = overflowY !== "visible" && scrollHeight > clientHeight + 1;
      if (tooWide) complain(`clipped: too wide inside: ${nameOf(element)}: ${scrollWidth} > ${clientWidth}`);
      if (tooHigh) complain(`clipped: too high inside: ${nameOf(element)}: ${scrollHeight} > ${clientHeight}`);
    }
    const width = document.scrollingElement.scrollWidth;
    if (width > innerWidth) complain(`the page scrolls sideways: ${width} > ${innerWidth}`);
  }

  function checkViewBox(diagram) {
    const canvas = diagram.getBoundingClientRect();
    for (const element of diagram.querySelectorAll("*")) {
      if (element instanceof SVGGElement || !isShown(element) || getComputedStyle(element).opacity === "0") continue;
      if (!isWithin(element.getBoundingClientRect(), canvas, 0.75)) complain(`outside the diagram: ${nameOf(element)}`);
    }
  }

  const dye = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const dyed = new Map();

  /** Any CSS colour as [red, green, blue, opacity]; 0 to 255 and 0 to 1. */
  function rgba(colour) {
    if (!dyed.has(colour)) {
      dye.clearRect(0, 0, 1, 1);
      dye.fillStyle = colour;
      dye.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = dye.getImageData(0, 0, 1, 1).data;
      dyed.set(colour, [r, g, b, a / 255]);
    }
    return dyed.get(colour);
  }

  const blend = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

  /** Relative luminance as WCAG defines it. */
  function luminance(colour) {
    const linear = colour.slice(0, 3).map((c) => (c <= 255 * 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  function contrast(a, b) {
    const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  }

  const CLEAR = [0, 0, 0, 0];

  let paints = new Map(); // by element, for one look

  /** What an element paints behind texts. */
  function paintOf(element) {
    if (!paints.has(element)) paints.set(element, freshPaintOf(element));
    return paints.get(element);
  }

  function freshPaintOf(element) {
    const { backgroundColor, fill, stroke } = getComputedStyle(element);
    if (!(element instanceof SVGElement)) return rgba(backgroundColor);
    if (element.closest("text")) return CLEAR;
    if (element instanceof SVGLineElement || element instanceof SVGPolylineElement) return rgba(stroke);
    return fill === "none" ? CLEAR : rgba(fill);
  }

  /** What lies under a text at a point: {colour}, or what is wrong there. */
  function groundAt(x, y, holder) {
    const stack = document.elementsFromPoint(x, y);
    const own = stack.findIndex((element) => holder.contains(element) || element.contains(holder));
    if (own < 0) return { problem: "not on the page" };
    const cover = stack.slice(0, own).find((element) => paintOf(element)[3] > 0);
    if (cover) return { problem: `covered by ${nameOf(cover)}` };
    const layers = stack.slice(own).map(paintOf);
    const base = isDark() ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return { colour: layers.reduceRight((below, layer) => blend(layer, below), base) };
  }

  const standing = new Map(); // beside the stage most texts stay as they are from beat to beat

  /** What is wrong with the contrast of a text; beside the stage it is found once for each text, place and colour. */
  function checkReadable(holder, element, text, rect, least) {
    const { color, fill } = getComputedStyle(element);
    const ink = holder.closest("svg") ? fill : color;
    if (holder.closest(".bpviz-stage, .bpviz-header")) return complainIf(unreadable(holder, element, text, rect, ink, least));
    const { left, top, width } = rect;
    const key = [isDark(), text, left, top, width, ink, innerWidth].join();
    if (!standing.has(key)) standing.set(key, unreadable(holder, element, text, rect, ink, least));
    return complainIf(standing.get(key));
  }

  const complainIf = (problem) => problem && complain(problem);
  const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

  function unreadable(holder, element, text, rect, ink, least) {
    const name = `"${text.trim().slice(0, 30)}" <${element.getAttribute("class") ?? element.tagName}>`;
    const y = rect.top + rect.height / 2;
    for (const x of [rect.left + 1.5, (rect.left + rect.right) / 2, rect.right - 1.5]) {
      if (y > innerHeight) return "the test's window is too low";
      const { problem, colour } = groundAt(x, y, holder);
      if (problem) return `${problem}: ${name}`;
      const ratio = contrast(blend(rgba(ink), colour), colour);
      if (ratio < least) return `contrast ${ratio.toFixed(2)}: ${name}`;
    }
    return "";
  }

  const ROUNDING = 0.05; // px: heights of ten come out a little under it

  function checkSize(element, text, size, { smallestText, smallestIndex }) {
    const least = element.closest(INDEX) ? smallestIndex : smallestText;
    if (size < least - ROUNDING) complain(`small: "${text.trim()}" <${element.getAttribute("class")}>: ${size.toFixed(1)} px`);
  }

  const fontSize = (element) => parseFloat(getComputedStyle(element).fontSize);

  /** Everything that is wrong, in words. */
  function problems(limits) {
    found = [];
    paints = new Map();
    const card = document.querySelector(".bpviz-card");
    const texts = [...findTexts(card)];
    const boxes = [...card.querySelectorAll("input[type=text]")].filter(isShown);
    const units = [
      ...texts.map(([element, runs]) => ({ element, rects: runs.flatMap((run) => run.rects.map(inked)) })),
      ...boxes.map((element) => ({ element, rects: [element.getBoundingClientRect()] })),
    ];
    for (const check of [checkOverlaps, checkClipping, checkShapes]) check(units);
    checkScrolling(card);
    checkViewBox(card.querySelector(".bpviz-diagram"));
    for (const [holder, runs] of texts) {
      for (const { element, text, rects } of runs) {
        for (const rect of rects) {
          checkSize(element, text, holder.matches("math") ? fontSize(element) : rect.height, limits);
          checkReadable(holder, element, text, rect, limits.leastContrast);
        }
      }
    }
    for (const box of boxes) {
      checkSize(box, box.value, fontSize(box), limits);
      checkReadable(box, box, box.value, box.getBoundingClientRect(), limits.leastContrast);
    }
    return [...new Set(found)];
  }

  /** Where the main parts stand: x, y, width, height in CSS pixels. */
  function places() {
    return Object.fromEntries(
      AREAS.map((area) => {
        const { x, y, width, height } = document.querySelector(`.bpviz-${area}`).getBoundingClientRect();
        return [area, [x, y, width, height].map((length) => Math.round(length * 10) / 10)];
      }),
    );
  }

  return { problems, places };
})();
