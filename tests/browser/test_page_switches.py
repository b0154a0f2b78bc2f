"""The switches in the browser: every number is the sibling's, the step stays, undo takes a flip back, nothing moves."""

from functools import partial

import player_driver
import pytest
from expected import Expected
from player_driver import agree

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
KEEP_SCROLL = "() => [scrollX, scrollY]"


open_page = partial(player_driver.open_page, motion="reduce")


def switch(player, name: str):
    return player.root.locator(f"select[name={name}]")


def flip(player, name: str, choice: str) -> None:
    switch(player, name).select_option(choice)
    player.settle()


def chosen(player) -> list[str]:
    player.settle()
    return [switch(player, name).input_value() for name in ("update", "train_biases")]


def check(player, example, rounds: int, beat: str, **givens) -> None:
    """Every number shown is the example's own after so many rounds, at the step with this id."""
    final = example.train(rounds, **givens).final
    expected = Expected(example, **{given.name: final[given.name] for given in example.program.givens})
    number = [b.id for b in example.beats].index(beat)
    seen = player.read()
    if not rounds or beat == "done":  # trained, some values are known before their step
        expected.check_beat(seen, number)
    assert seen["step"] == number
    for slot in seen["slots"]:
        if slot.value is not None:
            assert agree(slot.value, expected.trace[slot.name]), slot


@pytest.mark.parametrize("rounds", [0, 1, 10_000])
def test_every_number_is_the_siblings(page, tmp_path, rounds):
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw1")
    player.bring("table")
    player.type_number("w5", "0.9")
    if rounds:
        player.button(WORDS["train_once"] if rounds == 1 else f"Train {rounds:,} rounds").click()
    for update, biases in (
        ("sequential", False),
        ("sequential", True),
        ("simultaneous", True),
        ("simultaneous", False),
    ):
        flip(player, "update", update)
        flip(player, "train_biases", str(biases).lower())
        check(player, bpviz.case2(update, biases), rounds, "dE_dw1", w5=0.9)
        assert player.root.locator(".bpviz-rounds").inner_text() == f"round {rounds:,}"
    assert player.root.locator(".bpviz-table").is_visible(), "the table stays open"


def test_the_printed_figures_are_found(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="E_total", panels=["training", "truth", "switches"])
    by_hand = player.root.locator("[data-witness=by_hand]")
    player.button(WORDS["train_once"]).click()
    player.settle()
    assert by_hand.inner_text() == "0.291027774"
    flip(player, "update", "sequential")
    assert by_hand.inner_text() == "0.291027924"


def test_undo_takes_a_flip_back(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="w3_next")
    player.button("Train 10 rounds").click()
    flip(player, "update", "sequential")
    flip(player, "train_biases", "true")
    undo, redo = player.button(WORDS["undo"]), player.button(WORDS["redo"])
    undo.click()
    assert chosen(player) == ["sequential", "false"]
    check(player, bpviz.case2("sequential"), 10, "w3_next")
    undo.press("Enter")
    assert chosen(player) == ["simultaneous", "false"]
    check(player, bpviz.case2(), 10, "w3_next")
    player.stage.focus()
    player.press("Control+Shift+z", "Control+Shift+z")
    assert chosen(player) == ["sequential", "true"]
    check(player, bpviz.case2("sequential", True), 10, "w3_next")
    assert redo.get_attribute("aria-disabled") == "true"


def test_a_step_that_is_not_told_leads_to_the_one_before(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(train_biases=True), start="dE_db2")
    assert chosen(player) == ["simultaneous", "true"]
    flip(player, "train_biases", "false")
    check(player, bpviz.case2(), 0, "dE_dw8")


def test_by_keyboard_the_focus_and_the_place_stay(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw1")
    player.button("2×").or_(player.button(f"{WORDS['speed']} 1×")).click()
    select = player.root.get_by_label("Update", exact=True)
    select.focus()
    page.evaluate("scrollTo(0, 60)")
    before = page.evaluate(KEEP_SCROLL)
    player.press("ArrowDown")
    assert chosen(player)[0] == "sequential"
    assert select.evaluate("select => select === document.activeElement")
    assert select.get_attribute("data-lm-suppress-shortcuts") == "true"
    assert page.evaluate(KEEP_SCROLL) == before
    assert player.button(f"{WORDS['speed']} 2×").is_visible()
    undo = player.button(WORDS["undo"])
    undo.focus()
    player.press("Enter")
    assert chosen(player)[0] == "simultaneous"
    assert undo.evaluate("button => button === document.activeElement")


def test_a_flip_pauses_and_keeps_what_was_chosen(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(train_biases=True))
    player.root.locator("select[name=slice_of]").select_option("b1")
    player.button(WORDS["play"]).click()
    flip(player, "train_biases", "false")
    assert player.button(WORDS["play"]).is_visible()
    assert player.root.locator("select[name=slice_of]").input_value() == "", "b1 does not learn here"
    flip(player, "train_biases", "true")
    assert player.root.locator("select[name=slice_of]").input_value() == "b1"


def test_a_flip_moves_nothing(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2("sequential"), start="dE_dw1")
    page.emulate_media(reduced_motion="no-preference")
    switch(player, "train_biases").select_option("true")
    moving = page.evaluate(
        """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
            done(document.getAnimations().filter(motion => motion.playState === "running").length))))"""
    )
    assert moving == 0
    player.stage.focus()
    player.press("ArrowRight")
    player.settle()
    assert page.evaluate("() => document.getAnimations().length") > 0, "a step does move"


def test_presenting_stays(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw1")
    flip(player, "update", "sequential")
    player.stage.focus()
    player.press("p")
    page.locator(".bpviz-presenting").wait_for()
    player.press("Control+z")
    player.settle()
    assert page.locator(".bpviz-presenting .bpviz-card").count() == 1
    assert player.stage.evaluate("stage => stage.contains(document.activeElement)")
    Expected(bpviz.case2()).check_values(player.read(), [b.id for b in bpviz.case2().beats].index("dE_dw1"))


@pytest.mark.parametrize("make", [lambda: (bpviz.neuron(), None), lambda: (bpviz.case2(), ["training"])])
def test_no_switches_where_none_are_wanted(page, tmp_path, make):
    example, panels = make()
    player = open_page(page, tmp_path, example, panels=panels)
    assert player.root.locator(".bpviz-switches").count() == 0


def test_divergence_stops_before(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(activation="identity"), start="done")
    player.type_number("eta", "2")
    stays, diverges = (bpviz.case2(u, b, "identity") for u, b in (("simultaneous", False), ("simultaneous", True)))
    first = stays.train(100, eta=2).diverged_at
    then = diverges.train(100, eta=2).diverged_at
    player.button("Train 100 rounds").click()
    flip(player, "train_biases", "true")
    wanted = 100 if first is None else first - 1
    rounds = wanted if then is None or then > wanted else then - 1
    check(player, diverges, rounds, "done", eta=2)


def test_the_rules_of_case_1(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1(), start="done")
    player.button("Train 100 rounds").click()
    flip(player, "rule", "exact")
    final = bpviz.case1("exact").train(100).final
    for given in bpviz.case1().program.givens:
        assert agree(player.value(given.name), final[given.name]), given.name


@pytest.mark.parametrize("start", ["delta1", "update_4", "done"])
def test_undo_takes_the_rule_of_case_1_back(page, tmp_path, start):
    drawn, exact = bpviz.case1(), bpviz.case1("exact")
    player = open_page(page, tmp_path, drawn, start=start)
    player.type_number("w14", "-0.9")
    flip(player, "rule", "exact")
    check(player, exact, 0, start, w14=-0.9)
    player.button("Train 10 rounds").click()
    flip(player, "rule", "illustrated")
    check(player, drawn, 10, start, w14=-0.9)
    player.button(WORDS["undo"]).click()
    check(player, exact, 10, start, w14=-0.9)
    player.stage.focus()
    player.press("Control+z", "Control+z")
    check(player, drawn, 0, start, w14=-0.9)
    assert switch(player, "rule").input_value() == "illustrated"


def test_beats_truth_and_curve_follow_the_rule_of_case_1(page, tmp_path):
    drawn, exact = (bpviz.case1(rule, {1: "tanh", 6: "identity"}) for rule in ("illustrated", "exact"))
    player = open_page(page, tmp_path, drawn, start="delta1")
    curve, verdict = player.root.locator(".bpviz-curve"), player.root.locator(".bpviz-truth [role=img]")
    before = curve.get_attribute("d")
    assert verdict.all_inner_texts() == ["", "✗"]
    flip(player, "rule", "exact")
    assert curve.get_attribute("d") != before
    assert verdict.all_inner_texts() == ["", "✓"]
    player.stage.focus()
    player.press("Home")
    expected = Expected(exact)
    for beat in range(len(exact.beats)):
        expected.check_beat(player.read(), beat)
        player.press("ArrowRight")
    flip(player, "rule", "illustrated")
    Expected(drawn).check_beat(player.read(), len(drawn.beats) - 1)
    assert curve.get_attribute("d") == before
