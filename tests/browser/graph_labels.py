"""Graphs whose labels have little room, and what is seen of them at every beat."""

from graph_recipes import at_random, micrograd

import bpviz
from bpviz.writing.shown import formula_rows, values_in

# Beat by beat: which labels meet a circle, another label or the border; how many there are; which are gone.
EVERY_BEAT = """async root => {
  const slider = root.querySelector("input[name=step]");
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const inside = (a, b) => a + 0.5 < b; // one above the other is no meeting
  const meet = (a, b) => // side by side they do not even touch
    inside(a.left, b.right + 1) && inside(b.left, a.right + 1) && inside(a.top, b.bottom) && inside(b.top, a.bottom);
  const beyond = (from, to, low, high) => Math.max(from - high, 0, low - to);
  const covers = (box, { x, y, r, flat }) =>
    Math.hypot(beyond(box.left, box.right, x - flat, x + flat), beyond(box.top, box.bottom, y, y)) + 0.5 < r;
  const found = [], counts = [], missing = [];
  for (let beat = 0; beat <= Number(slider.max); beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    const all = [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")].filter(chip => chip.getClientRects().length);
    const shown = all.filter(chip => chip.checkVisibility({ visibilityProperty: true }));
    const boxes = shown.map(chip => ({
      what: chip.textContent,
      ...chip.querySelector(".bpviz-chip-frame").getBoundingClientRect().toJSON(),
    }));
    const circles = [...root.querySelectorAll(".bpviz-node")].map(node => {
      const ring = node.classList.contains("bpviz-focus") ? ".bpviz-ring" : ".bpviz-body";
      const { left, right, top, bottom } = node.querySelector(ring).getBoundingClientRect();
      const r = (bottom - top) / 2; // what is wider has round ends
      return { what: node.dataset.node, x: (left + right) / 2, y: (top + bottom) / 2, r, flat: (right - left) / 2 - r };
    });
    const picture = root.querySelector(".bpviz-diagram").getBoundingClientRect();
    boxes.forEach((box, k) => {
      for (const circle of circles) if (covers(box, circle)) found.push(`${beat}: ${box.what} covers ${circle.what}`);
      const others = boxes.slice(k + 1).filter(other => meet(box, other));
      found.push(...others.map(other => `${beat}: ${box.what} meets ${other.what}`));
      if (box.left < picture.left - 1 || box.right > picture.right + 1) found.push(`${beat}: ${box.what} is cut`);
      if (box.top < picture.top - 1 || box.bottom > picture.bottom + 1) found.push(`${beat}: ${box.what} is cut`);
    });
    counts.push(shown.length);
    missing.push(all.filter(chip => !shown.includes(chip)).map(chip => chip.querySelector("[data-bp]")?.dataset.bp));
  }
  return { found, counts, missing };
}"""


def softmax(classes):
    a, t = [1, 2, 0.5, -1, 0.3, 0.8][:classes], [1, 0, 0, 0, 0, 0][:classes]
    return bpviz.graph("y = softmax(a); -sum(t*log(y))", name="L", a=a, t=t)


def batch_of_softmax():
    a, t = [[1, 2, 0.5], [0, 1, 1]], [[1, 0, 0], [0, 1, 0]]
    return bpviz.graph("y = softmax(a); -mean(sum(t*log(y)))", name="L", a=a, t=t)


def chain_of_four():
    return bpviz.graph("a = sigmoid(x); b = sigmoid(a); c = sigmoid(b); sigmoid(c)", name="y", x=0)


def chain_of_sigmoids():
    x = bpviz.given(x=0.5)[0]
    for _ in range(10):
        x = bpviz.sigmoid(x)
    return bpviz.graph(x)


GRAPHS = {
    "product": lambda: bpviz.graph("(x + y) * z", name="f", x=-2, y=5, z=-4),
    "neuron": lambda: bpviz.graph("1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", name="f", w0=2, x0=-1, w1=-3, x1=-2, w2=-3),
    "fraction": lambda: bpviz.graph("(x + sigmoid(y)) / (sigmoid(x) + (x + y)**2)", name="f", x=3, y=-4),
    "micrograd": micrograd,
    "chain": chain_of_sigmoids,
    "sixty": lambda: at_random(60, 1),
} | {f"softmax of {n}": lambda n=n: softmax(n) for n in range(2, 7)}


def read_in(ex, beat):
    """What the beat's formula calculates with."""
    return {name for shown in beat.formulas for row in formula_rows(ex.program, shown) for name in values_in(row)}


def parts_beside_the_sum(ex, beat):
    """Where parts are added, those of a list's elements that are not written out."""
    read = read_in(ex, beat)
    parts = {p.what for c in beat.chips if c.anchor in ex.scene.edge for line in c.lines for p in line}
    return parts - read if len(parts & read) > 1 else set()


def beside_the_sum(ex, beat):
    """The same, and their sums."""
    parts = parts_beside_the_sum(ex, beat)
    beside = {ex.program[name].role.by for name in parts}
    told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
    sums = {step.name for step in ex.program.steps if step.role.by in beside}
    return parts | (told & sums)
