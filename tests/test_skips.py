"""Edges that skip layers: they run past every neuron on their way, and their chips overlap nothing."""

import itertools

import pytest
from test_layout import around, boxes, check_borders
from test_portrait import overlap
from variants import layered

from bpviz.networks.bands import length_inside
from bpviz.telling.scene import flatter
from bpviz.telling.story import chips_in
from bpviz.views.look import RING
from bpviz.views.score import scene as score_scene

SHAPES = {
    "2-2-1": ((2, 2, 1), (("x1", "o1"),)),
    "2-2-1 both": ((2, 2, 1), (("x1", "o1"), ("x2", "o1"))),
    "2-3-2-1": ((2, 3, 2, 1), (("x1", "o1"), ("x2", "g1"))),
    "2-3-2-1 from within": ((2, 3, 2, 1), (("h2", "o1"), ("x1", "o1"), ("h3", "o1"))),
    "1-1-1-1": ((1, 1, 1, 1), (("x1", "g1"), ("h1", "o1"), ("x1", "o1"))),
    "2-2-2 all": ((2, 2, 2), tuple(itertools.product(("x1", "x2"), ("o1", "o2")))),
}
CHIP = (100.0, 38.0)
"""The largest chip on an edge of the flat arrangement, as the player draws it."""


@pytest.fixture(scope="module", params=SHAPES.values(), ids=SHAPES)
def example(request):
    sizes, skips = request.param
    return layered(sizes, skips=skips)


def crossed(scene):
    """(edge, node) where an edge passes through a node, or its ring, that is not its end."""
    for edge in scene.edges:
        for node in scene.nodes:
            room = [s + 2 * RING["reach"] for s in node.size]
            parts = itertools.pairwise(edge.points)
            if node.id not in (edge.source, edge.target) and any(length_inside(p, node.center, room) for p in parts):
                yield edge.id, node.id


@pytest.mark.parametrize("arranged", ["usual", "flat", "tall"])
def test_no_edge_passes_through_a_neuron_that_is_not_its_end(example, arranged):
    scene = scene_of(example, arranged)
    assert list(crossed(scene)) == []
    if arranged != "flat":
        check_borders(scene)


def scene_of(example, arranged):
    flat = flatter(example.scene, score_scene.FLATTER)
    return {"usual": example.scene, "flat": flat, "tall": example.tall_scene}[arranged]


def test_the_chip_of_a_skip_overlaps_no_neuron_and_no_chip_on_any_beat(example):
    trace = example.run()
    skips = {f"chip at {edge.id}" for edge in example.scene.edges if edge.via}
    for index, beat in enumerate(example.beats):
        placed = list(boxes(example, trace, index))
        for (a, *here), (b, *there) in itertools.combinations(placed, 2):
            if {a, b} & skips:
                assert not overlap(here, there), f"{beat.id}: {a} overlaps {b}"


@pytest.mark.parametrize(("arranged", "size"), [("flat", CHIP), ("tall", (44.0, 35.0))])
def test_a_skip_carries_its_chip_on_its_line_and_beside_all_others(example, arranged, size):
    scene = scene_of(example, arranged)
    nodes = [(n.id, around(n.center, *n.size)) for n in scene.nodes]
    chips = {chip.anchor for beat in range(len(example.beats)) for chip in chips_in(example.beats, beat)}
    for edge in (e for e in scene.edges if e.via):
        x, y = scene.anchors[edge.id]
        assert any(length_inside(part, (x, y), (2, 2)) for part in itertools.pairwise(edge.points))
        here = around((x, y), *size)
        others = [(name, around(scene.anchors[name], 44.0, size[1])) for name in chips - {edge.id}]
        assert [name for name, there in [*nodes, *others] if overlap(here, there)] == [], edge.id
        assert here[1] >= 0
        assert here[3] <= scene.height


def test_a_score_says_where_an_edge_bends(example):
    told = score_scene.scene(example, [])
    for edge in example.scene.edges:
        drawn = next(e for e in told["edges"] if e["id"] == edge.id)
        assert [list(p) for p in edge.via] == drawn.get("via", [])
    for name, scene in (("tall", example.tall_scene), ("large", scene_of(example, "flat"))):
        assert told[name]["edges"] == {e.id: [list(p) for p in e.points] for e in scene.edges}
