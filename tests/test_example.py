"""Worked examples: names that would collide, histories that travel."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest

import bpviz
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Quantity


@pytest.mark.parametrize("name", ["beat", "lang", "format", "rounds", "self"])
def test_a_given_named_like_a_parameter_is_refused_when_the_example_is_made(name):
    ex = bpviz.neuron()
    odd = Program((*ex.program.givens, Given(Quantity(name, Kind.INPUT, "x9"), 0.5)), ex.program.steps, ex.program.loss)
    said = rf"no given can be called '{name}': .*taken are beat, epochs, format, kind, lang"
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(ex, program=odd)


@pytest.mark.parametrize("name", ["title", "path", "start", "givens", "value"])
def test_other_names_are_free(name):
    ex = bpviz.neuron()
    free = Given(Quantity(name, Kind.INPUT, "x9"), 0.5)
    more = Program((*ex.program.givens, free), ex.program.steps, ex.program.loss)
    assert dataclasses.replace(ex, program=more).run(**{name: 0.25})[name] == 0.25


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda h: pickle.loads(pickle.dumps(h))])
def test_a_copied_history_is_as_read_only_as_the_first(twin):
    history = bpviz.case2(activation="identity").train(300, eta=20)
    other = twin(history)
    assert np.array_equal(other.losses, history.losses, equal_nan=True)
    assert (dict(other.final), other.diverged_at) == (dict(history.final), history.diverged_at)
    with pytest.raises(ValueError, match="read-only"):
        other.losses[0] = 0.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        other.final = None
