"""The plots of the player never mislead: the true slope, gaps where the error is no number, a marker where we are."""

import dataclasses
import re
from functools import partial

import numpy as np
import player_driver
import pytest

import bpviz
from bpviz.algebra.expr import Ref, apply
from bpviz.calculation.program import Program
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words
from bpviz.worked import WorkedExample

WORDS = words().section("player")


open_page = partial(player_driver.open_page, height=1250, start=-1)


def choose(player, weight: str) -> None:
    player.root.locator("select[name=slice_of]").select_option(weight)
    player.settle()


def legend(player) -> str:
    return player.root.locator(".bpviz-slice .bpviz-words").inner_text()


def points(player, mark: str) -> list[list[tuple[float, float]]]:
    """The corners of a path, one list for each stretch of it."""
    path = player.root.locator(mark).get_attribute("d")
    pairs = [re.findall(r"([\d.]+) ([\d.]+)", stretch) for stretch in path.split("M")[1:]]
    return [[(float(x), float(y)) for x, y in stretch] for stretch in pairs]


def tangent(player) -> tuple[float, float]:
    """The tangent's slope in pixels, and that of the curve round the point it touches."""
    x1, y1, x2, y2 = player.root.locator(".bpviz-tangent").evaluate(
        "l => ['x1', 'y1', 'x2', 'y2'].map(k => Number(l.getAttribute(k)))"
    )
    here = float(player.root.locator(".bpviz-on-slice").get_attribute("cx"))
    (curve,) = points(player, ".bpviz-slice-curve")
    k = min(range(3, len(curve) - 3), key=lambda k: abs(curve[k][0] - here))
    (xa, ya), (xb, yb) = curve[k - 3], curve[k + 3]
    return (y2 - y1) / (x2 - x1), (yb - ya) / (xb - xa)


@pytest.mark.parametrize(
    ("make", "weight"),
    [
        *((lambda: bpviz.case2("sequential"), weight) for weight in ("w1", "w2", "w4")),
        *((bpviz.case1, weight) for weight in ("w_x1_1", "w_x2_3", "w35")),
        (lambda: bpviz.case1(preset="wrong_way"), "w_x2_2"),
    ],
)
def test_the_tangent_is_the_slope_where_the_update_uses_another_number(page, tmp_path, make, weight):
    example = make()
    player, trace = open_page(page, tmp_path, example), example.run()
    choose(player, weight)
    number = player.root.locator(".bpviz-slope .bpviz-number")
    assert float(number.get_attribute("data-value")) == pytest.approx(trace.gradient(weight), rel=1e-7)
    assert number.get_attribute("data-bp") is None, "no quantity of the program holds it"
    used = trace[example.program.gradients[weight]]
    assert used != pytest.approx(trace.gradient(weight), rel=0.04), "else the tangents could not be told apart"
    assert legend(player) == " ".join(
        [WORDS["slice_step"], WORDS["slice_not_slope"].format(number=format_number(used))]
    )
    drawn, curve = tangent(player)
    assert drawn == pytest.approx(curve, rel=0.015)
    (arrow, *_) = points(player, ".bpviz-step")
    (curve_points,) = points(player, ".bpviz-slice-curve")
    per_unit = (curve_points[-1][0] - curve_points[0][0]) / 4
    assert (arrow[-1][0] - arrow[0][0]) / per_unit == pytest.approx(trace[f"{weight}_next"] - trace[weight], abs=2e-4)


@pytest.mark.parametrize(
    ("make", "other", "weight"),
    [
        (lambda: bpviz.case2("sequential"), "w1", "w5"),
        (bpviz.case1, "w_x1_1", "w56"),
        (lambda: bpviz.case1("exact"), "w14", "w_x1_1"),
        (lambda: bpviz.case1("exact", {2: "tanh", 6: "identity"}), "w14", "w_x2_2"),
    ],
)
def test_the_gradient_is_named_where_it_is_the_slope(page, tmp_path, make, other, weight):
    example = make()
    player = open_page(page, tmp_path, example)
    choose(player, other)
    choose(player, weight)
    number = player.root.locator(".bpviz-slope .bpviz-number")
    assert number.get_attribute("data-bp") == example.program.gradients[weight]
    assert float(number.get_attribute("data-value")) == pytest.approx(example.run().gradient(weight), rel=1e-12)
    assert legend(player) == WORDS["slice_legend"]
    drawn, curve = tangent(player)
    assert drawn == pytest.approx(curve, rel=0.015)


def own_rule() -> WorkedExample:
    """One neuron whose update goes by a fixed step, not by any gradient."""
    example = bpviz.neuron()
    old = example.program
    steps = tuple(
        dataclasses.replace(step, expr=Ref("w1") - Ref("eta")) if step.name == "w1_next" else step
        for step in old.steps
        if step.name != "dE_dw1"
    )
    program = Program(old.givens, steps, old.loss, old.feedback)
    beats = tuple(
        dataclasses.replace(
            beat,
            id="other" if beat.id == "dE_dw1" else beat.id,
            reveals=tuple(name for name in beat.reveals if name != "dE_dw1"),
            formulas=(),
            chips=(),
            title=beat.title if beat.id != "dE_dw1" else example.beats[0].title,
        )
        for beat in example.beats
    )
    return dataclasses.replace(example, program=program, beats=beats)


def test_a_rule_without_a_gradient_still_gets_the_true_slope(page, tmp_path):
    example = own_rule()
    player = open_page(page, tmp_path, example)
    choose(player, "w1")
    number = player.root.locator(".bpviz-slope .bpviz-number")
    assert float(number.get_attribute("data-value")) == pytest.approx(example.run().gradient("w1"), rel=1e-7)
    assert legend(player) == WORDS["slice_step"]
    drawn, curve = tangent(player)
    assert drawn == pytest.approx(curve, rel=0.015)


def with_a_hole() -> WorkedExample:
    """One neuron whose error is no number for w1 around 0: log(w1² − 0.25) is part of it."""
    example = bpviz.neuron()
    old = example.program
    hole = apply("log", apply("square", Ref("w1")) - 0.25)
    steps = tuple(
        dataclasses.replace(step, expr=step.expr + 0.01 * hole) if step.name == old.loss else step for step in old.steps
    )
    program = Program(old.givens, steps, old.loss, old.feedback)
    return dataclasses.replace(example, program=program)


def test_the_slice_has_a_gap_where_the_error_is_no_number(page, tmp_path):
    example = with_a_hole()
    player = open_page(page, tmp_path, example)
    choose(player, "w1")
    given = example.program["w1"]
    with np.errstate(all="ignore"):
        losses = example.run(w1=np.linspace(given.low, given.high, 81))[example.program.loss]
    finite = np.isfinite(losses)
    left, right = points(player, ".bpviz-slice-curve")
    assert len(left) + len(right) == finite.sum() < 81
    assert len(left) == int(np.argmin(finite))


def test_beyond_the_curve_the_marker_stays_true_and_the_player_says_so(page, tmp_path):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example)
    note = player.root.locator(".bpviz-loss .bpviz-words")
    for _ in range(22):
        player.button(WORDS["train_rounds"].format(n="10,000")).click()
    player.settle()
    assert player.root.locator(".bpviz-rounds").inner_text() == WORDS["rounds"].format(n="220,000")
    assert note.inner_text() == WORDS["curve_ends"].format(n="200,000")
    (curve,) = points(player, ".bpviz-curve")
    x = float(player.root.locator(".bpviz-loss .bpviz-here").get_attribute("cx"))
    left = curve[0][0]
    share = (curve[-1][0] - left) / (x - left)
    assert share == pytest.approx(np.log1p(200_000) / np.log1p(220_000), rel=1e-3)
    player.button(WORDS["undo"]).click()
    player.button(WORDS["undo"]).click()
    player.settle()
    assert note.inner_text() == ""
    (curve,) = points(player, ".bpviz-curve")
    x = float(player.root.locator(".bpviz-loss .bpviz-here").get_attribute("cx"))
    assert x == pytest.approx(curve[-1][0], abs=0.02)


def test_no_learning_rate_changes_nothing(page, tmp_path):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example)
    player.type_number("eta", "0")
    before = {s.name: s.value for s in player.read()["slots"]}
    for weight in ("w5", "w1"):
        choose(player, weight)
        assert len(points(player, ".bpviz-step")[0]) == 2, "a step of no length has no head"
        (start, end) = points(player, ".bpviz-step")[0]
        assert start == end
        assert player.root.locator(".bpviz-tangent").is_visible()
    player.button(WORDS["train_rounds"].format(n="10,000")).click()
    player.settle()
    after = {s.name: s.value for s in player.read()["slots"]}
    assert {n: after[n] for n in before if n in after} == {n: before[n] for n in before if n in after}
    assert player.root.locator(".bpviz-loss .bpviz-words").inner_text() == ""


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.case1, lambda **a: bpviz.case1("exact", **a)])
@pytest.mark.parametrize("activation", ["identity", "sigmoid", "relu"])
def test_the_largest_learning_rate_is_said_in_words_or_stays_finite(page, tmp_path, make, activation):
    example = make(activation=activation)
    player = open_page(page, tmp_path, example)
    player.type_number("eta", "1e308")
    history = example.train(10_000, eta=1e308)
    note = player.root.locator(".bpviz-loss .bpviz-words").inner_text()
    expected = "" if history.diverged_at is None else WORDS["diverges"].format(round=history.diverged_at)
    assert note.startswith(expected)
    assert bool(note) or history.diverged_at is None
    assert player.value("eta") == 1e308
    player.button(WORDS["train_rounds"].format(n="10,000")).click()
    shown = player.read()
    no_numbers = {name for name, value in history.final.items() if np.isnan(value)}  # ∞ − ∞ of two error terms
    assert {s.name for s in shown["slots"] if "nan" in s.text.lower()} <= no_numbers
    player.button(WORDS["reset"]).click()
    assert player.value("eta") == 0.5


@pytest.mark.parametrize("rule", ["illustrated", "exact"])
def test_before_a_slope_is_computed_the_legend_promises_none(page, tmp_path, rule):
    example = bpviz.case1(rule)
    for beat, waits in (("delta1", True), ("update_1", False)):
        player = open_page(page, tmp_path, example, start=beat)
        assert (legend(player) == WORDS["slice_waits"]) is waits
        assert player.root.locator(".bpviz-tangent").is_visible() is not waits


def slice_at(page, tmp_path, weight, **givens):
    example = bpviz.case1("exact", data="xor").player(start="done", front="slice")
    for name, value in givens.items():
        setattr(example, name, value)
    player = player_driver.open_page(page, tmp_path, example)
    choose(player, weight)
    return legend(player)


@pytest.mark.parametrize(
    ("weight", "cause"), [("w_x1_1", "input x1"), ("w_x2_3", "input x2"), ("w14", ""), ("w46", "")]
)
def test_a_flat_slice_says_which_input_is_0(page, tmp_path, weight, cause):
    told = WORDS["slice_flat"].format(name=cause) if cause else WORDS["slice_legend"]
    assert slice_at(page, tmp_path, weight) == told
    assert slice_at(page, tmp_path, weight, x1=1.0, x2=0.5) == WORDS["slice_legend"]


def test_no_error_is_told_beside_the_curve_before_the_story_has_computed_it(page, tmp_path):
    example = bpviz.case2()
    first = [beat.id for beat in example.beats].index("E_total")
    player = player_driver.open_page(page, tmp_path, example, front="training")
    line = player.root.locator(".bpviz-loss .bpviz-now-line")
    for beat, shown in ((0, False), (first - 1, False), (first, True)):
        player.slider("step").fill(str(beat))
        player.settle()
        assert line.locator("[data-bp]").is_visible() is shown
        assert ("·" in line.inner_text()) is False
    player.slider("step").fill("0")
    player.button(WORDS["train_once"]).click()
    player.settle()
    assert line.locator("[data-bp]").is_visible(), "trained: it has been computed"
