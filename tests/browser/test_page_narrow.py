"""In a narrow window a wide network stands closer together, so that its numbers stay readable."""

import pytest
from player_driver import open_page
from presenting import CLASHES

import bpviz

pytestmark = pytest.mark.layout

SIZES = """root => [...root.querySelectorAll(".bpviz-diagram text[data-value]")].filter(t => t.getClientRects().length)
  .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
IS_LARGE = "root => root.querySelector('.bpviz-diagram').classList.contains('bpviz-large')"


@pytest.fixture
def player(page, tmp_path):
    return open_page(page, tmp_path, bpviz.case1("exact"), width=640, motion="reduce", panels=["slice"])


def test_every_number_is_at_least_eleven_pixels_high(player):
    player.stage.focus()
    for _ in range(len(bpviz.case1("exact").beats) - 1):
        player.press("ArrowRight")
        assert min(player.root.evaluate(SIZES)) >= 11
        assert player.root.evaluate(CLASHES) == []


def test_it_follows_the_width_of_the_window(page, player):
    player.stage.focus()
    player.press("ArrowRight", "ArrowRight", "ArrowRight")
    slots = player.read()["slots"]
    assert player.root.evaluate(IS_LARGE)
    for width, large in ((1280, False), (640, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 900})
        player.settle()
        assert player.root.evaluate(IS_LARGE) is large
        assert player.read()["slots"] == slots


def test_a_weight_is_chosen_on_its_edge_as_on_the_usual_diagram(player):
    edge = player.root.locator("[data-weight=w35]")
    edge.focus()
    player.press("Enter")
    player.settle()
    assert player.root.locator("select[name=slice_of]").input_value() == "w35"


def test_a_network_that_is_small_enough_stays_as_it_is(page, tmp_path):
    assert not open_page(page, tmp_path, bpviz.case2(), width=640).root.evaluate(IS_LARGE)
