"""A network of 56 neurons: how many beats and bytes it makes, and what its player looks up."""

import sys
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from variants import layered

import bpviz
from bpviz.calculation.program import Program
from bpviz.networks.crowd import crowded_scene
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layer_telling import LayerTelling, telling_of
from bpviz.networks.tall_crowd import tall_crowd
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.views.player import page
from bpviz.views.score.score import score


def wiring(*sizes: int) -> Wiring:
    layers = tuple(tuple(f"{letter}{k}" for k in range(n)) for letter, n in zip("xho", sizes, strict=True))
    weights = {(a, b): f"w_{a}_{b}" for one, other in pairwise(layers) for a in one for b in other}
    neurons = [n for layer in layers[1:] for n in layer]
    return Wiring(layers, weights, {}, {n: f"t_{n}" for n in layers[-1]}, dict.fromkeys(neurons, "tanh"))


def forward(w: Wiring) -> Program:
    givens = layered_givens(w, defaultdict(float), defaultdict(lambda: (-1, 1)))
    return Program(givens, forward_steps(w), w.loss)


@pytest.fixture(scope="module")
def large():
    return layered((8, 20, 20, 8))


def test_it_is_told_in_forty_beats_and_its_page_is_small(large):
    assert len(large.beats) <= 40
    assert {beat.id for beat in large.beats} >= {"forward_1", "loss", "delta_3", "gradient_1", "update_3"}
    assert len(page.html(score(large)).encode()) < 700_000


def test_a_chip_stands_at_opened_neurons_only_and_no_edge_has_one(large):
    assert not {chip.anchor for chip in large.scene.labels} & set(large.scene.edge)
    assert all(chip.anchor in large.scene.anchors for beat in large.beats for chip in beat.chips)


@pytest.mark.parametrize("place", [crowded_scene, tall_crowd])
@pytest.mark.parametrize("sizes", [(8, 20, 8), (2, 56, 1), (4, 12, 3)])
def test_its_parts_stand_apart(place, sizes):
    scene = place(wiring(*sizes))
    inside = [x for node in scene.nodes for x in (node.center[0] - node.size[0] / 2, node.center[0] + node.size[0] / 2)]
    assert 0 <= min(inside) <= max(inside) <= scene.width
    for k, one in enumerate(scene.nodes):
        for other in scene.nodes[:k]:
            apart = [
                abs(one.center[axis] - other.center[axis]) - (one.size[axis] + other.size[axis]) / 2 for axis in (0, 1)
            ]
            assert max(apart) >= 1, (one.id, other.id)


def test_both_of_its_scenes_have_the_same_parts():
    (wide, tall) = (place(wiring(8, 20, 8)) for place in (crowded_scene, tall_crowd))
    assert {n.id for n in wide.nodes} == {n.id for n in tall.nodes}
    assert set(wide.edge) == set(tall.edge)
    assert set(wide.anchors) == set(tall.anchors)


def test_up_to_twelve_neurons_are_told_one_by_one_unless_asked_otherwise(large):
    few, many = wiring(2, 10, 2), wiring(2, 10, 3)
    assert type(telling_of(few, forward(few), large.scene)) is LayeredTelling
    assert type(telling_of(many, forward(many), large.scene)) is LayerTelling
    assert type(telling_of(few, forward(few), large.scene, "layer")) is LayerTelling
    with pytest.raises(ValueError, match="no detail 'weight'; a network is told by neuron, layer"):
        telling_of(few, forward(few), large.scene, "weight")


def test_a_player_does_not_check_its_own_score(large):
    called = []

    def watch(frame, event, _):
        if event == "call" and frame.f_code.co_name == "check_score":
            called.append(frame.f_code)

    sys.setprofile(watch)
    try:
        large.player()
    finally:
        sys.setprofile(None)
    assert not called


def test_the_siblings_of_an_example_are_made_once():
    made = []
    example = bpviz.case2()
    counted = replace(example.family, make=lambda **choices: made.append(choices) or bpviz.case2(**choices))
    replace(example, family=counted).player()
    assert len(made) == len(set(map(str, made))) == 3
