"""Graphs of many operations: where labels stand, none can be taken for that of another node or arrow."""

import pytest
from graph_driver import show
from graph_labels import batch_of_softmax, read_in
from graph_recipes import micrograd
from player_driver import open_page

import bpviz
from bpviz.telling.scene import beside, under
from bpviz.views.look import SETTLE

pytestmark = pytest.mark.layout


# Beat by beat: chips told of an edge that stand nearer to another arrow, without a line to where they belong.
FOREIGN = """async ([root, told]) => {
  const slider = root.querySelector("input[name=step]");
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const far = (edge, [x, y]) => {
    const line = edge.querySelector(".bpviz-line"), whole = line.getTotalLength(), matrix = line.getScreenCTM();
    const points = Array.from({ length: 101 }, (_, k) =>
      DOMPoint.fromPoint(line.getPointAtLength((whole * k) / 100)).matrixTransform(matrix));
    return Math.min(...points.map(point => Math.hypot(point.x - x, point.y - y)));
  };
  const found = [];
  for (let beat = 0; beat < told.length; beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    const arrows = [...root.querySelectorAll(".bpviz-edge.bpviz-backward")];
    const foreign = told[beat].filter(([name, own]) => {
      const chip = root.querySelector(`.bpviz-chip [data-bp="${name}"]`).closest(".bpviz-chip");
      if (chip.style.visibility === "hidden") return !!chip.closest(".bpviz-told"); // of an element not written out
      const at = middle(chip.querySelector(".bpviz-chip-frame").getBoundingClientRect());
      const mine = far(arrows.find(edge => edge.dataset.edge === own), at);
      const leader = root.querySelector(`.bpviz-leaders [data-for="${own}"]`);
      if (leader && leader.getTotalLength() > 3) return false;
      return arrows.some(edge => edge.dataset.edge !== own && far(edge, at) < mine - 1);
    });
    if (foreign.length) found.push([beat, foreign]);
  }
  return found;
}"""


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
def test_what_comes_back_over_an_edge_stands_by_it(page, tmp_path, size):
    a = bpviz.given(a=[3, 2, 1])[0]
    e = bpviz.named("e", bpviz.exp(a - bpviz.max(a)))
    ex = bpviz.graph(e / bpviz.named("S", bpviz.sum(e)), name="y")
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    edges = {edge.id for edge in ex.scene.edges}
    told = [
        [
            [next(piece.what for piece in chip.lines[-1] if piece.show == "value"), chip.anchor]
            for chip in beat.chips
            if chip.anchor in edges and chip.anchor in beat.backward
        ]
        for beat in ex.beats
    ]
    assert sum(map(len, told)) >= 6
    assert player.page.evaluate(FOREIGN, [player.root.element_handle(), told]) == []


# Beat by beat: bright values without names or lines at the left of a node that is not the leftmost.
AT_THE_LEFT = """async root => {
  const slider = root.querySelector("input[name=step]");
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const middle = element => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; };
  const nodes = new Map([...root.querySelectorAll(".bpviz-node")].map(node => [node.dataset.node, node]));
  const found = [];
  let seen = 0;
  for (let beat = 0; beat <= Number(slider.max); beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    const first = Math.min(...[...nodes.values()].map(node => middle(node.querySelector(".bpviz-body"))));
    for (const chip of root.querySelectorAll(".bpviz-diagram .bpviz-chip:not(.bpviz-dim, .bpviz-told)")) {
      const { bp } = chip.querySelector("[data-bp]")?.dataset ?? {};
      const node = nodes.get(bp)?.querySelector(".bpviz-body");
      const isSeen = chip.getClientRects().length && chip.checkVisibility({ visibilityProperty: true });
      if (!node || !isSeen || middle(node) < first + 5) continue;
      if (root.querySelector(`.bpviz-leaders [data-for="value@${bp}"]`)) continue;
      seen += 1;
      if (middle(chip.querySelector(".bpviz-chip-frame")) < middle(node) - 5) found.push([beat, bp]);
    }
  }
  return { seen, found };
}"""


@pytest.mark.parametrize("size", [(1186, 530), (390, 844)])
def test_no_bright_value_of_a_list_stands_at_the_left_of_its_node(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    values = player.root.evaluate(AT_THE_LEFT)
    assert values["seen"] > 100
    assert values["found"] == []


# How much of these lines, in diagram units, the value of a node covers; 0 where it gives way.
COVERED = """(lines, name) => {
  const chip = document.querySelector(`.bpviz-chip:has([data-bp="${name}"])`);
  if (!chip || !chip.checkVisibility({ visibilityProperty: true })) return 0;
  const box = chip.querySelector(".bpviz-chip-frame").getBoundingClientRect();
  const inside = (line, at) => {
    const { x, y } = DOMPoint.fromPoint(line.getPointAtLength(at)).matrixTransform(line.getScreenCTM());
    return box.left < x && x < box.right && box.top < y && y < box.bottom;
  };
  const units = line => Array.from({ length: Math.floor(line.getTotalLength()) }, (_, k) => k);
  return Math.max(...lines.map(line => units(line).filter(at => inside(line, at)).length));
}"""


# Beat by beat: what has a line to where it belongs.
LED = """async root => {
  const slider = root.querySelector("input[name=step]");
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const led = [];
  for (let beat = 0; beat <= Number(slider.max); beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    led.push([...root.querySelectorAll(".bpviz-leaders [data-for]")].map(line => line.dataset.for));
  }
  return led;
}"""


@pytest.mark.parametrize("size", [(1186, 530), (860, 530)])
def test_only_what_a_beat_tells_or_calculates_with_stands_far_from_its_own(page, tmp_path, size):
    ex = micrograd()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    led = player.root.evaluate(LED)[:-1]  # at the end it is what one asks for
    for beat, far in zip(ex.beats[:-1], led, strict=True):
        read = read_in(ex, beat)
        wanted = {chip.anchor for chip in beat.chips} | {beside("value", name) for name in read}
        wanted |= {under(ex.program[name].role.by)[0] for name in read if name.startswith("d")}
        assert {*far} <= wanted, beat.id
    assert sum(map(len, led)) > 10


def test_where_parts_meet_a_value_lies_on_none_of_their_arrows(page, tmp_path):
    text = "o = sigmoid(w*x + b); -(t*log(o) + (1 - t)*log(1 - o))"
    ex = bpviz.graph(text, name="E", learn=("w", "b"), w=2, x=1, b=2, t=0)
    player = open_page(page, tmp_path, ex, width=1186, height=530, motion="reduce")
    show(player, next(k for k, beat in enumerate(ex.beats) if beat.id == "dE_dt"))
    own = player.root.locator(".bpviz-edge.bpviz-backward .bpviz-line")
    assert own.count() == 2
    covered = own.evaluate_all(COVERED, "t")
    assert covered <= SETTLE["covers"]
