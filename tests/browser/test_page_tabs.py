"""Panels that share a room: a tab for each, one of them in front, by pointer, by keys and from Python."""

import pytest
from hosts import mount
from player_driver import PlayerDriver, open_page
from windowed import shown_panels

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
USUAL = ["training", "slice", "truth", "table"]
TABS = """root => [...root.querySelectorAll("[role=tablist] [role=tab]")].map(tab => [
  tab.textContent, tab.getAttribute("aria-selected"), tab.tabIndex,
  document.getElementById(tab.getAttribute("aria-controls")).dataset.panel])"""
FOCUSED = "() => document.activeElement.getAttribute('aria-controls')?.split('-').pop() ?? null"


@pytest.fixture
def player(page, tmp_path):
    return open_page(page, tmp_path, bpviz.case2(), width=860, height=530, motion="reduce")


def check(player, front: str, names: list[str] = USUAL) -> None:
    """One tab is chosen and the one stop for Tab, its panel is the one that is seen."""
    player.settle()
    tabs = player.root.evaluate(TABS)
    assert [name for *_, name in tabs] == names
    assert [name for _, chosen, _, name in tabs if chosen == "true"] == [front]
    assert [name for _, _, stop, name in tabs if stop == 0] == [front]
    assert shown_panels(player) == [front]


def test_each_tab_brings_its_panel(player):
    check(player, "training")
    for name in USUAL:
        player.tab(name).click()
        check(player, name)
    labels = [WORDS["loss"], *(WORDS[name] for name in USUAL[1:])]
    assert player.root.get_by_role("tab").all_inner_texts() == labels
    assert player.root.get_by_role("tablist").get_attribute("aria-label") == WORDS["panels"]
    assert player.root.get_by_role("tabpanel", name=WORDS["table"]).is_visible()


def test_a_weight_that_is_chosen_on_its_edge_brings_its_slice(player):
    player.root.locator("[data-weight=w7]").focus()
    player.press("Enter")
    check(player, "slice")
    assert player.root.locator("select[name=slice_of]").input_value() == "w7"


def test_by_keys_alone(player):
    player.tab("training").focus()
    beat = player.beat()
    keys = ("ArrowRight", "slice"), ("ArrowLeft", "training"), ("ArrowLeft", "table"), ("ArrowRight", "training")
    for key, name in (*keys, ("End", "table"), ("Home", "training")):
        player.press(key)
        check(player, name)
        assert player.page.evaluate(FOCUSED) == name
    assert player.beat() == beat, "the story stays where it is"
    player.press("Tab")
    assert player.page.evaluate(FOCUSED) is None, "the tabs are one stop"


def test_a_panel_that_comes_to_the_front_knows_the_values_of_now(player):
    player.type_number("w5", "0.9")
    player.bring("table")
    shown = {slot.name: slot.value for slot in player.read()["slots"] if slot.exact}
    assert shown["w5"] == 0.9
    player.bring("training")
    assert player.panel("table").locator("[data-value]").count() == 0


@pytest.mark.parametrize(
    ("width", "front", "seen"),
    [
        (860, "truth", ["training", "truth"]),
        (1280, "truth", ["training", "slice", "truth"]),
        (1280, "table", ["training", "table"]),
    ],
)
def test_in_tall_windows_those_that_fit_are_seen(page, tmp_path, width, front, seen):
    player = open_page(page, tmp_path, bpviz.case2(), width=width, height=1000, front=front)
    assert shown_panels(player) == seen
    assert [name for _, chosen, _, name in player.root.evaluate(TABS) if chosen == "true"] == seen
    assert player.root.get_by_role("tablist").is_visible()


def test_where_all_fit_no_tabs_are_seen(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), height=1000, panels=["training", "table"])
    assert shown_panels(player) == ["training", "table"]
    assert not player.root.get_by_role("tablist").is_visible()


def test_the_schedules_have_a_tab_only_where_asked(page, tmp_path):
    example, size = bpviz.case1(), {"width": 860, "height": 530}
    assert open_page(page, tmp_path, example, **size).tab("schedules").count() == 0
    asked = open_page(page, tmp_path, example, panels=["training", "schedules"], front="schedules", **size)
    check(asked, "schedules", ["training", "schedules"])
    alone = open_page(page, tmp_path, example, panels=["schedules"], **size)
    assert alone.root.get_by_role("tab").count() == 0
    assert alone.panel("schedules").is_visible()


def test_python_says_which_is_in_front(page, tmp_path):
    check(open_page(page, tmp_path, bpviz.case2(), width=860, height=530, front="slice"), "slice")
    saved = bpviz.case2().player(front="slice")
    saved.front = "table"
    check(open_page(page, tmp_path, saved, width=860, height=530), "table")


def test_it_follows_the_kernel_and_tells_it(page):
    page.set_viewport_size({"width": 860, "height": 530})
    mount(page, bpviz.case2(), front="slice")
    player = PlayerDriver(page)
    check(player, "slice")
    page.evaluate("model.set('front', 'truth')")
    check(player, "truth")
    player.tab("table").click()
    assert page.evaluate("model.get('front')") == "table"
    page.evaluate("model.set('front', '')")
    check(player, "training")
