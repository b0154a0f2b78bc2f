"""Wirings: the names of a layered network, what belongs to which neuron, and what is refused."""

import re

import pytest

import bpviz
from bpviz.networks.wiring import Wiring


def wiring(**changes):
    parts = {
        "layers": (("i",), ("h",), ("o",)),
        "weights": {("i", "h"): "w1", ("h", "o"): "w2"},
        "biases": {"o": "b"},
        "targets": {"o": "t"},
        "activations": {"h": "tanh", "o": "identity"},
    }
    return Wiring(**{**parts, **changes})


def test_training_goes_from_the_output_back_each_layers_biases_after_its_weights():
    assert bpviz.case2(train_biases=True).program.gradients.keys() == {f"w{k}" for k in range(1, 9)} | {"b1", "b2"}
    assert wiring(biases={"h": "b", "o": "b"}).trained(biases=True) == ("w2", "b", "w1")
    assert wiring().trained(biases=False) == ("w2", "w1")
    skipping = wiring(weights={("i", "o"): "skip", ("i", "h"): "w1", ("h", "o"): "w2"})
    assert skipping.trained(biases=True) == ("w2", "skip", "b", "w1")


def test_an_activation_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"no activation 'swish' \(for h\); activations are sigmoid, tanh, relu"):
        wiring(activations={"h": "swish", "o": "identity"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"biases": {"i": "b"}}, "no bias can belong to 'i'; it can to h, o"),
        ({"biases": {"o": "b", "q": "b"}}, "no bias can belong to 'q'; it can to h, o"),
        ({"targets": {"o": "t", "h": "u"}}, "no target can belong to 'h'; it can to o"),
        ({"targets": {}}, "o has no target; each of o needs one"),
        ({"activations": {"o": "relu"}}, "h has no activation; each of h, o needs one"),
        ({"activations": {"h": "relu", "o": "relu", "i": "relu"}}, "no activation can belong to 'i'; it can to h, o"),
    ],
)
def test_what_belongs_to_nothing_or_is_missing_is_refused(changes, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        wiring(**changes)
