/* global document */
/* What is torn apart in the formula that a page shows, in words; engine_page.py puts this into the page.

   Every part lies within what it is a part of, up to the formula's frame; parts of a row follow each other from left to
   right, what stands under a line lies below it; no two cells of the table meet. */

globalThis.formulaProblems = (() => {
  const SLACK = 1.5; // CSS pixels: letters may lean out of their boxes by a hair

  const nameOf = (element) => `<${element.localName}> "${element.textContent.slice(0, 30)}"`;
  const isThere = ({ width, height }) => width > 0 && height > 0;

  const isWithin = (inner, outer) =>
    inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;

  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

  const follows = { mrow: (a, b) => b.left >= a.right - SLACK, mfrac: (a, b) => b.top >= a.bottom - SLACK };

  function problemsOf(element) {
    const box = element.getBoundingClientRect();
    const children = [...element.children].map((child) => [child, child.getBoundingClientRect()]);
    const shown = children.filter(([, rect]) => isThere(rect));
    const problems = shown.filter(([, rect]) => !isWithin(rect, box)).map(([child]) => `${nameOf(child)} is torn off`);
    shown.slice(1).forEach(([child, rect], before) => {
      const order = follows[element.localName];
      if (order && !order(shown[before][1], rect)) problems.push(`${nameOf(child)} runs into ${nameOf(shown[before][0])}`);
    });
    return problems;
  }

  function overlaps(cells) {
    const boxes = cells.map((cell) => [cell, cell.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], index) =>
      boxes.slice(index + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${nameOf(one)} meets ${nameOf(other)}`),
    );
  }

  return () => {
    const formula = document.querySelector(".bpviz-formula:not(.bpviz-probe)");
    const frame = formula.getBoundingClientRect();
    const parts = [...formula.querySelectorAll("math, math *")];
    const outside = parts.filter((part) => isThere(part.getBoundingClientRect()) && !isWithin(part.getBoundingClientRect(), frame));
    return [
      ...outside.map((part) => `${nameOf(part)} leaves the formula's room`),
      ...parts.flatMap(problemsOf),
      ...overlaps(parts.filter((part) => part.localName === "mtd")),
    ];
  };
})();
