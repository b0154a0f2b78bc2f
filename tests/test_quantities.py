"""Quantities: names, ranges and places are checked when they are made."""

import math

import pytest

from bpviz.calculation.quantities import Given, Kind, Quantity


@pytest.mark.parametrize(
    "name",
    ["", "1w", "w 1", "w-1", "w1;import os", "__import__('os')", "class", "None", "x\ny", "w.1", "{w1}", "<b>", "w1⁺"],
)
def test_a_name_is_an_identifier(name):
    with pytest.raises(ValueError, match="cannot be the name of a quantity: use letters, digits and '_'") as refusal:
        Quantity(name, Kind.WEIGHT)
    assert repr(name) in str(refusal.value)


@pytest.mark.parametrize("name", [3, None, ["w1"], b"w1"])
def test_a_name_is_a_text(name):
    with pytest.raises(TypeError, match="the name of a quantity must be a text, not"):
        Quantity(name, Kind.WEIGHT)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"default": math.nan}, ValueError, "the default of 'w1' must be finite, not nan"),
        ({"default": math.inf}, ValueError, "the default of 'w1' must be finite, not inf"),
        ({"default": None}, TypeError, "the default of 'w1' must be one number"),
        ({"default": "1"}, TypeError, "the default of 'w1' must be one number"),
        ({"default": [1.0, 2.0]}, TypeError, "the default of 'w1' must be one number"),
        ({"low": 2}, ValueError, "the range of 'w1' must go up, not from 2.0 to 1.0"),
        ({"low": 1}, ValueError, "the range of 'w1' must go up, not from 1.0 to 1.0"),
        ({"high": -math.inf}, ValueError, "the high of 'w1' must be finite"),
        ({"step": 0}, ValueError, "the step of 'w1' must be more than 0, not 0.0"),
        ({"step": -0.1}, ValueError, "the step of 'w1' must be more than 0, not -0.1"),
    ],
)
def test_a_given_has_a_number_a_range_and_a_step(parts, error, message):
    with pytest.raises(error, match=message):
        Given(Quantity("w1", Kind.WEIGHT), **{"default": 0.5, **parts})


def test_an_edge_is_asked_for_only_where_there_is_one():
    assert Quantity("w1", Kind.WEIGHT, ("i1", "h1")).edge == ("i1", "h1")
    with pytest.raises(TypeError, match="net_h1 has its place at 'h1', not on an edge"):
        _ = Quantity("net_h1", Kind.NET, "h1").edge
