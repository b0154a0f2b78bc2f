"""Labels of a still that stand aside: by what they belong to, or with a line to it, or not at all."""

import functools
import math
from dataclasses import replace

import pytest
from graph_recipes import micrograd
from matplotlib.text import Text

import bpviz
from bpviz.telling.scene import Edge, Node, Scene, beside, under
from bpviz.views.figure.arrow_ends import forward_ends_of
from bpviz.views.figure.circles import circle_of, middle_of, moved
from bpviz.views.figure.crossings import length_inside, lines_cross
from bpviz.views.figure.label_place import Label, owner_of, place_of
from bpviz.views.figure.settling import settle
from bpviz.views.look import HEAD, RING, SETTLE
from bpviz.writing.shown import formula_rows, values_in

SIZE = (40.0, 20.0)
ANCHORS = {"a": (80.0, 130.0), "b": (320.0, 130.0), "elsewhere": (300.0, 20.0)}


def scene(*edges):
    """Two circles far apart, and edges between them by their ids, each with its points."""
    nodes = tuple(Node(n, "circle", (x, 150.0), (24.0, 24.0), (n,)) for n, x in (("a", 30.0), ("b", 370.0)))
    lines = tuple(Edge(name, "a", "b", start, end, via=via) for name, (start, *via, end) in edges)
    return Scene(400.0, 300.0, nodes, lines, ANCHORS, (), labels_yield=True)


def around(point):
    return point[0] - SIZE[0] / 2, point[1] - SIZE[1] / 2, point[0] + SIZE[0] / 2, point[1] + SIZE[1] / 2


STRAIGHT = ("straight", [(42.0, 150.0), (358.0, 150.0)])
TWIN = ("twin", [(42.0, 150.0), (358.0, 150.0)])
BENT = ("bent", [(42.0, 150.0), (200.0, 100.0), (358.0, 150.0)])
MIDDLE = around((200.0, 150.0))


def test_what_has_room_keeps_its_place_and_needs_no_line():
    ways, leaders = settle([Label("straight", MIDDLE, True)], scene(STRAIGHT, BENT), (), ("straight", "bent"))
    assert (ways, leaders) == ([(0.0, 0.0)], [])


def test_what_is_told_stands_by_its_own_edge():
    here = around((200.0, 104.0))  # by the other one
    ways, leaders = settle([Label("straight", here, True)], scene(STRAIGHT, BENT), (), ("straight", "bent"))
    assert ways[0][1] > 20.0
    assert leaders == []


def test_what_is_told_stands_where_its_own_edge_bends_aside():
    bend = ("bent", [(42.0, 150.0), (200.0, 50.0), (358.0, 150.0)])
    ways, leaders = settle([Label("bent", around((200.0, 50.0)), True)], scene(bend), (), ("bent",))
    assert (ways, leaders) == ([(0.0, 0.0)], [])


def test_where_parts_meet_what_rather_gives_way_lies_on_none_of_their_edges():
    label = Label("a", around((80.0, 145.0)), True, bright=True)

    def is_well(stays, *edges):
        whole = scene(*edges)
        circles = [circle_of(node, SETTLE["gap"]) for node in whole.nodes]
        return place_of(replace(label, stays=stays), whole, circles, whole.edges, ()).is_by_its_own(label.home)

    assert is_well(False, STRAIGHT, BENT)
    assert not is_well(True, STRAIGHT, BENT)
    assert is_well(True, STRAIGHT), "one edge alone has no parts"


def test_a_part_that_is_not_written_out_may_stand_close_to_another_edge():
    label = Label("straight", around((95.0, 150.0)), False, bright=True)
    ways = [
        settle([replace(label, free=free)], scene(STRAIGHT, BENT), (), ("straight", "bent"))[0][0]
        for free in (True, False)
    ]
    assert ways[0] == (0.0, 0.0)
    assert ways[1] != (0.0, 0.0)


@pytest.mark.parametrize(("told", "stays"), [(True, False), (True, True), (False, False)])
def test_what_cannot_be_told_from_another_s_is_led_to_its_own_or_gives_way(told, stays):
    label = Label("straight", MIDDLE, told, stays=stays)
    ways, leaders = settle([label], scene(STRAIGHT, TWIN), (), ("straight", "twin"))
    if stays or not told:
        assert (ways, leaders) == ([None], [])
        return
    (leader,) = leaders
    assert leader.anchor == "straight"
    assert leader.end == (200.0, 150.0)
    assert math.dist(leader.start, leader.end) >= SETTLE["leader"], "it can be seen"


def test_what_is_not_told_leaves_the_lines_of_the_beat_free():
    home = {"a": around((80.0, 150.0))}
    for lit, on_line in (((), True), (("straight",), False)):
        ((_, down),), _ = settle([Label("a", home["a"], False)], scene(STRAIGHT), (), lit)
        assert (abs(down) < SIZE[1] / 2) == on_line


def test_what_stands_far_from_its_node_is_led_or_gives_way():
    far = around((200.0, 100.0))
    assert settle([Label("a", far, False)], scene(), (), ()) == ([None], [])
    (way,), leaders = settle([Label("a", far, True)], scene(), (), ())
    near = moved(far, way)[0] <= 30.0 + 12.0 + SETTLE["gap"] + SETTLE["near"]
    assert near != bool(leaders)


def test_what_is_not_needed_does_not_even_touch_the_end_of_an_arrow():
    end = ("straight", (107.0, 134.0))
    for needed in (True, False):
        (way,), _ = settle([Label("a", around((80.0, 130.0)), needed)], scene(), (), ("lit",), [end])
        left, top, right, bottom = moved(around((80.0, 130.0)), way)
        off = SETTLE["around_end"] + (0.0 if needed else SETTLE["untouched"])
        assert not (left - off < 107.0 < right + off and top - off < 134.0 < bottom + off)


@functools.cache
def recurrent():
    """A graph with three uses of a weight; its arrows are short."""
    text = "h1 = tanh(u*x1); h2 = tanh(w*h1 + u*x2); h3 = tanh(w*h2 + u*x3); (h3 - t)**2 / 2"
    return bpviz.graph(text, name="E", w=0.5, u=2, x1=0.5, x2=0.25, x3=-0.5, t=1)


def test_a_label_belongs_to_the_node_it_is_called_after_though_another_is_nearer():
    batch = bpviz.graph("mean(sum(t*log(softmax(a))))", a=[[1, 2, 0.5], [0, 1, 1]], t=[[1, 0, 0], [0, 1, 0]])
    for crowd in (batch.scene, batch.tall_scene):
        nearer = 0
        for node in crowd.nodes:
            for anchor in (beside("value", node.id), under(node.id)[0]):
                assert crowd.nodes[owner_of(anchor, crowd)] == node
                place = crowd.anchors[anchor]
                nearer += min(math.dist(n.center, place) for n in crowd.nodes) < math.dist(node.center, place)
        assert nearer


def test_what_a_label_is_not_called_after_has_the_nearest():
    two = scene()
    assert [two.nodes[owner_of(anchor, two)].id for anchor in ("a", "b", "elsewhere")] == ["a", "b", "b"]


@pytest.mark.parametrize("needed", [True, False])
def test_a_value_lies_on_nothing_that_runs_into_its_node(needed):
    usual = around((335.0, 145.0))
    (way,), leaders = settle([Label("b", usual, needed)], scene(STRAIGHT), (), ())
    assert way
    assert leaders == []
    assert length_inside(STRAIGHT[1], usual) > SETTLE["covers"] >= length_inside(STRAIGHT[1], moved(usual, way))


@pytest.mark.parametrize("beat", ["dg_da", "dg_dv1"])
def test_a_line_from_a_label_runs_through_no_other_node(beat):
    ex = micrograd()
    led = 0
    for anchor, line in marks(ex.draw(beat), "leader").items():
        ends = list(zip(*line.get_data(), strict=True))
        own = None if anchor in ex.scene.edge else ex.scene.nodes[owner_of(anchor, ex.scene)]
        others = (n for n in ex.scene.nodes if n is not own)
        assert [n.id for n in others if length_inside(ends, circle_of(n, 0.0).box) > 1e-9] == [], anchor
        led += 1
    assert led


@pytest.mark.parametrize(("needed", "named"), [(True, True), (True, False), (False, True), (False, False)])
def test_what_does_not_say_whose_it_is_keeps_off_the_places_of_other_labels(needed, named):
    usual = around((310.0, 122.0))  # another node's label stands there if it has one
    (way,), leaders = settle([Label("elsewhere", usual, needed, named=named)], scene(), (), ())
    assert leaders == []
    if needed and named:
        assert way == (0.0, 0.0)
        return
    left, top, right, bottom = moved(usual, way)
    x, y = ANCHORS["b"]
    assert not (left < x < right and top < y < bottom)


def marks(still, kind):
    return {a.get_label().removeprefix(f"{kind} "): a for a in still.artists if a.get_label().startswith(f"{kind} ")}


def test_a_line_leads_from_a_chip_to_the_node_or_the_edge_that_it_belongs_to():
    led = []
    for ex, beat in (recurrent(), "dE_dh1"), (recurrent(), "dE_du"), (recurrent(), "dE_dw"), (micrograd(), "dg_dv1"):
        index = next(k for k, each in enumerate(ex.beats) if beat in each.reveals)
        for anchor, line in marks(ex.draw(index), "leader").items():
            start, end = zip(*line.get_data(), strict=True)
            assert anchor in {chip.anchor for chip in ex.beats[index].chips}
            on_edge = anchor in ex.scene.edge
            near = [ex.scene.anchors[anchor]] if on_edge else [n.center for n in ex.scene.nodes]
            reach = 0.0 if on_edge else ex.scene.nodes[0].size[0] / 2 + SETTLE["gap"] + SETTLE["ring"]
            assert min(math.dist(end, point) for point in near) == pytest.approx(reach)
            assert math.dist(start, end) >= SETTLE["leader"]
            led.append(on_edge)
    assert sorted(set(led)) == [False, True]


def test_a_part_that_finds_no_place_at_its_arrow_takes_not_that_of_another():
    a = bpviz.given(a=[3, 2, 1])[0]
    e = bpviz.named("e", bpviz.exp(a - bpviz.max(a)))
    ex = bpviz.graph(e / bpviz.sum(e), name="y")
    fans = {}
    for index, beat in enumerate(ex.beats):
        parts = [chip.anchor for chip in beat.chips if chip.anchor in ex.scene.edge]
        if len(parts) == 3:
            fans[beat.id] = [part for part in parts if part in marks(ex.draw(index), "leader")]
    assert len(fans) >= 6
    assert max(map(len, fans.values())) == 1, fans
    assert list(fans.values()).count([]) >= 3, fans


def test_where_several_parts_meet_each_stands_at_its_own_arrow_and_the_sum_at_none():
    for ex, name, count in (recurrent(), "dE_du", 3), (micrograd(), "dg_da", 5), (micrograd(), "dg_db", 5):
        index = next(k for k, beat in enumerate(ex.beats) if name in beat.reveals)
        still, parts = ex.draw(index), [c.anchor for c in ex.beats[index].chips if c.anchor in ex.scene.edge]
        assert len(parts) == count
        assert not marks(still, "leader").keys() & {*parts}
        frame = marks(still, "chip")[under(ex.program[name].role.by)[0]]
        left, top, wide, high = frame.get_bbox().bounds
        box = left, top, left + wide, top + high
        assert all(length_inside(ex.scene.edge[part].points, box) <= SETTLE["covers"] for part in parts), name


def test_some_of_a_short_arrow_is_seen_between_where_it_sets_out_and_its_head():
    chain = bpviz.graph("sigmoid(" * 20 + "x" + ")" * 20, x=0.5)
    still = chain.draw(-2)
    ((name, diamond),), ((same, head),) = (marks(still, kind).items() for kind in ("diamond", "head"))
    assert name == same
    start, _, far, _, _ = diamond.get_xy()
    tip, side, _, other, _ = head.get_xy()
    assert math.dist(start, far) + math.dist((side + other) / 2, tip) < math.dist(start, tip)


def test_in_a_still_what_the_beat_calculates_with_never_gives_way():
    ex = micrograd()
    there = {piece.what for beat in ex.beats for chip in beat.chips for line in chip.lines for piece in line}
    for beat in ex.beats[1:-1:3]:
        rows = (row for shown in beat.formulas for row in formula_rows(ex.program, shown))
        read = there.intersection(name for row in rows for name in values_in(row))
        written = {text.get_label().removeprefix("value ") for text in ex.draw(beat.id).findobj(Text)}
        assert read <= written, beat.id


def test_what_is_needed_keeps_off_an_arrow_that_is_not_its_own():
    usual = around((85.0, 145.0))
    (way,), leaders = settle([Label("a", usual, True)], scene(STRAIGHT), (), ("straight",))
    assert way
    assert leaders == []
    assert length_inside(STRAIGHT[1], usual) > SETTLE["covers"] >= length_inside(STRAIGHT[1], moved(usual, way))


@pytest.mark.parametrize("needed", [True, False])
def test_no_arrow_of_the_beat_runs_between_a_label_and_its_node(needed):
    above = ("above", [(0.0, 132.0), (400.0, 132.0)])
    usual = around((80.0, 115.0))
    (way,), leaders = settle([Label("a", usual, needed)], scene(above), (), ("above",))
    assert way
    assert leaders == []
    assert middle_of(moved(usual, way))[1] > 132.0
    assert not lines_cross([(0.0, 0.0), (1.0, 0.0)], [(0.0, 1.0), (1.0, 1.0)])


def test_what_is_not_needed_does_not_even_touch_an_arrow_of_the_beat():
    low = ("low", [(0.0, 119.0), (400.0, 119.0)])
    (way,), _ = settle([Label("a", around((80.0, 130.0)), False)], scene(low), (), ("low",))
    assert way
    assert moved(around((80.0, 130.0)), way)[1] >= 119.0 + SETTLE["untouched"]


@pytest.mark.parametrize("edges", [(STRAIGHT,), ()])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("needed", "bright"), [(True, True), (False, True), (False, False)])
@pytest.mark.parametrize("height", [115.0, 185.0], ids=["value", "gradient"])
def test_only_a_value_with_a_name_stands_at_the_left_where_one_reads_what_runs_in(height, needed, bright, named, edges):
    usual = around((360.0, height))
    (way,), leaders = settle([Label("elsewhere", usual, needed, bright, named)], scene(*edges), (), ("lit",))
    assert leaders == []
    is_forward = bright and not (needed and named and height < 150.0)
    assert (middle_of(moved(usual, way))[0] >= 370.0 - SETTLE["level"]) == is_forward


def test_what_has_no_name_has_the_place_by_its_node_before_what_says_whose_it_is():
    still = micrograd().draw("dg_dv8")
    led = marks(still, "leader")
    assert "value@v10" in led
    assert "v10.left" not in led


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("needed", [True, False])
def test_no_line_ends_before_a_number_without_a_frame_as_if_it_were_its_minus(compact, needed):
    usual = around((85.0, 147.0))
    (way,), leaders = settle([Label("a", usual, needed)], replace(scene(STRAIGHT), compact=compact), (), ())
    assert leaders == []
    assert way
    left, top, _, bottom = moved(usual, way)
    before = left - 1.0, (top + bottom) / 2 - SETTLE["level"], left, (top + bottom) / 2 + SETTLE["level"]
    assert (length_inside(STRAIGHT[1], before) > 0) == (not compact)


@pytest.mark.parametrize("height", [110.0, 190.0])
@pytest.mark.parametrize(("own", "at"), [("a", 20.0), ("b", 360.0)])
def test_what_belongs_to_a_given_stands_not_at_its_left_where_another_node_is(own, at, height):
    (way,), leaders = settle([Label(own, around((at, height)), True)], scene(), (), ("lit",))
    assert leaders == []
    assert way
    assert (at + way[0] >= 370.0 - SETTLE["level"]) == (own == "b")


def test_a_label_rather_lies_on_the_arrow_of_its_own_node_than_on_another_s():
    two = scene()
    nodes = (*two.nodes, Node("c", "circle", (380.0, 20.0), (24.0, 24.0), ("c",)))
    own = Edge("own", "a", "b", (42.0, 150.0), (358.0, 150.0))
    other = Edge("other", "c", "b", (0.0, 168.0), (400.0, 168.0))
    usual = around((85.0, 165.0))
    (way,), leaders = settle(
        [Label("a", usual, True)], replace(two, nodes=nodes, edges=(own, other)), (), ("own", "other")
    )
    assert leaders == []
    assert length_inside(other.points, usual) > SETTLE["covers"] >= length_inside(other.points, moved(usual, way))
    assert length_inside(own.points, moved(usual, way)) > SETTLE["covers"]


@pytest.mark.parametrize("needed", [True, False])
def test_what_comes_back_over_an_edge_leaves_the_place_of_what_the_beat_needs_of_a_node(needed):
    low = "low", [(42.0, 130.0), (358.0, 130.0)]
    usual = around((75.0, 126.0))
    labels = [Label("low", usual, True), Label("a", around(ANCHORS["a"]), needed)]
    (way, _), _ = settle(labels, scene(low), (), ("low",))
    left, top, right, bottom = moved(usual, way)
    x, y = ANCHORS["a"]
    assert (left < x < right and top < y < bottom) == (not needed)


def test_no_label_lies_on_the_line_of_another():
    first, lit = Label("straight", MIDDLE, True), ("straight", "twin")
    _, (leader,) = settle([first], scene(STRAIGHT, TWIN), (), lit)
    (x, y), (_, below) = leader.start, leader.end
    middle = (y + below) / 2
    third = "third", [(42.0, middle - 40.0), (x, middle)]
    on_it = x - 2.0, middle - 2.0, x + 2.0, middle + 2.0
    (_, way), _ = settle([first, Label("third", on_it, False)], scene(STRAIGHT, TWIN, third), (), lit)
    assert length_inside(leader.ends, on_it) > 0.0
    assert length_inside(leader.ends, moved(on_it, way)) == 0.0


def test_the_head_of_an_arrow_on_which_the_signal_moves_is_seen():
    (edge,) = scene(STRAIGHT).edges
    head, start = forward_ends_of([edge], ("b",))
    assert head[1][0] == pytest.approx(358.0 - RING["reach"] - HEAD["length"] / 2)
    usual = around((head[1][0], 145.0))
    (way,), _ = settle([Label("straight", usual, True)], scene(STRAIGHT), ("b",), ("straight",), [head, start])
    (x, y), around_it = head[1], SETTLE["around_end"]
    for box, hides in ((usual, True), (moved(usual, way), False)):
        left, top, right, bottom = box
        inside = left - around_it < x < right + around_it and top - around_it < y < bottom + around_it
        assert inside == hides


def test_what_is_passed_on_counts_as_read():
    ex = bpviz.graph("t = x + y; t**2", name="z", x=3, y=1)
    (shown,) = next(beat for beat in ex.beats if "dz_dx" in beat.reveals).formulas
    assert {name for row in formula_rows(ex.program, shown) for name in values_in(row)} == {"dz_dt", "dz_dx"}


def test_the_sum_of_an_element_that_is_not_written_out_gives_way_rather_than_stand_far_from_its_node():
    a, t = [[1, 2, 0.5], [0, 1, 1]], [[1, 0, 0], [0, 1, 0]]
    batch = bpviz.graph("y = softmax(a); -mean(sum(t*log(y)))", name="L", a=a, t=t)
    beat, edge = next(beat for beat in batch.beats if beat.id == "dL_dv3"), batch.scene.edge
    others = {edge[chip.anchor].source for chip in beat.chips if chip.anchor in edge} - {"v3_1_1"}
    sums = {under(node)[0] for node in others}
    assert len(sums) == 5
    assert sums <= {chip.anchor for chip in beat.chips}
    assert sums.isdisjoint(marks(batch.draw(beat.id), "leader"))
