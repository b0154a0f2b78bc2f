"""The forward pass of a layered network: givens at their places, steps in order, and the gradients that follow."""

import math

import pytest
from test_wiring import wiring
from variants import layered

from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Kind, Phase
from bpviz.networks.forward_pass import forward_steps, layered_givens


def test_forward_steps_of_a_small_network():
    steps = forward_steps(wiring())
    assert [(s.name, s.phase, s.quantity.kind) for s in steps] == [
        ("net_h", Phase.FORWARD, Kind.NET),
        ("out_h", Phase.FORWARD, Kind.ACTIVATION),
        ("net_o", Phase.FORWARD, Kind.NET),
        ("out_o", Phase.FORWARD, Kind.ACTIVATION),
        ("E_o", Phase.LOSS, Kind.LOSS),
    ]
    assert [list(references(s.expr)) for s in steps] == [
        ["w1", "i"],
        ["net_h"],
        ["w2", "out_h", "b"],
        ["net_o"],
        ["t", "out_o"],
    ]


def test_only_several_outputs_have_a_total():
    assert wiring().loss == "E_o"
    two = wiring(
        layers=(("i",), ("o", "p")),
        weights={("i", "o"): "w1", ("i", "p"): "w2"},
        biases={},
        targets={"o": "t", "p": "u"},
        activations={"o": "relu", "p": "relu"},
    )
    assert two.loss == "E_total"
    assert list(references(forward_steps(two)[-1].expr)) == ["E_o", "E_p"]


def test_every_given_is_at_its_place_with_its_default_and_the_range_of_its_kind():
    defaults = {"i": 1.0, "w1": 2.0, "w2": 3.0, "b": 4.0, "t": 5.0, "rate": 6.0}
    ranges = {kind: (-k, k) for k, kind in enumerate(Kind, 1)}
    givens = layered_givens(wiring(), defaults, ranges, eta="rate")
    assert [(g.name, g.quantity.kind, g.quantity.place) for g in givens] == [
        ("i", Kind.INPUT, "i"),
        ("w1", Kind.WEIGHT, ("i", "h")),
        ("w2", Kind.WEIGHT, ("h", "o")),
        ("b", Kind.BIAS, ""),
        ("t", Kind.TARGET, "o"),
        ("rate", Kind.LEARNING_RATE, ""),
    ]
    assert {g.name: g.default for g in givens} == defaults
    assert all((g.low, g.high) == ranges[g.quantity.kind] for g in givens)
    with pytest.raises(KeyError, match="w2"):
        layered_givens(wiring(), {name: 0.0 for name in defaults if name != "w2"}, ranges, eta="rate")


def test_an_edge_that_skips_layers_takes_part_in_the_forward_pass_and_in_the_way_back():
    ex = layered((1, 1, 1), biases=False, skips=(("x1", "o1"),))
    trace = ex.run(x1=0.7, w1=0.3, w2=-0.4, w3=0.9, target_o1=0.2)

    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    h = sigmoid(0.3 * 0.7)
    o = sigmoid(-0.4 * h + 0.9 * 0.7)
    assert trace["out_o1"] == pytest.approx(o, rel=1e-14)
    assert trace["dE_dw3"] == pytest.approx((o - 0.2) * o * (1 - o) * 0.7, rel=1e-14)
    assert ex.check_gradients().agrees
    assert "w3_next" in [name for beat in ex.beats for name in beat.reveals]


def test_the_error_that_comes_back_over_a_skipped_layer_is_a_term_of_its_own():
    ex = layered((2, 2, 2, 1), skips=(("h1", "o1"),))
    assert list(references(ex.program["dE_dout_h1"].expr)) == [f"dE_{n}_dout_h1" for n in ("g1", "g2", "o1")]
    assert list(references(ex.program["dE_dout_h2"].expr)) == [f"dE_{n}_dout_h2" for n in ("g1", "g2")]
    assert ex.check_gradients().agrees
