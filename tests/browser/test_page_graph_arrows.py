"""Arrows that run back over a graph: where each sets out or where it arrives is seen, whatever stands there."""

import pytest
from graph_recipes import micrograd
from player_driver import open_page

import bpviz

pytestmark = pytest.mark.layout

# Beat by beat: arrows of which more than half of both the diamond and the head is under what stands in the diagram.
HIDDEN = """async root => {
  const slider = root.querySelector("input[name=step]");
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const corners = head => head.getAttribute("d").split("Z").filter(Boolean).map(part =>
    part.slice(1).split("L").map(pair => {
      const [x, y] = pair.split(" ").map(Number);
      return new DOMPoint(x, y).matrixTransform(head.getScreenCTM());
    }));
  const inside = points => {
    const mean = axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    const [x, y] = [mean("x"), mean("y")];
    const toward = (point, part) => [x + part * (point.x - x), y + part * (point.y - y)];
    return points.flatMap(point => [0, 0.3, 0.6, 0.9].map(part => toward(point, part)));
  };
  const found = [];
  let count = 0;
  for (let beat = 0; beat <= Number(slider.max); beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    const boxes = [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")]
      .filter(chip => chip.checkVisibility({ visibilityProperty: true }))
      .map(chip => chip.querySelector(".bpviz-chip-frame").getBoundingClientRect());
    const covered = ([x, y]) => boxes.some(box => box.left < x && x < box.right && box.top < y && y < box.bottom);
    for (const edge of root.querySelectorAll(".bpviz-edge.bpviz-backward")) {
      const ends = corners(edge.querySelector(".bpviz-head")).map(inside);
      count += 1;
      if (ends.length !== 2) found.push(`${beat}: ${edge.dataset.edge} has ${ends.length} ends`);
      const hidden = ends.every(points => points.filter(covered).length > points.length / 2);
      if (hidden) found.push(`${beat}: ${edge.dataset.edge}`);
    }
  }
  return { found, count };
}"""


def stable_softmax():
    a = bpviz.given(a=[3, 2, 1])[0]
    e = bpviz.named("e", bpviz.exp(a - bpviz.max(a)))
    return bpviz.graph(e / bpviz.named("S", bpviz.sum(e)), name="y")


def convolution():
    text = "c1 = k1*x1 + k2*x2; c2 = k1*x2 + k2*x3; p = max(c1, c2); 0.5*(p - t)**2"
    return bpviz.graph(text, name="E", x1=1, x2=2, x3=3, k1=1, k2=-1, t=1)


GRAPHS = {"micrograd": micrograd, "softmax": stable_softmax, "convolution": convolution}


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600), (390, 844)])
@pytest.mark.parametrize("name", GRAPHS)
def test_of_every_arrow_back_the_start_or_the_head_is_seen(page, tmp_path, name, size):
    player = open_page(page, tmp_path, GRAPHS[name](), width=size[0], height=size[1], motion="reduce")
    seen = player.root.evaluate(HIDDEN)
    assert seen["count"] >= 20
    assert seen["found"] == []
