"""Long signs of a graph stand in their nodes, large enough to be read: a circle gets wider, a number gives way."""

import math

import matplotlib
import pytest

import bpviz
from bpviz.views.look import SIGN

EXAMPLES = {
    "product": ("x * 1000.25 + 123456.789", {"x": 2}, ["x", "× 1000.25", "+ 1.235×10⁵"]),
    "power": (
        "x ** 2.718281828 + 1 - learning_rate",
        {"x": 2, "learning_rate": 1},
        ["^ 2.7183", "+ 1", "learningrate"],
    ),
    "crowded": ("tanh(0.75*" * 9 + "x" + ")" * 9, {"x": 1}, ["× 0.75", "tanh"]),
    "very crowded": ("log(1000.25 - 0.5*" * 9 + "x" + ")" * 9, {"x": 1}, ["… −", "× …", "log"]),
}


def centre(box):
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def signs(still, ex):
    """Node → its sign as it is written, the text's size, and the boxes of the text and of the node."""
    renderer, found = still.canvas.get_renderer(), {}
    texts = {a: a.get_window_extent(renderer) for a in still.artists if isinstance(a, matplotlib.text.Text)}
    for node in ex.scene.nodes:
        (outline,) = (a for a in still.artists if a.get_label() == f"outline {node.id}")
        box = outline.get_window_extent(renderer)
        text = min(texts, key=lambda a, box=box: math.dist(centre(texts[a]), centre(box)))
        size = text.get_fontsize() * still.dpi / 72
        found[node.id] = text.get_text(), size, texts[text], box
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_sign_stands_in_its_node_and_can_be_read(name):
    text, values, expected = EXAMPLES[name]
    ex = bpviz.graph(text, **values)
    found = signs(ex.draw(1), ex)
    assert set(expected) <= {sign for sign, *_ in found.values()}
    for sign, size, inner, outer in found.values():
        assert size >= SIGN["least"] - 1e-9, sign
        assert outer.x0 <= inner.x0, sign
        assert inner.x1 <= outer.x1, sign


def test_edges_end_at_the_borders_of_wide_nodes_and_pass_none():
    text = "(x*1000.25 + y*2.125)**2.5 + x*y"
    for scene in (ex := bpviz.graph(text, name="z", x=1, y=2)).scene, ex.large_scene, ex.tall_scene:
        wide = [node for node in scene.nodes if node.size[0] > node.size[1]]
        assert len(wide) >= 2

        def to_border(node, point):
            (x, y), (w, h) = node.center, node.size
            aside = max(abs(point[0] - x) - (w - h) / 2, 0.0)
            return math.hypot(aside, point[1] - y) - h / 2

        nodes = {node.id: node for node in scene.nodes}
        for edge in scene.edges:
            assert to_border(nodes[edge.source], edge.start) == pytest.approx(0, abs=1e-9)
            assert to_border(nodes[edge.target], edge.end) == pytest.approx(0, abs=1e-9)
            for k in range(1, 20) if not edge.via else ():
                point = [a + k / 20 * (b - a) for a, b in zip(edge.start, edge.end, strict=True)]
                assert all(to_border(node, point) > 0 for node in scene.nodes)
        assert min(node.center[0] - node.size[0] / 2 for node in scene.nodes) >= 8.0
