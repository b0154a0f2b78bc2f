"""Missing slopes: what the rule as drawn leaves out is named, and is the whole difference from the gradient."""

import pytest

import bpviz
from bpviz.networks.wiring import ACTIVATIONS


def missing(check):
    return {row.name: row.missing for row in check.rows if row.missing}


def test_the_rule_as_drawn_is_no_gradient_and_says_which_slopes_it_leaves_out():
    check = bpviz.case1().check_gradients()
    deep, last = ("dy4_de4", "dy5_de5", "dy6_de6"), ("dy6_de6",)
    first_layer = dict.fromkeys(("w_x1_1", "w_x2_1", "w_x1_2", "w_x2_2", "w_x1_3", "w_x2_3"), deep)
    assert missing(check) == first_layer | dict.fromkeys(("w14", "w24", "w34", "w15", "w25", "w35"), last)
    assert {row.name for row in check.rows if not row.agrees} == set(missing(check))
    lines = repr(check).splitlines()
    assert lines[0].split("  ")[-1] == "what is missing"
    assert lines[3].endswith("9.4e-01         f4′, f5′ and f6′ are missing")
    assert lines[9].endswith("7.5e-01         f6′ is missing")
    assert lines[15].endswith("e-11")
    assert check.verdict.startswith("Not a gradient: what the update uses for w_x1_1, ")
    assert check.verdict.endswith(
        "by up to 94% of the larger one. The rule leaves out slopes f′ on the way back: the last column says which."
    )


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS if a != "identity"])
def test_the_slopes_that_are_missing_make_up_the_whole_difference(activation):
    # over one path the missing slopes are plain factors; give neurons 1, 2 and 3 only neuron 4 to feed
    ex = bpviz.case1(activation=activation)
    alone = {"w15": 0, "w25": 0, "w35": 0, "x1": -0.6, "x2": 0.3, "w14": -0.6}
    trace, check = ex.run(**alone), ex.check_gradients(**alone)
    for row in check.rows:
        if row.name not in ex.program.gradients or row.name.endswith("5") or not row.missing:
            continue
        slopes = [trace[slope] for slope in row.missing if slope != "dy5_de5"]
        product = trace[ex.program.gradients[row.name]]
        for slope in slopes:
            product *= slope
        assert product == pytest.approx(row.numeric, rel=1e-6, abs=1e-12), row.name


def test_a_slope_that_is_one_everywhere_is_not_missed():
    assert bpviz.case1(activation="identity").check_gradients().agrees
    check = bpviz.case1(activation={6: "identity"}).check_gradients()
    assert set(missing(check).values()) == {("dy4_de4", "dy5_de5")}
    assert all(row.agrees for row in check.rows if row.name.endswith(("4", "5")))
    check = bpviz.case1(activation={4: "identity", 5: "tanh"}).check_gradients()
    assert missing(check)["w_x1_1"] == ("dy5_de5", "dy6_de6")
    assert "f5′ and f6′ are missing" in repr(check)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("preset", ["default", "agree", "apart", "wrong_way"])
def test_the_exact_rule_misses_nothing(activation, preset):
    check = bpviz.case1("exact", activation, preset).check_gradients()
    assert check.agrees, check
    assert missing(check) == {}
    assert len(check.header()) == 4
