"""Graphs of many operations: at every beat no label covers a circle or another one, and the beat's own stand there."""

import pytest
from graph_recipes import at_random, micrograd
from player_driver import open_page

import bpviz
from bpviz.telling.scene import beside, under
from bpviz.writing.shown import formula_rows, values_in

pytestmark = pytest.mark.layout

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


def parts_beside_the_sum(ex, beat):
    """Where parts are added, those of a list's elements that are not written out."""
    read = {name for shown in beat.formulas for row in formula_rows(ex.program, shown) for name in values_in(row)}
    parts = {p.what for c in beat.chips if c.anchor in ex.scene.edge for line in c.lines for p in line}
    return parts - read if len(parts & read) > 1 else set()


def beside_the_sum(ex, beat):
    """The same, and their sums."""
    parts = parts_beside_the_sum(ex, beat)
    beside = {ex.program[name].role.by for name in parts}
    told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
    sums = {step.name for step in ex.program.steps if step.role.by in beside}
    return parts | (told & sums)


@pytest.mark.parametrize("name", GRAPHS)
def test_nothing_overlaps_at_any_beat(page, tmp_path, name):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=1186, height=530, motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    for beat, missing in zip(ex.beats, seen["missing"], strict=True):
        told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
        assert (told - beside_the_sum(ex, beat)).isdisjoint(missing), beat.id
    operations = len(ex.scene.nodes)
    assert min(seen["counts"]) >= operations / 2, "most values stand there at once"


@pytest.mark.parametrize("size", [(860, 530), (390, 844)])
@pytest.mark.parametrize("name", ["micrograd", "softmax of 4"])
def test_nothing_overlaps_in_other_windows(page, tmp_path, name, size):
    player = open_page(page, tmp_path, GRAPHS[name](), width=size[0], height=size[1], motion="reduce")
    assert player.root.evaluate(EVERY_BEAT)["found"] == []


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


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
def test_parts_of_an_element_stand_there_all_or_not_at_all(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    whole = 0
    for beat, gone in zip(ex.beats, missing, strict=True):
        parts = parts_beside_the_sum(ex, beat)
        for to in {ex.program[name].role.by for name in parts}:
            told = {name for name in parts if ex.program[name].role.by == to}
            assert told.isdisjoint(gone) or told <= {*gone}, (beat.id, to)
            whole += told.isdisjoint(gone)
    assert whole or size[0] < 900


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


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600), (390, 844)])
def test_most_numbers_of_a_batch_stand_there_at_every_beat(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    for beat, missing, count in zip(ex.beats, seen["missing"], seen["counts"], strict=True):
        told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
        told -= (free := beside_the_sum(ex, beat))
        gone = [name for name in missing if name not in free]
        assert not told.intersection(gone), beat.id
        assert len(gone) <= (len(gone) + count) / 4, beat.id


@pytest.mark.parametrize("name", ["micrograd", "softmax of 4", "fraction"])
def test_at_the_end_every_givens_gradient_is_there(page, tmp_path, name):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=860, height=530, motion="reduce")
    steps = {step.name for step in ex.program.steps}
    asked = steps.intersection(f"d{ex.program.loss}_d{given.name}" for given in ex.program.givens)
    assert asked
    assert asked.isdisjoint(player.root.evaluate(EVERY_BEAT)["missing"][-1])


@pytest.mark.parametrize("size", [(1186, 530), (390, 844)])
def test_before_the_first_step_every_given_s_value_is_there(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    givens = {given.name for given in ex.program.givens}
    assert givens.isdisjoint(player.root.evaluate(EVERY_BEAT)["missing"][0])


def test_at_the_end_the_result_is_there_in_a_hall_too(page, tmp_path):
    ex = GRAPHS["fraction"]()
    player = open_page(page, tmp_path, ex, width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    assert ex.program.loss not in player.root.evaluate(EVERY_BEAT)["missing"][-1]


def test_at_the_end_of_a_list_of_three_every_number_is_there_in_a_hall_too(page, tmp_path):
    ex = bpviz.graph("e = exp(a); S = sum(e); e[0] / S", name="y1", a=[1, 3, 2])
    player = open_page(page, tmp_path, ex.player(panels=[]), width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    assert player.root.evaluate(EVERY_BEAT)["missing"][-1] == []


@pytest.mark.parametrize("text", ["x*y + t", "(x + y) * t"])
def test_in_a_hall_the_value_of_the_node_in_focus_stands_there_too(page, tmp_path, text):
    ex = bpviz.graph(text, name="f", x=100, y=2, t=300)
    player = open_page(page, tmp_path, ex, width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    assert [gone for beat, gone in zip(ex.beats, missing, strict=True) if {*beat.focus} & {*gone}] == []


def test_on_a_phone_most_new_values_of_a_list_stand_there(page, tmp_path):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=390, height=844, motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    rings = [
        ({*beat.focus}, {*gone})
        for beat, gone in zip(ex.beats, missing, strict=True)
        if len(beat.focus) > 1 and beat.forward
    ]
    new, gone = (sum(map(len, found)) for found in ([ring for ring, _ in rings], [ring & out for ring, out in rings]))
    assert new > 30
    assert gone <= new / 10


def test_at_the_end_of_a_small_graph_every_gradient_is_there(page, tmp_path):
    ex = chain_of_four()
    player = open_page(page, tmp_path, ex.player(panels=[]), width=860, height=530, motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    assert seen["missing"][-1] == []


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
        read = {name for shown in beat.formulas for row in formula_rows(ex.program, shown) for name in values_in(row)}
        wanted = {chip.anchor for chip in beat.chips} | {beside("value", name) for name in read}
        wanted |= {under(ex.program[name].role.by)[0] for name in read if name.startswith("d")}
        assert {*far} <= wanted, beat.id
    assert sum(map(len, led)) > 10


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
@pytest.mark.parametrize("name", ["micrograd", "softmax of 4", "fraction"])
def test_what_a_beat_calculates_with_never_gives_way(page, tmp_path, name, size):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    read = [
        {name for shown in beat.formulas for row in formula_rows(ex.program, shown) for name in values_in(row)}
        for beat in ex.beats
    ]
    assert [names.intersection(gone) for names, gone in zip(read, missing, strict=True)] == [set()] * len(ex.beats)
