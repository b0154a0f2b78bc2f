"""Diagram, formula and table by keyboard: one Tab stop each, up and down inside; what one visits lights up in all."""

import player_driver
import pytest
from player_driver import PlayerDriver

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words

WORDS = words().section("player")
PLACES = ("diagram", "formula", "table")
HERE = """() => {
  const { dataset } = document.activeElement;
  const place = ["diagram", "formula", "table"].find(name => document.activeElement.closest(`.bpviz-${name}`));
  return [place ?? null, dataset.bp ?? dataset.ref ?? dataset.weight ?? null];
}"""
MARKED = """root => Object.fromEntries(["diagram", "formula", "table"].map(place => [place, [...new Set(
  [...root.querySelectorAll(`.bpviz-${place} .bpviz-marked`)].map(e => e.dataset.bp ?? e.dataset.ref))]]))"""


def open_page(page, tmp_path, example, start) -> PlayerDriver:
    player = player_driver.open_page(page, tmp_path, example, motion="reduce", start=start)
    player.bring("table")
    player.stage.focus()
    return player


@pytest.fixture
def player(page, tmp_path):
    return open_page(page, tmp_path, bpviz.case2(), "net_h1")


def here(player):
    player.settle()
    return player.page.evaluate(HERE)


def walk_to(player, place: str, name: str) -> None:
    """Go to a quantity by Tab and by ↓ alone."""
    if place == "table":
        player.button(WORDS["copy_csv"]).focus()
    for _ in range(3):
        if here(player)[0] != place or here(player)[1] is None:
            player.press("Tab")
    seen = []
    while here(player) != [place, name]:
        seen.append(here(player))
        player.press("ArrowDown")
        assert here(player) != seen[-1], f"no {name} among {seen}"


@pytest.mark.parametrize(
    ("make", "start", "name"),
    [
        (bpviz.case2, "net_h1", "w1"),
        (bpviz.case1, "y4", "w34"),
        (bpviz.case1, "delta1", "w15"),
        (lambda: bpviz.case1("exact"), "y1", "e1"),
    ],
)
def test_each_place_lights_the_others(page, tmp_path, make, start, name):
    player = open_page(page, tmp_path, make(), start)
    for place in PLACES:
        player.stage.focus()
        walk_to(player, place, name)
        assert player.root.evaluate(MARKED) == {other: [name] for other in PLACES}


def test_one_tab_stop_each(player):
    visited = []
    for _ in range(3):
        visited.append(here(player)[0])
        player.press("Tab")
    assert visited == [None, "diagram", "formula"]
    player.press("Shift+Tab", "Shift+Tab")
    assert here(player)[0] == "diagram"


@pytest.mark.parametrize(("place", "name"), [("diagram", "w1"), ("formula", "w1"), ("diagram", "net_h1")])
def test_steps_go_on_while_one_visits(player, place, name):
    walk_to(player, place, name)
    beat = player.beat()
    player.press("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "ArrowRight", "ArrowRight")
    assert player.beat() == 2
    assert player.root.evaluate("root => root.contains(document.activeElement)"), "the keyboard is lost"
    player.slider("step").fill(str(beat))
    assert player.beat() == beat


def test_an_edge_that_comes_to_the_front_keeps_the_keyboard(player):
    walk_to(player, "diagram", "w5")
    for _ in range(8):
        player.press("ArrowRight")
        assert here(player) == ["diagram", "w5"]
    player.press("Enter")
    player.bring("slice")
    assert player.root.locator("select[name=slice_of]").input_value() == "w5"


def test_an_edge_of_case_1_chooses_the_slice_by_keyboard(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1(), "y4")
    walk_to(player, "diagram", "w35")
    for _ in range(8):
        player.press("ArrowRight")
        assert here(player) == ["diagram", "w35"]
    player.press("Enter")
    player.bring("slice")
    assert player.root.locator("select[name=slice_of]").input_value() == "w35"


def test_a_visited_number_is_spoken(player):
    walk_to(player, "formula", "b1")
    while player.page.evaluate("() => document.activeElement.dataset.value === undefined"):
        player.press("ArrowDown")
    kinds = {"b": "bias", "w": "weight", "i": "input"}
    player.settle()
    spoken = player.root.locator(".bpviz-spoken").inner_text()
    name, value = here(player)[1], player.page.evaluate("() => document.activeElement.textContent")
    assert spoken == f"{kinds[name[0]]} {name}: {value}"


def test_an_error_signal_is_spoken(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1(), "delta1")
    walk_to(player, "formula", "delta4")
    while page.evaluate("() => document.activeElement.dataset.value === undefined"):
        player.press("ArrowDown")
    while here(player)[1] != "delta4":
        player.press("ArrowDown")
    spoken = player.root.locator(".bpviz-spoken").inner_text()
    assert spoken == f"error signal δ4: {format_number(bpviz.case1().run()['delta4'])}"


def test_a_click_gives_the_keys_to_the_stage(player):
    player.root.locator(".bpviz-cell-number[data-bp=net_h1]").click()
    assert here(player) == [None, None]
    beat = player.beat()
    player.press("ArrowRight")
    assert player.beat() == beat + 1
