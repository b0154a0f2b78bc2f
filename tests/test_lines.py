"""Layers in several lines: no edge runs behind a neuron or an error that it does not belong to."""

import itertools
import math

import pytest

import bpviz
from bpviz.networks.bands import length_inside
from bpviz.networks.tall_plan import CHIP
from bpviz.telling.scene import flatter
from bpviz.views.score.scene import FLATTER

SIZES = [
    [2, 4, 2],
    [6, 3, 2],
    [7, 4, 5],
    [2, 6, 6, 2],
    [3, 7, 5, 1],
    [2, 12, 1],
    [2, 3, 12],
    [12, 6, 6],
    [13, 2, 1],
    [30, 8, 3],
    [4, 5, 3, 4],
]


def distance(start, end, point):
    """How near a straight part of a line comes to a point."""
    way = [b - a for a, b in zip(start, end, strict=True)]
    along = sum((p - a) * w for p, a, w in zip(point, start, way, strict=True)) / max(sum(w * w for w in way), 1e-9)
    part = min(max(along, 0.0), 1.0)
    return math.dist([a + part * w for a, w in zip(start, way, strict=True)], point)


def is_behind(start, end, node):
    if node.shape == "circle":
        return distance(start, end, node.center) < node.size[0] / 2
    return length_inside((start, end), node.center, node.size) > 0


def hidden(scene):
    """(edge, node) of every edge that a foreign node hides a part of."""
    return [
        (edge.id, node.id)
        for edge, node in itertools.product(scene.edges, scene.nodes)
        if node.id not in (edge.source, edge.target)
        and any(is_behind(start, end, node) for start, end in itertools.pairwise(edge.points))
    ]


@pytest.mark.parametrize("biases", [None, "init"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_no_edge_runs_behind_a_neuron_that_it_does_not_belong_to(sizes, biases):
    ex = bpviz.network(sizes, biases=biases, detail="neuron")
    assert hidden(ex.tall_scene) == []
    assert hidden(ex.scene) == []
    assert hidden(flatter(ex.scene, FLATTER)) == []


def test_an_edge_that_skips_layers_passes_lines_too():
    ex = bpviz.network([7, 4, 3, 4], skips=[((0, 1), (2, 3)), ((1, 1), (3, 4)), ((0, 2), (3, 3))])
    assert hidden(ex.tall_scene) == []


def test_what_is_told_of_pairs_has_room_above_and_below():
    scene = bpviz.network([1, 4, 1], biases="init").tall_scene
    for x, y in scene.anchors.values():
        assert CHIP[0] / 2 <= x <= scene.width - CHIP[0] / 2
        assert CHIP[1] / 2 <= y <= scene.height - CHIP[1] / 2
