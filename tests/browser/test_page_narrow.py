"""In a small window a wide network stands closer together, so that its numbers stay readable."""

import pytest
from player_driver import open_page
from presenting import CLASHES

import bpviz

pytestmark = pytest.mark.layout

SIZES = """root => [...root.querySelectorAll(".bpviz-diagram text[data-value]")].filter(t => t.getClientRects().length)
  .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
CLASS = "root => root.querySelector('.bpviz-diagram').getAttribute('class')"
USUAL, LARGE = "bpviz-diagram", "bpviz-diagram bpviz-large"
SHOWN = ((1280, 1400, USUAL), (860, 530, LARGE), (640, 900, LARGE), (1280, 900, LARGE), (1280, 1400, USUAL))


@pytest.fixture
def player(page, tmp_path):
    return open_page(page, tmp_path, bpviz.case1("exact"), width=860, height=530, motion="reduce", panels=["slice"])


def test_every_number_is_at_least_eleven_pixels_high(player):
    player.stage.focus()
    for _ in range(len(bpviz.case1("exact").beats) - 1):
        player.press("ArrowRight")
        assert min(player.root.evaluate(SIZES)) >= 11
        assert player.root.evaluate(CLASHES) == []


def test_it_follows_the_size_of_the_window(page, player):
    player.stage.focus()
    player.press("ArrowRight", "ArrowRight", "ArrowRight")
    slots = player.read()["slots"]
    for width, height, shown in SHOWN:
        page.set_viewport_size({"width": width, "height": height})
        player.settle()
        assert player.root.evaluate(CLASS) == shown
        assert values(player.read()["slots"]) == values(slots)


def values(slots):
    return {(slot.name, slot.value) for slot in slots if slot.value is not None}


def test_a_weight_is_chosen_on_its_edge_as_on_the_usual_diagram(player):
    edge = player.root.locator("[data-weight=w35]")
    edge.focus()
    player.press("Enter")
    player.settle()
    assert player.root.locator("select[name=slice_of]").input_value() == "w35"


def test_a_network_that_is_small_enough_stays_as_it_is(page, tmp_path):
    assert open_page(page, tmp_path, bpviz.case2(), width=1280, height=1000).root.evaluate(CLASS) == USUAL


TOLD = """root => {
  const [title, told] = [".bpviz-title", ".bpviz-told-now"].map(name => root.querySelector(name));
  const inside = told.getBoundingClientRect().right <= title.getBoundingClientRect().right + 0.5;
  const [head, line] = [title.getBoundingClientRect(), told.getBoundingClientRect()];
  const indices = [...told.querySelectorAll("sub, sup")].map(index => index.getBoundingClientRect());
  const whole = [...indices, line].every(({ top, bottom }) => top >= head.top && bottom <= head.bottom);
  return whole && inside && told.scrollWidth <= told.clientWidth && root.querySelector(".bpviz-header").offsetHeight;
}"""


@pytest.mark.parametrize("width", [860, 390])
def test_the_head_has_one_height_and_what_the_step_tells_is_never_cut(page, tmp_path, width):
    player = open_page(page, tmp_path, bpviz.textbook("brownlee"), width=width, height=844, motion="reduce")
    heights = [player.root.evaluate(TOLD)]
    player.stage.focus()
    for _ in bpviz.textbook("brownlee").beats[1:]:
        player.press("ArrowRight")
        heights.append(player.root.evaluate(TOLD))
    assert len(set(heights)) == 1
    assert heights[0], "cut"
