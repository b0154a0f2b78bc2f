"""Random weights in the page: Python's, undone as one change, with a seed that one can type."""

import player_driver
import pytest

import bpviz
from bpviz.cases.case1_starts import random_start

SEED = "seed of the random weights"


@pytest.fixture
def open_page(page, tmp_path):
    def opened(example, panels=("training",)):
        return player_driver.open_page(page, tmp_path, example, height=1400, motion="reduce", panels=list(panels))

    return opened


def seed_box(player):
    return player.root.get_by_role("textbox", name=SEED)


def type_seed(player, seed, key="Enter"):
    seed_box(player).fill(str(seed))
    seed_box(player).press(key)
    player.settle()


def values(player, example):
    return {given.name: player.value(given.name) for given in example.program.givens}


@pytest.mark.parametrize("example", [bpviz.case1("exact"), bpviz.case2(), bpviz.case2(train_biases=True)], ids=str)
def test_they_are_pythons_seed_by_seed(open_page, example):
    player, python = open_page(example), example.player()
    before = values(player, example)
    assert seed_box(player).input_value() == "", "what stands there first is not random"
    for seed in (1, 2):
        player.button("Random weights").click()
        python.randomise()
        assert values(player, example) == {name: getattr(python, name) for name in before}
        assert seed_box(player).input_value() == str(seed)
    type_seed(player, 2**32 - 1)
    python.randomise(2**32 - 1)
    assert values(player, example) == {name: getattr(python, name) for name in before}
    player.button("Random weights").click()
    python.randomise()
    assert python.random_seed == 0
    assert values(player, example) == {name: getattr(python, name) for name in before}
    changed = {name for name, value in values(player, example).items() if value != before[name]}
    assert changed == set(example.program.feedback)
    type_seed(player, 0)  # the same weights again: no change to take back
    for _ in range(4):
        player.button("Undo").click()
    assert values(player, example) == before
    assert seed_box(player).input_value() == ""


@pytest.mark.parametrize("seed", [1364235722, 1012609139], ids=["half up", "half down"])
def test_a_weight_half_way_between_two_decimals_is_pythons(open_page, seed):
    example = bpviz.case1("exact")
    player = open_page(example)
    type_seed(player, seed)
    assert {w: player.value(w) for w in example.program.feedback} == dict(random_start(seed))


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_the_first_seed_may_be_0(open_page, key):
    example = bpviz.case1("exact")
    player = open_page(example)
    seed_box(player).focus()
    assert seed_box(player).input_value() == "", "no seed stands there before one was taken"
    type_seed(player, 0, key)
    assert {w: player.value(w) for w in example.program.feedback} == dict(random_start(0))
    assert seed_box(player).input_value() == "0"


def test_the_same_seed_again_begins_the_run_again(open_page):
    example = bpviz.case1("exact")
    player = open_page(example)
    type_seed(player, 3)
    player.button("Train 100 rounds").click()
    player.settle()
    assert player.root.locator(".bpviz-rounds").inner_text() == "round 100"
    seed_box(player).focus()
    seed_box(player).press("Tab")
    assert player.root.locator(".bpviz-rounds").inner_text() == "round 100", "one may walk through the box"
    type_seed(player, 3)
    assert player.root.locator(".bpviz-rounds").inner_text() == "round 0"
    assert {w: player.value(w) for w in example.program.feedback} == dict(random_start(3))
    player.box("w14").fill("0.5")
    player.box("w14").press("Enter")
    type_seed(player, 3, "Tab")
    assert {w: player.value(w) for w in example.program.feedback} == dict(random_start(3))


def test_the_same_seed_begins_anew_after_rounds_that_change_nothing(open_page):
    example = bpviz.case1("exact")
    player, python = open_page(example), example.player()
    type_seed(player, 3)
    python.randomise(3)
    player.box("eta").fill("0")
    player.box("eta").press("Enter")
    python.eta = 0
    player.button("Train 100 rounds").click()
    python.train(100)
    player.settle()
    assert (player.root.locator(".bpviz-rounds").inner_text(), python.rounds) == ("round 100", 100)
    type_seed(player, 3)
    python.randomise(3)
    assert (player.root.locator(".bpviz-rounds").inner_text(), python.rounds) == ("round 0", 0)


def test_the_seed_stays_while_the_training_goes_on(open_page):
    example = bpviz.case1("exact", data="xor")
    player = open_page(example, ["data"])
    type_seed(player, 15)
    assert {w: player.value(w) for w in example.program.feedback} == dict(random_start(15))
    player.button("Train 1,000 epochs").click()
    player.settle()
    assert seed_box(player).input_value() == "15"
    assert "epoch 1,000" in player.root.locator(".bpviz-data").inner_text()
    player.button("Random weights").click()
    player.settle()
    assert seed_box(player).input_value() == "16"
    assert "epoch 0" in player.root.locator(".bpviz-data").inner_text()
    player.box("w14").fill("0.5")
    player.box("w14").press("Enter")
    player.settle()
    assert seed_box(player).input_value() == ""


@pytest.mark.parametrize("text", ["1.5", "-1", "4294967296", "much"])
def test_what_is_no_seed_changes_nothing(open_page, text):
    example = bpviz.case1("exact")
    player = open_page(example)
    before = values(player, example)
    type_seed(player, text)
    player.settle()
    assert f"'{text}' is not a seed" in player.root.locator(".bpviz-random .bpviz-note").inner_text()
    assert values(player, example) == before


def test_there_is_one_button_where_both_panels_train(open_page):
    player = open_page(bpviz.case1(data="xor"), ["training", "data"])
    assert player.button("Random weights").count() == 1
