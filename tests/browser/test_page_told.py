"""What the exported page says aloud, and where undo ends: training, undo, sliders; the ranges that come back."""

import re

import pytest
from player_driver import open_page

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words
from bpviz.views.player.moments import MOST_MOMENTS

WORDS = words().section("player")
PAUSE = 1000  # milliseconds: longer than a run of arrow presses rests


@pytest.fixture
def player(page, tmp_path):
    return open_page(page, tmp_path, bpviz.case2(), width=1280, height=1000)


def spoken(player) -> str:
    player.settle()
    return player.root.locator("[aria-live]").text_content()


def losing(example, **givens) -> str:
    """The sentence about the loss."""
    program = example.program
    value = format_number(example.run(**givens)[program.loss])
    name = example.notation[program.loss].plain.replace("_", " ")  # no sign that a voice would read out
    return WORDS["said_value"].format(name=f"error {name}", value=value)


def train(player, label: str) -> None:
    player.root.locator(f".bpviz-train button[aria-label='{label}']").click()


def test_there_is_one_polite_place_that_speaks(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1("exact", data="xor"))
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    assert player.root.locator(live).count() == 1
    assert player.root.locator(live).get_attribute("aria-live") == "polite"


def test_training_undo_redo_reset_and_random_weights_are_told(player):
    case2 = bpviz.case2()
    ten = {g.name: case2.train(10).final[g.name] for g in case2.program.givens}
    train(player, WORDS["train_rounds"].format(n=10))
    assert spoken(player) == f"{WORDS['said_trained'].format(n=10)} {losing(case2, **ten)}"
    player.stage.focus()
    player.press("Control+z")
    assert spoken(player) == f"{WORDS['said_undone']} {WORDS['undo_all']} {losing(case2)}"
    player.press("Control+Shift+z")
    assert spoken(player) == f"{WORDS['said_redone']} {losing(case2, **ten)}"
    player.press("Control+Shift+z")
    assert spoken(player).startswith(WORDS["redo_ends"])
    player.button(WORDS["reset"]).click()
    assert spoken(player) == f"{WORDS['said_reset']} {losing(case2)}"
    player.button(WORDS["random"]).click()
    rolled = {name: player.value(name) for name in (g.name for g in case2.program.givens)}
    seed = player.root.locator(".bpviz-random .bpviz-box").input_value()
    assert spoken(player) == f"{WORDS['said_random'].format(seed=seed)} {losing(case2, **rolled)}"


def test_a_drag_speaks_when_it_rests(player):
    before = spoken(player)
    with player.dragging("w5") as to:
        for share in (0.9, 0.2, 0.4):
            to(share)
            assert spoken(player) == before, "no flood"
    w5 = player.value("w5")
    told = WORDS["said_value"].format(name="weight w5", value=format_number(w5).replace("\u2212", "negative "))
    assert spoken(player) == f"{told} {losing(bpviz.case2(), w5=w5)}"


def test_a_run_of_arrow_presses_is_one_entry_and_speaks_at_its_end(page, tmp_path):
    page.clock.install()
    player = open_page(page, tmp_path, bpviz.case2(), width=1280, height=1000)
    player.settle = lambda: page.clock.run_for(50)
    player.slider("w5").focus()
    before = spoken(player)
    player.press(*["ArrowRight"] * 5)
    assert spoken(player) == before
    page.clock.run_for(PAUSE)
    assert "weight w5 is 0.45." in spoken(player)
    player.press(*["ArrowRight"] * 3)
    player.press("Tab")
    player.settle()
    assert player.value("w5") == pytest.approx(0.48)
    for value in (0.45, 0.4):
        player.press("Control+z")
        assert player.value("w5") == pytest.approx(value)
    assert player.button(WORDS["undo"]).get_attribute("aria-disabled") == "true"


@pytest.mark.parametrize("value", [1000.0, -77.7, 1e35, 1e308, -1.7976931348623157e308])
def test_undo_brings_the_range_back(player, value):
    def range_of():
        return player.slider("w5").evaluate("s => [s.min, s.max].map(Number)")

    first = range_of()
    player.type_number("w5", repr(value))
    low, high = range_of()
    assert (low <= value * (1 + 1e-11) and value * (1 - 1e-11) <= high) or value < 0
    assert all(abs(end) <= 1.8e308 for end in (low, high)), "no infinite end"
    assert "Infinity" not in player.slider("w5").evaluate("s => s.min + s.max")
    player.stage.focus()
    player.press("Control+z")
    player.settle()
    assert range_of() == first


def test_divergence_and_undo_leave_every_range_as_it_was(page, tmp_path):
    example = bpviz.case2(activation="identity")
    player = open_page(page, tmp_path, example, width=1280, height=1000)
    names = [g.name for g in example.program.givens]

    def ranges():
        player.settle()
        return [player.slider(name).evaluate("s => [s.min, s.max]") for name in names]

    first = ranges()
    player.type_number("eta", "20")
    train(player, WORDS["train_rounds"].format(n="10,000"))
    assert WORDS["said_stopped"] in spoken(player)
    assert ranges() != first
    player.stage.focus()
    player.press("Control+z", "Control+z")
    assert ranges() == first


def test_sixty_changes_and_sixty_undos(player):
    player.stage.focus()
    for k in range(60):
        player.type_number("w5", str(1 + k / 100))
    player.stage.focus()
    for _ in range(60):
        player.press("Control+z")
        player.settle()
    assert player.value("w5") == pytest.approx(1.09), "the fifty last ones are undone"
    end = WORDS["undo_ends"].format(n=MOST_MOMENTS)
    assert spoken(player).startswith(end)
    assert player.root.locator(".bpviz-undo-end:visible").first.inner_text() == end
    for _ in range(60):
        player.press("Control+Shift+z")
    assert player.value("w5") == pytest.approx(1.59)
    assert re.search(WORDS["redo_ends"], spoken(player))
