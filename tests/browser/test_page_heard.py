"""Beats by ear alone: every announcement holds the formula, its numbers and each result, as Python has them."""

import re

import pytest
from player_driver import open_page
from variants import EVERY_EXAMPLE

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words
from bpviz.writing.markup import MathML
from bpviz.writing.shown import formula_rows, right_side

WORDS = words().section("player")
NEGATIVE = f"{WORDS['say_negative']} "
HEARD = {
    "net_h1": "net h1 equals w1 times i1 plus w2 times i2 plus b1, "
    "equals 0.15 times 0.05 plus 0.20 times 0.10 plus 0.35 equals 0.3775.",
    "out_h1": "out h1 equals 1 over open bracket 1 plus e to the power of minus net h1 close bracket, "
    "equals 1 over open bracket 1 plus e to the power of minus 0.3775 close bracket equals 0.5933.",
    "E_o1": "E o1 equals one half times open bracket target o1 minus out o1 close bracket squared, "
    "equals one half times open bracket 0.01 minus 0.7514 close bracket squared equals 0.2748.",
    "dE_dw1": "the derivative of E total by w1 equals the derivative of E total by out h1 "
    "times the derivative of out h1 by net h1 times the derivative of net h1 by w1, "
    "equals 0.0364 times 0.2413 times 0.05 equals 0.0004386.",
    "delta_h1": "times the derivative of out h1 by net h1, equals 0.0364 times 0.2413 equals 0.008771.",
    "dE_dout_h1": "equals 0.0554 plus negative 0.0190 equals 0.0364.",
    "w5_next": "new w5 equals w5 minus η times the derivative of E total by w5, "
    "equals 0.40 minus 0.50 times 0.0822 equals 0.3589.",
}


def said(x: float) -> str:
    """A number as it is said."""
    mantissa, _, exponent = format_number(abs(x)).partition("×10")
    sign = NEGATIVE if x < 0 else ""
    if not exponent:
        return sign + mantissa
    digits = exponent.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")).replace("⁻", NEGATIVE)
    return f"{sign}{mantissa} {WORDS['say_times']} 10 {WORDS['say_power']} {digits}"


def heard(player) -> str:
    player.settle()
    player.settle()
    return player.root.locator("[aria-live]").text_content()


def heard_at(player, beat: str, example) -> str:
    """What is heard of the beat with an id."""
    player.slider("step").fill(str([each.id for each in example.beats].index(beat)))
    return heard(player)


def slots(tree) -> list[str]:
    """The quantities whose numbers stand in a formula, in their order."""
    found = []
    for child in tree[1:]:
        if isinstance(child, dict):
            found += [child["bp"]] if "bp" in child else []
        elif not isinstance(child, str):
            found += slots(child)
    return found


@pytest.mark.parametrize("example", EVERY_EXAMPLE, ids=str)
def test_every_beat_says_its_numbers_and_results(page, tmp_path, example):
    trace, player = example.run(), open_page(page, tmp_path, example.example)
    symbols, numbers = MathML(example.notation), MathML(example.notation, values={})
    for beat in example.beats[1:]:
        player.press("ArrowRight")
        text = heard(player)
        rows = [row for shown in beat.formulas for row in formula_rows(example.program, shown)]
        named = [name for row in rows for name in slots(right_side(row, symbols, numbers))]
        known = {n for b in example.beats[: example.beats.index(beat) + 1] for n in b.reveals}
        known |= {g.name for g in example.program.givens}
        at = 0
        for name in named:
            if name in known:
                at = text.index(said(trace[name]), at) + 1
        for name in beat.reveals:
            assert said(trace[name]) in text, f"{name} at {beat.id}"
        assert not re.search(r"[·=→←∂_√²−]|\bundefined\b|NaN", text), text


def test_what_is_heard_reads_well(page, tmp_path):
    case2 = bpviz.case2()
    player = open_page(page, tmp_path, case2)
    ids = [beat.id for beat in case2.beats]
    for name, text in HEARD.items():
        player.slider("step").fill(str(ids.index(name)))
        assert text in heard(player)
    player.slider("step").fill(str(ids.index("done")))
    assert "w5 0.40 to 0.3589, w6 0.45 to 0.4087" in heard(player)


def test_rounding_is_told_with_the_first_numbers_and_once(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1())
    told = []
    for _ in range(4):
        player.press("ArrowRight")
        told.append(WORDS["rounded"] in heard(player))
    assert told == [False, True, False, False], "its second beat has symbols alone"


def test_a_function_of_one_name_has_no_brackets_and_a_gradient_says_what_it_is_for(page, tmp_path):
    text = heard_at(open_page(page, tmp_path, bpviz.case1()), "update_1", bpviz.case1())
    assert "f prime 1 of e1 equals the derivative of f1 of e by e equals y1 times open bracket 1 minus y1" in text
    assert "the gradient used for w x1 1 equals negative 0.0102" in text


def test_the_bracket_of_a_slope_is_said_in_words(page, tmp_path):
    relu = bpviz.case2(activation="relu")
    text = heard_at(open_page(page, tmp_path, relu), "dout_dnet_o1", relu)
    assert "equals 1 if net o1 is greater than 0, else 0, equals 1 if 0.9276 is greater than 0, else 0 equals" in text


def test_numbers_are_said_as_they_are_written(shipped):
    asked = [0.0, -0.25, 1234.5, 2.5e-7, -3.66e12, 1e100]
    told = shipped.evaluate("([words, numbers]) => numbers.map(x => sayNumber(words, x))", [dict(WORDS), asked])
    assert told == [said(x) for x in asked]
    assert told[3] == "2.500 times 10 to the power of negative 7"
    other = shipped.evaluate(
        "words => [Infinity, -Infinity, NaN, undefined].map(x => sayNumber(words, x))", dict(WORDS)
    )
    assert other == ["infinity", "negative infinity", "not a number", "not a number"]
