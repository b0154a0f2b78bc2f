/* global Event */
/* global document, getComputedStyle, innerHeight, innerWidth, requestAnimationFrame */
/* Where the parts of a player stand in the window, beat by beat. screen.py puts this into the page. */

globalThis.windowed = (() => {
  const card = () => document.querySelector(".bpviz-card");
  const all = (selector) => [...card().querySelectorAll(selector)];
  const isSeen = (element) => element.getClientRects().length > 0;
  const boxOf = (element) => element.getBoundingClientRect();
  const text = ({ left, right, top, bottom }) => [left, right, top, bottom].map(Math.round).join(" ");
  const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  const isInWindow = ({ left, right, top, bottom }) =>
    left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5;

  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;

  /** A diagram that scrolls in its room is seen no further than that. */
  function seenOf(element) {
    const { left, right, top, bottom } = boxOf(element);
    const room = element.closest(".bpviz-scrolls")?.getBoundingClientRect() ?? { top, bottom };
    return { left, right, top: Math.max(top, room.top), bottom: Math.min(bottom, room.bottom) };
  }

  function outsideOf(selectors) {
    return selectors.flatMap((selector) => {
      const parts = all(selector).filter(isSeen);
      if (!parts.length) return [`${selector} is not seen`];
      return parts.filter((part) => !isInWindow(seenOf(part))).map((part) => `${selector} leaves the window: ${text(seenOf(part))}`);
    });
  }

  /** Diagram, formula and caption, each as large as what is painted of it. */
  function overlaps() {
    const parts = [".bpviz-diagram", ".bpviz-formula math", ".bpviz-caption"]
      .flatMap((selector) => all(selector).filter(isSeen).map((element) => ({ selector, box: seenOf(element) })));
    return parts.flatMap((one, index) => parts.slice(index + 1)
      .filter((other) => meet(one.box, other.box))
      .map((other) => `${one.selector} meets ${other.selector}`));
  }

  function cuts() {
    return all(".bpviz-title, .bpviz-tab, .bpviz-picture, .bpviz-formula, .bpviz-caption, .bpviz-count").filter(isSeen)
      .filter((e) => getComputedStyle(e).overflowX !== "visible" || getComputedStyle(e).overflowY !== "visible" || e.matches(".bpviz-tab"))
      .filter((e) => e.scrollWidth > e.clientWidth + 1 || (e.scrollHeight > e.clientHeight + 1 && !e.matches(".bpviz-scrolls")))
      .map((e) => `${e.className} is cut: ${e.scrollWidth} × ${e.scrollHeight} in ${e.clientWidth} × ${e.clientHeight}`);
  }

  function numbers() {
    return all(".bpviz-diagram text[data-value]").filter(isSeen)
      .map((number) => parseFloat(getComputedStyle(number).fontSize) * number.getScreenCTM().a);
  }

  /** What a beat tells of and the diagram does not show: too much at once, or not scrolled to. */
  function unseen() {
    const room = card().querySelector(".bpviz-scrolls")?.getBoundingClientRect();
    const boxes = all(".bpviz-scrolls .bpviz-focus .bpviz-ring").map(boxOf);
    return boxes.some(({ top, bottom }) => top < room.top - 0.5 || bottom > room.bottom + 0.5) ? ["what is in focus is not seen"] : [];
  }

  function problems(selectors, least) {
    const small = numbers().filter((size) => size < least - 0.05).map((size) => `a number is ${size.toFixed(1)} px high`);
    return [...outsideOf(selectors), ...overlaps(), ...cuts(), ...unseen(), ...new Set(small)];
  }

  /** What is wrong, with the beats where it is. */
  async function everyBeat(selectors, least) {
    const slider = card().querySelector("input[name=step]");
    const found = {};
    for (let beat = 0; beat <= Number(slider.max); beat += 1) {
      slider.value = beat;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await frames();
      for (const problem of problems(selectors, least)) (found[problem] ??= []).push(beat);
    }
    return found;
  }

  const isToBeRead = (e) =>
    isSeen(e) && boxOf(e).height > 0 && (e.matches("button, input, select") || (e.innerText ?? e.textContent).trim());

  /** What cannot be brought into sight: scrolled to, it still lies outside of the window or under something. */
  function unreachable(selector) {
    const missed = [];
    for (const element of all(selector).filter(isToBeRead)) {
      element.scrollIntoView({ block: "center", inline: "center" });
      const { left, right, top, bottom } = boxOf(element);
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const there = document.elementFromPoint(x, y);
      if (there && (element.contains(there) || there.contains(element))) continue;
      missed.push(`${element.getAttribute("aria-label") ?? element.textContent.slice(0, 30)} <${element.className}>: ${there?.getAttribute("class")}`);
    }
    return missed;
  }

  const scrolling = () => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.scrollingElement;
    return { across: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  };

  return { everyBeat, unreachable, scrolling };
})();
