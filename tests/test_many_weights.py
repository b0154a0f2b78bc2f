"""Networks told by neuron that have many weights: where these have no labels, and layers stand in several lines."""

import itertools

import pytest
from test_layout import around, check_borders
from test_portrait import overlap

import bpviz
from bpviz.networks.distances import MOST_LABELLED
from bpviz.telling.scene import flatter
from bpviz.telling.story import chips_in
from bpviz.views.look import CHIP
from bpviz.views.score.scene import FLATTER

SHAPES = [[6, 6, 6], [10, 10, 1], [4, 4, 4], [1, 12], [48, 12], [2, 40, 2], [5, 8, 1, 7], [3, 5]]
WEIGHT, NAME, BIAS = (90.0, 40.0), (60.0, 24.0), (70.0, 24.0)
"""Chips of the wide picture: what is told of a weight, a label of one line, and that of a bias."""
TALL_WEIGHT, TALL_LABEL = (84.0, 35.0), (44.0, 35.0)


@pytest.fixture(scope="module", params=SHAPES, ids=str)
def ex(request):
    return bpviz.network(request.param, biases="init", detail="neuron")


@pytest.fixture(params=["wide", "tall"])
def scene(request, ex):
    return ex.scene if request.param == "wide" else ex.tall_scene


def apart(boxes):
    return [(a, b) for (a, here), (b, there) in itertools.combinations(boxes, 2) if overlap(here, there)]


def test_the_picture_has_a_sane_size(ex):
    assert ex.scene.width <= 1400
    assert ex.scene.height <= 2000
    assert ex.tall_scene.width <= 410, "numbers of 12 units are 11 pixels high on a phone"
    assert ex.tall_scene.height <= 2700


def test_nodes_and_labels_stand_apart_and_inside(ex, scene):
    check_borders(scene)
    tall = scene is ex.tall_scene
    size = {chip.anchor: TALL_LABEL if tall else NAME if "→" in chip.anchor else BIAS for chip in scene.labels}
    boxes = [(n.id, around(n.center, *n.size)) for n in scene.nodes]
    inside = [(max(scene.anchors[a][0], size[a][0] / 2), scene.anchors[a][1]) for a in size]
    boxes += [(name, around(place, *size[name])) for name, place in zip(size, inside, strict=True)]
    assert apart(boxes) == []
    assert min(box[1] for _, box in boxes) >= 0
    assert max(box[3] for _, box in boxes) <= scene.height
    assert max(box[2] for _, box in boxes) <= scene.width


def test_few_weights_between_two_layers_have_labels_and_many_have_none(ex, scene):
    labels = {chip.anchor for chip in scene.labels}
    layer: dict[str, list[bool]] = {}
    for edge in (e for e in scene.edges if e.carries):
        layer.setdefault(edge.carries.split("_")[0], []).append(edge.id in labels)
    for told in layer.values():
        assert set(told) == {len(told) <= MOST_LABELLED}


def test_what_is_told_of_weights_at_a_time_stands_apart(ex, scene):
    size = TALL_WEIGHT if scene is ex.tall_scene else WEIGHT
    labels = {chip.anchor for chip in scene.labels}
    free = {edge.id for edge in scene.edges if edge.carries} - labels
    nodes = [(n.id, around(n.center, *n.size)) for n in scene.nodes]
    most = 0
    for index, beat in enumerate(ex.beats):
        told = [chip.anchor for chip in chips_in(ex.beats, index) if chip.anchor in free]
        assert {chip.anchor for chip in beat.chips} <= set(scene.anchors)
        assert len(told) <= len([chip for chip in beat.chips if chip.anchor in free]), "none of them stays"
        boxes = [(name, around(scene.anchors[name], *size)) for name in told]
        assert apart(boxes) == [], beat.id
        assert [pair for pair in itertools.product(boxes, nodes) if overlap(pair[0][1], pair[1][1])] == [], beat.id
        most = max(most, len(told))
    assert most or not free


def test_what_becomes_of_weights_stands_apart():
    """Old and new values in the flattest picture: chips of two lines, one below the other."""
    height = 2 * CHIP["line"] + CHIP["padding"]
    for sizes in itertools.product(range(1, 7), repeat=2):
        scene = flatter(bpviz.network(sizes).scene, FLATTER)
        places = [scene.anchors[chip.anchor] for chip in scene.labels if "→" in chip.anchor]
        for (x, y), (other_x, other_y) in itertools.combinations(places, 2):
            assert abs(y - other_y) > height - 1 or abs(x - other_x) > WEIGHT[0], (sizes, (x, y), (other_x, other_y))
