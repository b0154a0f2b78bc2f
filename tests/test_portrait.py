"""The tall arrangement of a layered network: nothing overlaps or leaves it, and every chip has room for its numbers."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_layout import around, check_borders
from variants import CASE1, CASE2, NEURONS

import bpviz
from bpviz.cases import case1
from bpviz.ground.numbers import format_number
from bpviz.networks.bands import Band, length_inside, place_labels
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.wiring import Wiring
from bpviz.telling.story import chips_in
from bpviz.views.look import NARROW_LETTERS, RING, TEXT

NUMBER, MARGIN, LEAST_MARGIN, HEIGHT = 12, 4, 1.5, 35
"""A chip of two lines as the player's tall diagram draws it; its margins give way where there is little room."""
LEAST_SCALE = 11 / NUMBER
HIDES = 24
"""A label at rest that hid more of another edge would not be shown; see the player's `crossings.js`."""
REST = 44.0

examples = pytest.mark.parametrize("ex", [*CASE1, *CASE2, *NEURONS], ids=str)


@st.composite
def wirings(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    layers = tuple(tuple(f"{'xhijko'[k]}{n}" for n in range(1, size + 1)) for k, size in enumerate(sizes))
    pairs = [(a, b) for here, there in itertools.pairwise(layers) for b in there for a in here]
    missing = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs) // 3))
    neurons = [n for layer in layers[1:] for n in layer]
    last_in, last_out = (
        {b: (a, b) for a, b in pairs},
        {a: (a, b) for a, b in pairs},
    )  # every neuron keeps a way in and on
    kept = set(pairs) - missing | set(last_in.values()) | set(last_out.values())
    return Wiring(
        layers=layers,
        weights={pair: f"w{k}" for k, pair in enumerate(pairs, 1) if pair in kept},
        biases={n: f"b_{n}" for n in neurons} if draw(st.booleans()) else {},
        targets={n: f"target_{n}" for n in layers[-1]},
        activations=dict.fromkeys(neurons, "sigmoid"),
    )


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check_apart(scene, placed):
    for what, (left, top, right, bottom) in placed:
        inside = left >= 0 and top >= 0 and right <= scene.width and bottom <= scene.height
        assert inside, f"{what} leaves the scene"
    for (a, here), (b, there) in itertools.combinations(placed, 2):
        assert not overlap(here, there), f"{a} overlaps {b}"


def node_boxes(scene):
    return [(n.id, around(n.center, *n.size)) for n in scene.nodes]


def clear_of_the_border(scene, anchor):
    """Where a label at rest stands: it moves aside from the border."""
    x, y = scene.anchors[anchor]
    return min(max(x, REST / 2), scene.width - REST / 2), y


@settings(max_examples=25, deadline=None)
@given(wirings())
def test_nothing_of_any_layered_network_overlaps(wiring):
    scene = portrait_scene(wiring)
    check_borders(scene)
    labels = [(chip.anchor, around(clear_of_the_border(scene, chip.anchor), REST, HEIGHT)) for chip in scene.labels]
    notes = {name: at for name, at in scene.anchors.items() if name.endswith((".left", ".right"))}
    check_apart(scene, [*node_boxes(scene), *labels, *((name, around(at, 50, HEIGHT)) for name, at in notes.items())])
    labelled = {chip.anchor for chip in scene.labels}
    for edge in (e for e in scene.edges if e.id in labelled):
        x, y = scene.anchors[edge.id]
        (x1, y1), (x2, y2) = next(part for part in itertools.pairwise(edge.points) if part[0][1] < y < part[1][1])
        assert y1 + HEIGHT / 2 < y < y2 - HEIGHT / 2
        assert x == pytest.approx(x1 + (y - y1) / (y2 - y1) * (x2 - x1))


@settings(max_examples=25, deadline=None)
@given(wirings())
def test_rows_follow_each_other_and_no_network_takes_more_width_than_a_phone_has(wiring):
    scene = portrait_scene(wiring)
    place = {n.id: n for n in scene.nodes}
    for here, there in itertools.pairwise(wiring.layers):
        lowest = max(place[n].center[1] + place[n].size[1] / 2 for n in here)
        assert lowest < min(place[n].center[1] - place[n].size[1] / 2 for n in there)
    assert scene.width <= 400, "numbers of 12 units are 11 pixels high in 370"


@examples
def test_the_tall_scene_has_the_same_parts_and_is_tall_and_narrow(ex):
    wide, tall = ex.scene, ex.tall_scene
    assert {n.id: (n.shape, n.cells) for n in tall.nodes} == {n.id: (n.shape, n.cells) for n in wide.nodes}
    assert {e.id: (e.source, e.target, e.carries) for e in tall.edges} == {
        e.id: (e.source, e.target, e.carries) for e in wide.edges
    }
    assert set(tall.anchors) == set(wide.anchors)
    assert {chip.anchor for chip in tall.labels} == {chip.anchor for chip in wide.labels}
    assert tall.width <= 370
    assert tall.height <= {"case1": 680, "case2": 550, "neuron": 270}[ex.name]
    check_borders(tall)


def text_width(text):
    return NUMBER * sum(TEXT["narrow_width" if letter in NARROW_LETTERS else "wide_width"] for letter in text)


def width_of(ex, trace, chip):
    """What the lines of a chip need, without margins."""
    widths = []
    for line in chip.lines:
        words = numbers = 0.0
        for piece in line:
            if piece.show == "value":
                numbers += TEXT["digit_width"] * NUMBER * len(format_number(trace[piece.what]))
            elif piece.show == "text":
                words += text_width(piece.what)
            else:
                symbol = ex.notation[piece.what]
                runs = (symbol.short if piece.show == "short" else symbol).rich
                words += sum(
                    text_width(text) * (TEXT["index_size"] if style in ("sub", "sup") else 1) for style, text in runs
                )
        widths.append(words + numbers + TEXT["gap_to_number"] * bool(words and numbers))
    return max(widths)


def place_beside(box, wanted, boxes):
    """A chip moves aside between what stands left and right of it; what it needs at least must fit there."""
    (x, y), needed = wanted
    level = [b for b in boxes if b[1] < y + HEIGHT / 2 and b[3] > y - HEIGHT / 2]
    left = max([box[0], *(b[2] for b in level if b[0] + b[2] < 2 * x)])
    right = min([box[1], *(b[0] for b in level if b[0] + b[2] >= 2 * x)])
    assert right - left >= LEAST_SCALE * (needed + 2 * LEAST_MARGIN), f"room {right - left:.1f} for {needed:.1f}"
    half = min(needed + 2 * MARGIN, right - left) / 2
    middle = min(max(x, left + half), right - half)
    return middle - half, y - HEIGHT / 2, middle + half, y + HEIGHT / 2


@examples
def test_every_chip_of_every_beat_has_room_for_numbers_of_eleven_pixels(ex):
    trace, scene = ex.run(), ex.tall_scene
    on_edges = {e.id for e in scene.edges}
    for index, beat in enumerate(ex.beats):
        shown = chips_in(ex.beats, index)
        nodes = [around(n.center, *(s + 2 * RING["reach"] * (n.id in beat.focus) for s in n.size)) for n in scene.nodes]
        taken = {chip.anchor for chip in shown}
        standing = [chip for chip in scene.labels if chip.anchor not in taken]
        chips = sorted(shown, key=lambda chip: chip.anchor not in on_edges)
        boxes = []
        for chip in (*standing, *chips):
            wanted = scene.anchors[chip.anchor], width_of(ex, trace, chip)
            boxes.append(place_beside((2, scene.width - 2), wanted, [*nodes, *boxes]))
        check_apart(scene, [(f"chip {k}", box) for k, box in enumerate(boxes)])


@examples
def test_no_label_at_rest_hides_another_edge(ex):
    scene, trace = ex.tall_scene, ex.run()
    for chip in scene.labels:
        size = (width_of(ex, trace, chip) + 2 * MARGIN, HEIGHT)
        for edge in scene.edges:
            if edge.id != chip.anchor:
                hidden = length_inside((edge.start, edge.end), scene.anchors[chip.anchor], size)
                assert hidden <= HIDES, f"{chip.anchor} hides {hidden:.0f} of {edge.id}"


def test_labels_that_do_not_fit_side_by_side_take_another_line():
    band = Band()
    height, (left, right) = place_labels(((50, 50), (150, 150)), (80, 80), band, (0, 200))
    assert left[1] == right[1] == height / 2
    taller, (left, right) = place_labels(((50, 50), (100, 100)), (80, 80), band, (0, 200))
    assert abs(left[1] - right[1]) >= band.line
    assert taller > height


def test_a_band_without_edges_has_its_height():
    assert place_labels((), (), Band(), (0, 100)) == (Band().least, ())


def test_what_lies_inside_a_box():
    assert length_inside(((0, 0), (0, 10)), (0, 5), (4, 4)) == pytest.approx(4)
    assert length_inside(((3, 0), (3, 10)), (0, 5), (4, 4)) == 0
    assert length_inside(((0, 0), (10, 10)), (5, 5), (2, 20)) == pytest.approx(2 * math.sqrt(2))


def test_case1_puts_its_error_beside_its_output():
    scene = portrait_scene(case1._wiring("sigmoid"))
    place = {n.id: n for n in scene.nodes}
    assert place["E"].center[0] < place["6"].center[0]
    assert abs(place["E"].center[1] - place["6"].center[1]) < place["6"].size[1] / 2


def test_the_rings_of_two_errors_and_their_total_stand_apart():
    place = {node.id: node for node in bpviz.perceptron(3, 2, 2).tall_scene.nodes}
    for one, other in (("L1", "L"), ("L", "L2")):
        (x, _), (far, _), (width, _) = place[one].center, place[other].center, place[one].size
        assert far - x >= width + 2 * RING["reach"] + 4
