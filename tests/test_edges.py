"""Edges: found from both ends, in order, over any number of layers; what joins nothing is refused by its name."""

import re

import pytest

from bpviz.networks.edges import Edges

LAYERS = (("i", "j"), ("h",), ("o",))
WEIGHTS = {("i", "h"): "w1", ("h", "o"): "w2"}


def edges(weights):
    return Edges(LAYERS, {**WEIGHTS, **weights})


def test_missing_weights_are_missing_edges():
    sparse = edges({})
    assert sparse.into["h"] == (("i", "w1"),)
    assert sparse.out_of["j"] == ()
    assert sparse.into["i"] == ()
    assert sparse.layer_of == {"i": 0, "j": 0, "h": 1, "o": 2}
    assert sparse.carrying == {"w1": [("i", "h")], "w2": [("h", "o")]}


def test_one_weight_may_be_on_several_edges():
    shared = edges({("j", "h"): "w1"})
    assert shared.carrying["w1"] == [("i", "h"), ("j", "h")]
    assert (shared.place("w1"), shared.place("w2")) == ("", ("h", "o"))


def test_an_edge_that_skips_layers_stands_after_those_that_do_not():
    weights = {("j", "o"): "a", ("i", "o"): "b", ("j", "h"): "c", **WEIGHTS}
    skipping = Edges(LAYERS, weights)
    assert skipping.into["o"] == (("h", "w2"), ("i", "b"), ("j", "a"))
    assert skipping.out_of["j"] == (("h", "c"), ("o", "a"))


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({("q", "h"): "w9"}, "the weight 'w9' is on an edge of 'q'; neurons are i, j, h, o"),
        ({("h", 3): "w9"}, "the weight 'w9' is on an edge of 3; neurons are i, j, h, o"),
        ({"ho": "w9"}, "the weight 'w9' is on 'ho', which is no edge (from, to)"),
        ({("h", "i"): "w9"}, "the weight 'w9' leads from h to i; later than h: o"),
        ({("h", "h"): "w9"}, "the weight 'w9' leads from h to h; later than h: o"),
        ({("o", "h"): "w9"}, "the weight 'w9' leads from o to h; later than o: none"),
    ],
)
def test_an_edge_that_cannot_be_is_refused(weights, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        edges(weights)


def test_a_neuron_without_a_way_in_or_on_is_refused():
    with pytest.raises(ValueError, match="no edge leads to h; one can come from i, j"):
        Edges(LAYERS, {("i", "o"): "w1", ("h", "o"): "w2"})
    with pytest.raises(ValueError, match="no edge leads on from h; one can lead to o"):
        Edges(LAYERS, {("i", "o"): "w1", ("i", "h"): "w2"})
    with pytest.raises(ValueError, match="the neuron 'h' stands in the layers twice"):
        Edges((("i", "h"), ("h",)), {})
