"""On a phone the diagram stands in rows from top to bottom: its numbers can be read, and nothing is left out."""

import looks
import player_driver
import pytest

import bpviz

pytestmark = pytest.mark.layout

LEAST = 11  # CSS pixels
EXAMPLES = {"case2": bpviz.case2(), "drawn": bpviz.case1(), "exact": bpviz.case1("exact"), "neuron": bpviz.neuron()}

# Every number's height, every label left out, and every text or shape that leaves the diagram.
SEEN = """root => {
  const diagram = root.querySelector(".bpviz-diagram");
  const canvas = diagram.getBoundingClientRect();
  const seen = element => element.getClientRects().length > 0;
  const numbers = [...diagram.querySelectorAll("text[data-value]")].filter(seen);
  const labels = [...diagram.querySelectorAll(".bpviz-label")].filter(seen);
  const parts = [...diagram.querySelectorAll(".bpviz-chip-frame, .bpviz-body, .bpviz-head, text")].filter(seen);
  const inside = ({ left, right, top, bottom }) =>
    Math.min(left - canvas.left, canvas.right - right, top - canvas.top, canvas.bottom - bottom) >= -0.5;
  return {
    tall: diagram.classList.contains("bpviz-tall"),
    width: canvas.width,
    heights: numbers.map(t => [parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a, t.textContent]),
    hidden: labels.filter(label => getComputedStyle(label).visibility === "hidden").map(label => label.textContent),
    outside: parts.filter(part => !inside(part.getBoundingClientRect())).map(part => part.outerHTML.slice(0, 90)),
  };
}"""

# Chips that meet a node, the ring of one in focus, or each other, by more than half a pixel.
MEETINGS = """root => {
  const seen = element => element.getClientRects().length > 0;
  const box = (element, what) => ({ what, ...element.getBoundingClientRect().toJSON() });
  const chips = [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")].filter(seen)
    .map(chip => box(chip.querySelector(".bpviz-chip-frame"), chip.textContent));
  const nodes = [...root.querySelectorAll(".bpviz-node")].map(node => {
    const focus = node.classList.contains("bpviz-focus");
    return box(node.querySelector(focus ? ".bpviz-ring" : ".bpviz-body"), node.dataset.node);
  });
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  const others = k => [...nodes, ...chips.slice(k + 1)];
  return chips.flatMap((a, k) => others(k).filter(b => meet(a, b)).map(b => `${a.what} meets ${b.what}`));
}"""


DROPS = "lines => lines.map(l => l.getPointAtLength(l.getTotalLength()).y - l.getPointAtLength(0).y)"


def open_on(page, tmp_path, shown):
    path = tmp_path / "page.html"
    shown.to_html(path)
    page.goto(path.as_uri())
    page.locator(".bpviz-card").wait_for()
    player = player_driver.PlayerDriver(page)
    player.stage.focus()
    player.press("Home")
    player.settle()
    looks.start_looking(page)
    return player


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_beat_can_be_read_and_nothing_overlaps_or_is_left_out(phone, tmp_path, name):
    player = open_on(phone, tmp_path, EXAMPLES[name])
    for beat in EXAMPLES[name].beats:
        seen = player.root.evaluate(SEEN)
        assert seen["tall"]
        assert [(size, text) for size, text in seen["heights"] if size < LEAST] == [], beat.id
        assert seen["hidden"] == [], beat.id
        assert seen["outside"] == [], beat.id
        assert player.root.evaluate(MEETINGS) == [], beat.id
        assert [found for found in looks.problems(phone) if "<bpviz-ce" in found or "<bpviz-ch" in found] == [], beat.id
        player.press("ArrowRight")
        player.settle()


def test_it_fills_the_width_and_follows_it(phone, tmp_path):
    player = open_on(phone, tmp_path, EXAMPLES["case2"])
    stage = player.stage.bounding_box()["width"]
    assert player.root.evaluate(SEEN)["width"] > stage - 10
    for width, tall in ((1280, False), (390, True)):
        phone.set_viewport_size({"width": width, "height": 844})
        player.settle()
        assert player.root.evaluate(SEEN)["tall"] is tall


def test_arrows_run_down_to_a_neuron_and_up_again(phone, tmp_path):
    player = open_on(phone, tmp_path, EXAMPLES["case2"])
    by_id = {beat.id: k for k, beat in enumerate(EXAMPLES["case2"].beats)}
    for beat, way, sign in (("net_h1", "forward", 1), ("dE_dw5", "backward", -1)):
        player.press("Home", *["ArrowRight"] * by_id[beat])
        player.settle()
        drops = player.root.locator(f".bpviz-{way} .bpviz-line").evaluate_all(DROPS)
        assert drops
        assert all(sign * drop > 0 for drop in drops)


def test_a_weight_is_chosen_on_its_edge(phone, tmp_path):
    player = open_on(phone, tmp_path, bpviz.case1("exact").player(panels=["slice"]))
    player.root.locator("[data-weight=w35]").focus()
    player.press("Enter")
    player.settle()
    assert player.root.locator("select[name=slice_of]").input_value() == "w35"
