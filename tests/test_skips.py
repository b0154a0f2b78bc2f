"""Labels of edges that skip layers: they hide neither a neuron nor another label, where the edge has free room."""

import pytest

from bpviz.networks.skips import CHIP, clearest
from bpviz.telling.scene import Edge, Node

AHEAD = Edge("x→o", "x", "o", (0, 0), (600, 0), "w")


def node(x):
    return Node("h", "capsule", (x, 0), (140, 60), ("net", "out"))


@pytest.mark.parametrize(("x", "free"), [(300, lambda at: at < 194 or at > 406), (150, lambda at: at > 256)])
def test_it_stands_beside_a_neuron_on_the_way(x, free):
    (at, level) = clearest(AHEAD, [node(x)], {})
    assert level == 0
    assert free(at)


def test_it_stands_beside_other_labels():
    (at, _) = clearest(AHEAD, [node(150)], {"other": (590, 0)})
    assert 150 + 70 + CHIP[0] / 2 < at < 590 - CHIP[0]
