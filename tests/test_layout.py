"""Where layered networks stand: nothing overlaps or is cut off on any beat, edges dock on borders."""

import itertools
import math

import pytest
from variants import CASE1, CASE2, EVERY_EXAMPLE, NEURONS

import bpviz
from bpviz.calculation.quantities import Kind, Phase
from bpviz.ground.numbers import format_number
from bpviz.networks.distances import DENSE, DENSE_LARGE, LOW, USUAL, fits_low
from bpviz.networks.layout import layered_scene
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import edge_id, flatter
from bpviz.telling.story import chips_in
from bpviz.views.look import CHIP, NARROW_LETTERS, RING, TEXT
from bpviz.views.score.scene import FLATTER

every_example = pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)
HEAD = 11
"""How far from its tip an arrowhead must be seen, in model units."""


def width_of_text(text):
    return TEXT["size"] * sum(TEXT["narrow_width" if letter in NARROW_LETTERS else "wide_width"] for letter in text)


def size_of_chip(ex, trace, chip):
    widths = []
    for line in chip.lines:
        parts, words = [], 0.0
        for piece in line:
            if piece.show == "value":
                parts += [words, TEXT["digit_width"] * CHIP["number"] * len(format_number(trace[piece.what]))]
                words = 0.0
            elif piece.show == "text":
                words += width_of_text(piece.what)
            else:
                symbol = ex.notation[piece.what]
                runs = (symbol.short if piece.show == "short" else symbol).rich
                small = {"sub": TEXT["index_size"], "sup": TEXT["index_size"]}
                words += sum(width_of_text(text) * small.get(style, 1) for style, text in runs)
        parts = [p for p in [*parts, words] if p]
        widths.append(sum(parts) + TEXT["gap_to_number"] * (len(parts) - 1))
    margin = CHIP["round_margin" if len(chip.lines) == 1 else "margin"]
    return 2 * margin + max(widths), CHIP["line"] * len(chip.lines) + CHIP["padding"]


def boxes(ex, trace, index):
    """(what, left, top, right, bottom) of every node and every chip of a beat; a node in focus has a ring around it."""
    beat, chips = ex.beats[index], chips_in(ex.beats, index)
    for node in ex.scene.nodes:
        grow = RING["reach"] if node.id in beat.focus else 0.0
        yield node.id, *around(node.center, node.size[0] + 2 * grow, node.size[1] + 2 * grow)
    taken = {chip.anchor for chip in chips}
    for chip in [*chips, *(c for c in ex.scene.labels if c.anchor not in taken)]:
        yield f"chip at {chip.anchor}", *around(ex.scene.anchors[chip.anchor], *size_of_chip(ex, trace, chip))


def around(center, width, height):
    x, y = center
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


@pytest.mark.parametrize("ex", [*CASE1, *CASE2, *NEURONS], ids=str)
def test_nothing_overlaps_and_nothing_is_cut_off_on_any_beat(ex):
    trace = ex.run()
    for index, beat in enumerate(ex.beats):
        placed = list(boxes(ex, trace, index))
        for what, left, top, right, bottom in placed:
            inside = left >= 0 and top >= 0 and right <= ex.scene.width and bottom <= ex.scene.height
            assert inside, f"{beat.id}: {what} leaves the canvas"
        for (a, *here), (b, *there) in itertools.combinations(placed, 2):
            apart = here[2] <= there[0] or there[2] <= here[0] or here[3] <= there[1] or there[3] <= here[1]
            assert apart, f"{beat.id}: {a} overlaps {b}"


def check_borders(scene):
    """Every edge begins and ends on the border of its node."""
    nodes = {n.id: n for n in scene.nodes}
    for edge in scene.edges:
        for point, node in ((edge.start, nodes[edge.source]), (edge.end, nodes[edge.target])):
            dx, dy = (abs(p - c) for p, c in zip(point, node.center, strict=True))
            if node.shape == "circle":
                assert math.hypot(dx, dy) == pytest.approx(node.size[0] / 2)
            else:
                w, h = (s / 2 for s in node.size)
                assert (dx == pytest.approx(w) and dy <= h) or (dy == pytest.approx(h) and dx <= w), edge.id


@every_example
def test_edges_end_on_the_borders_of_their_nodes(ex):
    for scene in filter(None, (ex.scene, ex.large_scene)):
        check_borders(scene)


@pytest.mark.parametrize("ex", CASE1, ids=str)
def test_the_large_scene_has_the_same_parts_in_less_room(ex):
    small, large = ex.scene, ex.large_scene
    assert [n.id for n in large.nodes] == [n.id for n in small.nodes]
    assert [e.id for e in large.edges] == [e.id for e in small.edges]
    assert set(large.anchors) == set(small.anchors)
    assert large.width < small.width
    assert large.height < small.height
    heights = sorted(large.anchors[name][1] for name in ("1→4", "1→5", "2→4", "2→5", "3→4", "3→5"))
    assert min(b - a for a, b in itertools.pairwise(heights)) > 37.9, "two lines of large type"


def test_flatter_keeps_widths_and_numbers_rooms():
    scene = CASE2[0].scene
    flat = flatter(scene, 0.5)
    assert (flat.width, flat.height) == (scene.width, scene.height / 2)
    for before, after in zip(scene.nodes, flat.nodes, strict=True):
        assert after.center == (before.center[0], before.center[1] / 2)
        assert after.size == (before.size[0], before.size[1] * (0.5 if before.shape == "capsule" else 1))
    assert flat.anchors["h1→o1"] == (scene.anchors["h1→o1"][0], scene.anchors["h1→o1"][1] / 2)
    assert flat.labels == scene.labels


@every_example
def test_the_scene_shows_every_weight_bias_target_net_output_and_error(ex):
    cells = [name for node in ex.scene.nodes for name in node.cells]
    labelled = [
        piece.what for chip in ex.scene.labels for line in chip.lines for piece in line if piece.show == "value"
    ]
    steps = [s.name for s in ex.program.steps if s.phase in (Phase.FORWARD, Phase.LOSS)]
    inputs = [g.name for g in ex.program.givens if g.quantity.kind is Kind.INPUT]
    assert sorted(cells) == sorted(steps + inputs)
    shown = {g.name for g in ex.program.givens} - set(inputs) - {"eta"}
    assert set(labelled) == shown
    assert {e.carries for e in ex.scene.edges} - {""} == {
        g for g in shown if ex.program[g].quantity.kind is Kind.WEIGHT
    }


@every_example
def test_ids_are_unique_and_chips_stand_on_anchors(ex):
    ids = [*(n.id for n in ex.scene.nodes), *(e.id for e in ex.scene.edges)]
    assert len(ids) == len(set(ids))
    for chip in [*ex.scene.labels, *(c for beat in ex.beats for c in beat.chips)]:
        assert chip.anchor in ex.scene.anchors
    for beat in ex.beats:
        anchors = [c.anchor for c in beat.chips]
        assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("ex", CASE1, ids=str)
def test_no_chip_hides_an_arrowhead(ex):
    trace, nodes = ex.run(), {n.id: n for n in ex.scene.nodes}
    for index, beat in enumerate(ex.beats):
        chips = [box for what, *box in boxes(ex, trace, index) if what not in nodes]
        for edge in ex.scene.edges:
            if edge.id not in (*beat.forward, *beat.backward):
                continue
            tip, tail = (edge.start, edge.end) if edge.id in beat.backward else (edge.end, edge.start)
            ring = RING["reach"] if (edge.source if edge.id in beat.backward else edge.target) in beat.focus else 0
            for reach in (ring + 1, ring + HEAD):
                x, y = (p + (q - p) * reach / math.dist(tip, tail) for p, q in zip(tip, tail, strict=True))
                hidden = [box for box in chips if box[0] < x < box[2] and box[1] < y < box[3]]
                assert not hidden, f"{beat.id}: the arrowhead on {edge.id} is hidden"


@pytest.mark.parametrize("distances", [USUAL, DENSE, DENSE_LARGE])
def test_an_edge_that_skips_layers_has_its_line_and_its_label(distances):
    chain = (("i",), ("h",), ("k",), ("o",))
    for weights in (
        {("i", "h"): "a", ("h", "k"): "b", ("k", "o"): "c", ("h", "o"): "skip"},
        {("i", "h"): "a", ("i", "k"): "skip", ("h", "o"): "b", ("k", "o"): "c"},  # nothing leads from h to k
    ):
        scene = layered_scene(Wiring(chain, weights, {}, {"o": "t"}, dict.fromkeys("hko", "tanh")), distances)
        edge = next(e for e in scene.edges if e.carries == "skip")
        assert edge.start[0] < scene.anchors[edge.id][0] < edge.end[0]
        assert {edge_id(*edge) for edge in weights} <= set(scene.anchors)


@pytest.mark.parametrize("sizes", [s for s in itertools.product((1, 2, 3, 4, 5, 6), repeat=3) if s[1] + s[2] <= 10])
def test_labels_of_weights_stand_apart_from_each_other_and_from_neurons(sizes):
    layers = tuple(tuple(f"{letter}{k}" for k in range(n)) for letter, n in zip("xho", sizes, strict=True))
    edges = [(a, b) for here, there in itertools.pairwise(layers) for b in there for a in here]
    neurons = (*layers[1], *layers[2])
    targets, activations = {n: f"target_{n}" for n in layers[2]}, dict.fromkeys(neurons, "sigmoid")
    wiring = Wiring(layers, {edge: f"w{k}" for k, edge in enumerate(edges)}, {}, targets, activations)
    scene = layered_scene(wiring)
    low = [layered_scene(wiring, LOW)] if fits_low(wiring) else []
    for placed in (scene, flatter(scene, FLATTER), *low):
        labels = {chip.anchor: (44, 40) if len(chip.lines) == 2 else (80, 24) for chip in placed.labels}
        boxes = [(*placed.anchors[edge.id], *labels[edge.id]) for edge in placed.edges if edge.id in labels]
        boxes += [(*node.center, *node.size) for node in placed.nodes]
        for (x1, y1, w1, h1), (x2, y2, w2, h2) in itertools.combinations(boxes, 2):
            assert abs(x1 - x2) >= (w1 + w2) / 2 or abs(y1 - y2) >= (h1 + h2) / 2, (sizes, (x1, y1), (x2, y2))


def test_in_a_flatter_scene_edges_end_at_the_borders_of_boxes():
    flat = flatter(bpviz.case2().scene, FLATTER)
    boxes = {node.id: node for node in flat.nodes if node.shape == "box"}
    found = 0
    for edge in flat.edges:
        for name, (x, y) in ((edge.source, edge.start), (edge.target, edge.end)):
            if name in boxes:
                (cx, cy), (w, h) = boxes[name].center, boxes[name].size
                assert max(abs(x - cx) - w / 2, abs(y - cy) - h / 2) == pytest.approx(0.0)
                found += 1
    assert found == 6
