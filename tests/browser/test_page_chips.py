"""Chips stay between the nodes of their edge and clear of rings and each other, however long their numbers become."""

import player_driver
import pytest

import bpviz

pytestmark = pytest.mark.layout

MEETINGS = """root => {
  const box = (element, what) => ({ what, ...element.getBoundingClientRect().toJSON() });
  const isSeen = chip => chip.checkVisibility({ visibilityProperty: true });
  const shown = [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")].filter(isSeen);
  const chips = shown.map(chip => box(chip.querySelector(".bpviz-chip-frame"), chip.textContent));
  const nodes = [...root.querySelectorAll(".bpviz-node")].map(node => {
    const focus = node.classList.contains("bpviz-focus");
    return box(node.querySelector(focus ? ".bpviz-ring" : ".bpviz-body"), node.dataset.node);
  });
  const inside = (a, b) => a + 1 < b; // side by side is no meeting
  const meet = (a, b) =>
    inside(a.left, b.right) && inside(b.left, a.right) && inside(a.top, b.bottom) && inside(b.top, a.bottom);
  return chips.flatMap((a, k) =>
    [...nodes, ...chips.slice(k + 1)].filter(b => meet(a, b)).map(b => `${a.what} meets ${b.what}`));
}"""

# Labels that are not part of the beat but stand on a line that is: how many CSS pixels of it each one hides.
HIDDEN = """root => [...root.querySelectorAll(".bpviz-edge:not(.bpviz-dim)")].flatMap(edge => {
  const line = edge.querySelector(".bpviz-line");
  const whole = line.getTotalLength(), parts = 200, under = {};
  const at = t => DOMPoint.fromPoint(line.getPointAtLength(t * whole)).matrixTransform(line.getScreenCTM());
  const step = whole * line.getScreenCTM().a / parts;
  for (let k = 0; k < parts; k += 1) {
    const { x, y } = at((k + 0.5) / parts);
    const label = document.elementFromPoint(x, y)?.closest(".bpviz-label.bpviz-dim");
    if (label) under[label.textContent] = (under[label.textContent] ?? 0) + step;
  }
  return Object.entries(under).filter(([, length]) => length > 26).map(([text]) => `${text} on ${edge.dataset.edge}`);
})"""
# Width, height, whether it presents: with the usual places, with larger ones, in a hall.
WAYS = {"usual": (1280, 1400, False), "large": (860, 530, False), "presenting": (1280, 720, True)}


@pytest.fixture
def open_page(page, tmp_path):
    def opened(player, way="usual"):
        width, height, presents = WAYS[way]
        driver = player_driver.open_page(page, tmp_path, player, width=width, height=height, motion="reduce")
        driver.stage.focus()
        driver.press(*["p"] * presents)
        return driver

    return opened


def after_training(rule, preset):
    """A player whose weights have four decimals, most of them with a minus sign."""
    example = bpviz.case1(rule, preset=preset)
    player = example.player(panels=[])
    for name in example.program.feedback:
        setattr(player, name, -0.1234 - abs(getattr(player, name)) / 3)
    return player


@pytest.mark.parametrize("rule", ["illustrated", "exact"])
@pytest.mark.parametrize("preset", ["default", "apart"])
def test_new_weights_of_many_digits_keep_clear_of_nodes_and_rings(open_page, rule, preset):
    player = open_page(after_training(rule, preset))
    player.press("End")
    for _ in range(8):
        assert player.root.evaluate(MEETINGS) == []
        player.press("ArrowLeft")


def by_chance(rule):
    """A player whose error signals have many digits."""
    player = bpviz.case1(rule).player(panels=[])
    player.randomise(1)
    return player


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("start", ["chance", "trained"])
@pytest.mark.parametrize("rule", ["illustrated", "exact"])
def test_chips_make_room_for_each_other_on_every_beat(open_page, rule, start, way):
    saved = by_chance(rule)
    if start == "trained":
        saved.train(10_000)
    player, nodes = open_page(saved, way), {node.id for node in bpviz.case1().scene.nodes}
    for _ in bpviz.case1(rule).beats:
        meetings = [found.split(" meets ") for found in player.root.evaluate(MEETINGS)]
        assert [chips for chips in meetings if chips[1] not in nodes] == []
        player.press("ArrowRight")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "example", [bpviz.case1(), bpviz.case1("exact"), bpviz.case2()], ids=["drawn", "exact", "case2"]
)
def test_no_other_label_hides_a_line_of_the_beat(open_page, example, way):
    player = open_page(example.player(panels=[]), way)
    gone = 0
    for _ in example.beats:
        assert player.root.evaluate(HIDDEN) == []
        gone += player.root.locator('.bpviz-label[style*="visibility: hidden"]').count()
        player.press("ArrowRight")
    assert (gone > 0) is (example.name == "case1" and way != "usual")


# The ends of the arrows of the way back that a chip covers, and those that touch no node.
ENDS = """root => {
  const box = (element) => element.getBoundingClientRect();
  const holds = (a, x, y, more) => a.left - more < x && x < a.right + more && a.top - more < y && y < a.bottom + more;
  const chips = [...root.querySelectorAll(".bpviz-chip.bpviz-told .bpviz-chip-frame")].map(box);
  return [...root.querySelectorAll(".bpviz-edge.bpviz-backward")].flatMap(edge => {
    const line = edge.querySelector(".bpviz-line");
    const matrix = line.getScreenCTM(), whole = line.getTotalLength();
    const at = length => DOMPoint.fromPoint(line.getPointAtLength(length)).matrixTransform(matrix);
    const ends = [[at(8), 5], [at(14), 3], [at(whole), -1]]; // the diamond with what is around it, the tip
    return ends.filter(([{ x, y }, more]) => chips.some(chip => holds(chip, x, y, more))).map(() => edge.dataset.edge);
  });
}"""
LOOSE = """root => {
  const nodes = [...root.querySelectorAll(".bpviz-node .bpviz-body")].map(node => node.getBoundingClientRect());
  return [...root.querySelectorAll(".bpviz-edge")].flatMap(edge => {
    const line = edge.querySelector(".bpviz-line"), matrix = line.getScreenCTM();
    const ends = [line.getPointAtLength(0), line.getPointAtLength(line.getTotalLength())];
    const far = ends.map(end => DOMPoint.fromPoint(end).matrixTransform(matrix)).filter(({ x, y }) => !nodes.some(
      ({ left, right, top, bottom }) => left - 1.5 < x && x < right + 1.5 && top - 1.5 < y && y < bottom + 1.5));
    return far.map(() => edge.dataset.edge);
  });
}"""


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600)])
@pytest.mark.parametrize(
    "example", [bpviz.case1(), bpviz.case1("exact"), bpviz.case2()], ids=["drawn", "exact", "case2"]
)
def test_every_error_is_seen_to_set_out_and_edges_end_at_nodes(page, tmp_path, example, size):
    width, height = size
    player = player_driver.open_page(page, tmp_path, example.player(), width=width, height=height, motion="reduce")
    assert player.root.evaluate(LOOSE) == []
    player.stage.focus()
    arrows = 0
    for _ in example.beats:
        arrows += player.root.locator(".bpviz-edge.bpviz-backward").count()
        assert player.root.evaluate(ENDS) == []
        player.press("ArrowRight")
        player.settle()
    assert arrows > 5
    assert player.root.evaluate(LOOSE) == []
