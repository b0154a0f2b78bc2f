"""Where there is data, the panel Error trains one row alone: it says so, what all rows lose, and leads to them."""

import numpy as np
import pytest
from player_driver import open_page

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words

WORDS = words().section("player")


@pytest.fixture
def ex():
    return bpviz.case1("exact", data="xor")


def open_xor(page, tmp_path, ex, **options):
    return open_page(page, tmp_path, ex, width=1280, height=1000, front="training", **options)


def told(player) -> str:
    player.settle()
    return player.root.locator(".bpviz-loss .bpviz-one-row").inner_text()


def mean(player) -> float:
    player.settle()
    return float(player.root.locator(".bpviz-one-row .bpviz-number").get_attribute("data-value"))


def show_row(player, row: int) -> None:
    player.root.locator("[role=tab]", has_text=WORDS["data"]).evaluate("tab => tab.click()")
    player.root.locator(f"[data-row='{row - 1}'] th button").click()
    player.root.locator("[role=tab]", has_text=WORDS["loss"]).evaluate("tab => tab.click()")


def test_it_names_the_row_and_shows_what_all_rows_lose(page, tmp_path, ex):
    player = open_xor(page, tmp_path, ex)
    assert WORDS["one_row"].format(row=1) in told(player)
    player.type_number("x1", "0.5")
    assert WORDS["one_row_here"] in told(player)
    show_row(player, 3)
    assert WORDS["one_row"].format(row=3) in told(player)
    group = player.root.locator(".bpviz-loss .bpviz-train")
    assert group.get_attribute("aria-label") == WORDS["one_row"].format(row=3)
    assert group.locator("button").first.inner_text() == WORDS["one_row_once"].format(row=3)
    many = group.locator("button").last
    assert "row 3 only" in many.get_attribute("title")
    before = mean(player)
    many.click()
    values = {g.name: player.value(g.name) for g in ex.program.givens}
    rows = [ex.run(**values | {"x1": a, "x2": b, "z": z})["E"] for a, b, z in ex.data]
    assert mean(player) == pytest.approx(np.mean(rows))
    assert mean(player) > 1.5 * before, "one row is learnt, the others are forgotten"
    spoken = player.root.locator("[aria-live]").text_content()
    assert spoken.startswith(WORDS["said_trained_row"].format(row=3, n="10,000"))
    assert WORDS["said_mean"].format(value=format_number(mean(player))) in spoken


def test_it_says_that_the_epochs_end(page, tmp_path, ex):
    player = open_xor(page, tmp_path, ex)
    show_row(player, 2)
    player.root.locator("[role=tab]", has_text=WORDS["data"]).evaluate("tab => tab.click()")
    player.root.locator(f".bpviz-data button[aria-label='{WORDS['data_train_epochs'].format(n=100)}']").click()
    player.settle()
    assert WORDS["said_epochs"].format(n=100) in player.root.locator("[aria-live]").text_content()
    player.root.locator("[role=tab]", has_text=WORDS["loss"]).evaluate("tab => tab.click()")
    assert WORDS["one_row_ends"].format(n=100) in told(player)
    player.root.locator(".bpviz-loss .bpviz-train button").first.click()
    player.settle()
    assert WORDS["said_epochs_end"].format(n=100) in player.root.locator("[aria-live]").text_content()
    assert WORDS["one_row_ends"].format(n=100) not in told(player)


def test_it_leads_to_all_rows_where_they_are_asked_for(page, tmp_path, ex):
    player = open_xor(page, tmp_path, ex)
    player.button(WORDS["one_row_all"]).click()
    player.settle()
    assert player.root.locator(".bpviz-data").is_visible()
    alone = open_page(page, tmp_path, ex, width=1280, height=1000, panels=("training",))
    assert alone.root.locator(".bpviz-one-row").is_visible()
    assert alone.button(WORDS["one_row_all"]).count() == 0


def test_without_data_nothing_is_said_of_rows(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1("exact"), panels=("training",))
    assert player.root.locator(".bpviz-one-row").count() == 0
