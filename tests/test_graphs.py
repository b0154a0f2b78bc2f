"""Any expression as a worked example: published circuits, random expressions, and what is refused."""

import math
import re
from itertools import combinations, pairwise

import numpy as np
import oracles
import pytest
from graph_recipes import at_random, micrograd
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import SMOOTH, points, trees

import bpviz
from bpviz.algebra.expr import Apply, Ref
from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Kind, Phase
from bpviz.graphs.layering import layered
from bpviz.ground.words import words
from bpviz.telling.story import chips_in
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score

CIRCUITS = {
    "z = (x + y)²": ("(x + y)**2", {"x": 3, "y": 1}, "16", {"x": "8", "y": "8"}),
    "y = x1·x2 + x3": ("x1*x2 + x3", {"x1": 100, "x2": 2, "x3": 300}, "500", {"x1": "2", "x2": "100", "x3": "1"}),
    "cs231n, product": ("(x + y)*z", {"x": -2, "y": 5, "z": -4}, "-12", {"x": "-4", "y": "-4", "z": "3"}),
    "cs231n, neuron": (
        "sigmoid(w0*x0 + w1*x1 + w2)",
        {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3},
        "0.7310585786300049",
        {
            "w0": "-0.19661193324148185",
            "w1": "-0.3932238664829637",
            "w2": "0.19661193324148185",
            "x0": "0.3932238664829637",
            "x1": "-0.5898357997244456",
        },
    ),
    "cs231n, staged": (
        "(x + sigmoid(y)) / (sigmoid(x) + (x + y)**2)",
        {"x": 3, "y": -4},
        "1.5456448841066441",
        {"x": "2.059569795572165", "y": "1.5922327514838093"},
    ),
}


def printed(ours, text):
    """Equal as far as float64 sums in another order can be: two units of the last place."""
    return ours == pytest.approx(float(text), rel=4.5e-16)


@pytest.mark.parametrize("circuit", CIRCUITS)
def test_published_circuits(circuit):
    text, values, result, gradients = CIRCUITS[circuit]
    ex = bpviz.graph(text, name="out", **values)
    run = ex.run()
    assert printed(run["out"], result)
    for name, slope in gradients.items():
        assert printed(run[f"dout_d{name}"], slope), name
        assert printed(run.gradient(name), slope), name
    assert ex.check_gradients().agrees
    assert check_score(score(ex)) is None


def test_the_graph_of_micrograds_readme():
    ex = micrograd()
    run = ex.run()
    assert printed(run["g"], "24.70408163265306")
    assert printed(run["dg_da"], "138.83381924198252")
    assert printed(run["dg_db"], "645.5772594752186")


def is_fair(expr, values):
    """True clear of poles, of cancelled digits, and of the branch cut of a power."""
    if isinstance(expr, Apply):
        if expr.op == "pow" and not oracles.evaluate(expr.args[0], values) > 0:
            return False
        return all(is_fair(a, values) for a in expr.args) and 0.01 < abs(oracles.evaluate(expr, values)) < 1e3
    return True


@given(tree=trees(SMOOTH, depth=3), values=points(st.integers(-300, 300).map(lambda n: n / 100)))
def test_random_expressions_have_the_gradients_of_complex_steps(tree, values):
    assume(isinstance(tree, Apply) and is_fair(tree, values))
    used = {name: values[name] for name in dict.fromkeys(references(tree))}
    assume(used)
    ex = bpviz.graph(tree, **used)
    assert ex.run()["y"] == pytest.approx(float(oracles.evaluate(tree, values)), rel=1e-12, abs=1e-12)
    for name in used:
        slope = oracles.complex_step(tree, values, name)
        assert ex.run()[f"dy_d{name}"] == pytest.approx(slope, rel=1e-9, abs=1e-9)
    told = [name for beat in ex.beats for name in beat.reveals]
    assert sorted(told) == sorted(step.name for step in ex.program.steps)


def test_fifty_squares_answer_at_once_and_each_is_one_node():
    (x,) = bpviz.given(x=1)
    expr = x
    for _ in range(50):
        expr = expr * expr
    ex = bpviz.graph(expr)
    assert len([s for s in ex.program.steps if s.phase is Phase.FORWARD]) == 50
    assert ex.run().gradient("x") == ex.run()["dy_dx"] == 2.0**50


def test_equal_subexpressions_are_one_node_with_its_own_name():
    x, y = bpviz.given(x=3, y=1)
    ex = bpviz.graph(bpviz.named("t", x + y) * bpviz.exp(x + y), name="z")
    assert [s.name for s in ex.program.steps if s.phase is Phase.FORWARD] == ["t", "v1", "z"]
    assert ex.program.at(Kind.TERM, by="t", over="v1").name == "dz_v1_dt"
    free = bpviz.graph("v1 * x + exp(v1)", v1=1, x=2)
    assert [s.name for s in free.program.steps if s.phase is Phase.FORWARD] == ["v2", "v3", "y"]


def test_a_given_that_vanishes_keeps_its_slider_and_gradient_0():
    ex = bpviz.graph("0*x + z*z", x=3, z=2)
    assert ex.groups[0].givens == ("x", "z")
    assert ex.run()["dy_dx"] == 0.0
    assert ex.run().gradient("x") == 0.0


def test_what_learns_makes_the_result_small_and_nothing_else_moves():
    ex = bpviz.graph("(w*x + b - 3)**2", w=1, b=0, x=2, learn=("w", "b"), eta=0.05)
    done = ex.train(30).final
    assert done["y"] < 1e-6 < ex.run()["y"]
    assert (done["x"], ex.program.trained) == (2.0, ("w", "b"))
    with pytest.raises(ValueError, match="nothing learns here"):
        bpviz.graph("x + x*x", x=2).train(3)


REFUSED = {
    "": "the text is empty",
    "x +": r"cannot read line 1: .*\nx \+\n",
    "x ? y": "cannot read line 1",
    "a = x\nb = sine(a)": r"cannot read line 2: no function 'sine'; functions are abs, cos, .*\nb = sine\(a\)\n    \^",
    "x.real": r"not in the language; there are names, numbers, lists in \[\],.* functions abs,",
    "__import__('os').system('true')": "this is not in the language|no function",
    "open('/tmp/x')": "no function 'open'",
    "x * 'a'": r"this is not in the language.*\nx \* 'a'\n    \^",
    "[x for x in y]": "this is not in the language",
    "(lambda: x)()": "this is not in the language",
    "import os": "write expressions, or 'name = expression'",
    "x = x * x": "'x' has a value already",
    "exp(x, y)": r"exp takes 1 argument\(s\), got 2",
    "1e999 * x": "must be finite",
    "1j * x": "this is not in the language",
    "True + x": "this is not in the language",
    "log = x * x": "no quantity can be called 'log'",
    "x\0 + 1": "cannot read",
    "(" * 4000 + "x" + ")" * 4000: "cannot read line 1|too deeply nested",
    "-" * 5000 + "x": "too deeply nested|cannot read",
    "x" * 20_000: "at most 10,000",
    "+".join(["x*x"] + [f"x**{k}" for k in range(3, 80)]): "more than 60 operations",
    "a = b*x; b = a*x; b": r"'b' has a value already.*\na = b\*x.*\n         \^",
    "x[0] * 2": r"only a list has elements, as in a\[0\]\nx\[0\] \* 2\n\^",
    "2 * [x, x][2]": r"<a list: 2 elements> has no element 2; they are counted from 0\n.*\n    \^",
    "[x, x][0:1] * 2": r"an element of a list is a\[0\], of rows a\[0\]\[1\]",
    "[x, x][-1] * 2": r"an element of a list is a\[0\], of rows a\[0\]\[1\]",
    "sum(x)": "sum runs over a list",
    "[x, [x]]": "rows of equal length",
    "1" + "0" * 400 + "*x": "must be finite",
    "sigmiod(x)": "no function 'sigmiod'; functions are abs, .*sigmoid",
    "x": "no operation",
    "3": "no operation",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:30]))
def test_text_that_cannot_be_is_refused_with_its_place(text):
    with pytest.raises(ValueError, match=REFUSED[text]):
        bpviz.graph(text, x=1)


OWNED = ["log", "data", "lang", "score", "eta", "learn", "_x", "step", "rounds", "rows", "beat", "self", "format"]


@pytest.mark.parametrize("name", OWNED)
def test_names_with_another_owner_are_refused_before_display(name):
    refused = pytest.raises(ValueError, match=f"can be called {name!r}.* choose another, such as [a-z_]+_")
    with refused:
        bpviz.graph(Ref(name) * 2, name="out", **{n: 1 for n in (name,) if n not in ("eta", "learn", "self")})
    with refused:
        bpviz.named(name, Ref("x") * 2)
    with refused:
        bpviz.given(**{name: [1, 2]})
    with refused:
        bpviz.graph(Ref("x") * 2, name=name, x=1)


def test_refusals_name_the_remedy():
    x, y = bpviz.given(x=3, y=1)
    with pytest.raises(TypeError, match=r"unpack what bpviz.given\(...\) returns"):
        bpviz.graph(bpviz.given(x=3))
    with pytest.raises(ValueError, match="two givens are called 'x', with the values 3 and 4; rename one"):
        bpviz.graph(x * bpviz.given(x=4)[0])
    with pytest.raises(ValueError, match=r"no value for b: add it, as in graph\(..., b=1\)"):
        bpviz.graph("a * b", a=1)
    with pytest.raises(ValueError, match="'c' is not in the expression; givens are x, y"):
        bpviz.graph(x * y, c=1, name="z")
    with pytest.raises(ValueError, match="'c' cannot learn: it is not in the expression"):
        bpviz.graph(x * y, learn="c", name="z")
    with pytest.raises(ValueError, match="'y' is used twice; name the result, as in graph"):
        bpviz.graph(x * y)
    with pytest.raises(ValueError, match="'s' and 't' name the same operation"):
        bpviz.graph(bpviz.named("s", x + y) * bpviz.named("t", x + y), name="z")
    with pytest.raises(ValueError, match="a range for 'z', which is not given; givens are x"):
        bpviz.given(x=1, ranges={"z": (0, 1)})
    with pytest.raises(ValueError, match="x = 3 is outside its range, 0 to 1"):
        bpviz.given(x=3, ranges={"x": (0, 1)})


def test_an_update_shows_the_gradient_that_it_uses_beside_the_new_value():
    ex = bpviz.graph("(w*x + b - 3)**2", name="E", w=1, b=0, x=2, learn=("w", "b"), eta=0.05)
    updates = [k for k, beat in enumerate(ex.beats) if beat.phase is Phase.UPDATE]
    for index in updates:
        pieces = [piece for chip in chips_in(ex.beats, index) for line in chip.lines for piece in line]
        assert {"dE_dw", "dE_db"} <= {piece.what for piece in pieces if piece.show == "value"}
    assert len(updates) == 3


def test_a_sign_with_a_number_has_no_dots_that_could_be_lost():
    ex = bpviz.graph("1/x + x/2 + 10/x + x/w", name="y", x=4, w=8)
    assert {"1 /", "/ 2", "10 /", "÷"} <= {node.sign for node in ex.scene.nodes}


def test_ranges_and_values_that_cannot_be_are_refused():
    x, y = bpviz.given(x=3, y=1)
    with pytest.raises(ValueError, match=r"x = 1.7e\+308 is too large for a slider"):
        bpviz.given(x=1.7e308)
    with pytest.raises(TypeError, match=r"the range of 'x' must be \(low, high\), not 3"):
        bpviz.given(x=3, ranges={"x": 3})
    with pytest.raises(TypeError, match="the high end of 'x_1' must be one number, not 'a'"):
        bpviz.given(x=[3, 4], ranges={"x": (0, "a")})
    with pytest.raises(TypeError, match="ranges must map names"):
        bpviz.given(x=3, ranges=3)
    with pytest.raises(TypeError, match="ranges must map names"):
        bpviz.graph(x * y, name="z", ranges=3)
    with pytest.raises(ValueError, match="a range for 'w', which is not in the expression; givens are x, y"):
        bpviz.graph(x * y, name="z", ranges={"w": (0, 1)})
    with pytest.raises(
        ValueError, match="nothing is trained here, so there is no panel 'slice'; there are truth, table"
    ):
        bpviz.graph(x * y, name="z").player(panels=["slice", "truth"])
    with pytest.raises(TypeError, match="learn takes the names of givens"):
        bpviz.graph(x * y, name="z", learn=3)
    with pytest.raises(IndexError, match="<a: 2 elements> has no element 7; they are counted from 0"):
        bpviz.given(a=[1, 2])[0][7]


def test_ranges_follow_from_the_values_or_are_given():
    x, w = bpviz.given(x=100, w=0, ranges={"w": (0, 200)})
    assert (x.value, x.low, x.high) == (100.0, -200.0, 200.0)
    assert (w.low, w.high) == (0.0, 200.0)
    of_text = bpviz.graph("x * sum(a)", x=1, a=[1, 2], ranges={"x": (0, 3), "a": (-4, 4)}).program
    assert [(of_text[n].low, of_text[n].high) for n in ("x", "a_1", "a_2")] == [(0, 3), (-4, 4), (-4, 4)]
    narrower = bpviz.graph(x * w, ranges={"x": (0, 100)}).program
    assert (narrower["x"].high, narrower["w"].high) == (100.0, 200.0)


def test_layers_stand_behind_what_they_read_and_no_two_nodes_in_one_place():
    ex = micrograd()
    reads = dict.fromkeys("ab", ()) | {
        s.name: tuple(dict.fromkeys(references(s.expr))) for s in ex.program.steps if s.phase is Phase.FORWARD
    }
    place = layered(reads).nodes
    assert all(place[s][0] < place[n][0] for n, sources in reads.items() for s in sources)
    across = sorted(place.values())
    assert all(a[0] < b[0] or b[1] - a[1] > 0.999 for a, b in pairwise(across))


ONE_BY_ONE = ("abs", "cos", "exp", "leaky_relu", "log", "relu", "sigmoid", "sin", "softplus", "sqrt", "tanh")


def test_no_words_of_graphs_are_left_over():
    every = [micrograd()]
    every.append(bpviz.graph("max(x, w) - min(x, w) * 2 + w*w + exp(w) + 0*z + x**2", x=1, w=2, z=3, learn="w"))
    every.append(bpviz.graph("0*x + z*z", x=3, z=2))
    every.append(bpviz.graph("mean(x) * (s + x) * s + min(x)", x=[1, 2, 3], s=2))
    every.append(bpviz.graph("sum(x) * s + 1/x**3 - (-x)**0.5 * (2 - x)", x=[-1, -2, -3], s=2))
    every.append(bpviz.graph("sum(x*x)", x=[1, 2]))
    every.append(bpviz.graph(-Apply("reciprocal", (Ref("x"),)), x=2))
    every.append(bpviz.graph("b = exp(a) / sum(exp(a)); c = exp(b) / sum(exp(b)); sum(c*a)", a=[[1, 2], [3, 4]]))
    every += [bpviz.graph(f"z = 2*x; -{name}(z)", x=0.5) for name in ONE_BY_ONE]
    told = {text.key for ex in every for beat in ex.beats for text in (beat.title, beat.caption)}
    written = {key for key in words() if re.match(r"graphs\.(titles|captions)\.", key)}
    assert told == written, told ^ written


SIZES = {
    "few": lambda: bpviz.graph("(x + y)**2", name="z", x=3, y=1),
    "some": lambda: bpviz.graph("e = exp(a); r = 1/sum(e); -dot(t, log(e*r))", name="L", a=[1, 2, 0.5], t=[1, 0, 0]),
    "nodes used often": micrograd,
    "many": lambda: bpviz.graph("softmax(a*b + c) * a", a=[1, 2, 3, 4, 5, 6, 7, 8], b=[0.1] * 8, c=[1] * 8),
    "batch": lambda: bpviz.graph(
        "y = softmax(a); -mean(sum(t*log(y)))", name="L", a=[[1, 2, 0.5], [0, 1, 1]], t=[[1, 0, 0], [0, 1, 0]]
    ),
    "rows": lambda: bpviz.graph("sum(sum(a*b))", a=[[1, 2, 3, 4, 5, 6]] * 4, b=[0.1] * 6),
}


def shown(chips):
    return {(piece.show, piece.what) for chip in chips for line in chip.lines for piece in line}


def test_labels_give_way_as_a_graph_grows():
    few, some, many = (SIZES[size]() for size in ("few", "some", "many"))
    assert {("value", "v1"), ("short", "v1"), ("value", "x")} <= shown(few.scene.labels)
    assert {("value", "r"), ("value", "a_1")} <= shown(some.scene.labels)
    assert not {kind for kind, _ in shown(some.scene.labels)} & {"short", "symbol"}
    assert {("value", "y_1"), ("value", "a_1")} <= shown(many.scene.labels)
    assert [ex.scene.compact for ex in (few, some, many)] == [False, False, True]
    for ex in (some, many):
        beat = next(beat for beat in ex.beats if beat.formulas)
        assert {("short", beat.formulas[0].step), ("value", beat.formulas[0].step)} <= shown(beat.chips)
    assert chips_in(few.beats, len(few.beats) - 1)
    last = {("value", "dy_da_1"), ("value", "dy_dc_8")}
    assert last <= shown(chips_in(many.beats, len(many.beats) - 1))


@pytest.mark.parametrize("size", SIZES)
def test_circles_stand_apart_inside_every_arrangement(size):
    ex = SIZES[size]()
    for scene in (ex.scene, ex.large_scene, ex.tall_scene):
        for a, b in combinations(scene.nodes, 2):
            (aside, down), (wide, high) = (np.abs(np.subtract(a.center, b.center)), np.add(a.size, b.size) / 2)
            assert math.hypot(max(aside - (wide - high), 0), down) >= high, (a.id, b.id)
        points = [*scene.anchors.values(), *(n.center for n in scene.nodes)]
        assert all(0 < x < scene.width and 0 < y < scene.height for x, y in points)


@pytest.mark.parametrize(("last", "uses"), [("x3", 2), ("u*x3", 3)])
def test_a_given_that_is_used_often_has_room_behind_it_for_its_parts(last, uses):
    text = f"h1 = tanh(u*x1); h2 = tanh(w*h1 + u*x2); h3 = tanh(w*h2 + {last}); (h3 - t)**2 / 2"
    ex = bpviz.graph(text, w=0.5, u=2, x1=0.5, x2=0.25, x3=-0.5, t=1)
    first, second, third = sorted({node.center[0] for node in ex.scene.nodes})[:3]
    assert ((second - first) > 1.3 * (third - second)) == (uses > 2)


def test_rows_of_a_batch_stand_in_lanes_and_each_list_in_a_column():
    ex = SIZES["batch"]()
    for scene, along in ((ex.scene, 0), (ex.large_scene, 0), (ex.tall_scene, 1)):
        place = {node.id: node.center for node in scene.nodes}
        lists = [names for name in ex.program.lists if (names := [n for n in place if n.startswith(f"{name}_")])]
        columns = [{place[name][along] for name in names} for names in lists]
        assert len(lists) == 10
        assert all(len(column) == 1 for column in columns), "a list is in one column"
        assert len(set.union(*columns)) == len(lists), "and no other with it"
        for element in ("1_1", "1_3", "2_2"):  # scores, differences, exponentials, probabilities, logarithms, products
            lane = {place[f"{name}_{element}"][1 - along] for name in ("a", "v2", "v3", "y", "v5", "v6")}
            assert max(lane) - min(lane) < 1e-9
        assert not any(edge.via for edge in scene.edges), "every edge is straight"


def test_the_number_of_an_edge_that_bends_stands_in_the_middle_of_a_straight_piece():
    a = bpviz.given(a=[1, 3, 2])[0]
    e = bpviz.named("e", bpviz.exp(a))
    scene = bpviz.graph(e[0] / bpviz.sum(e), name="y1").scene
    bent = [edge for edge in scene.edges if edge.via]
    assert bent
    for edge in bent:
        middles = [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in pairwise(edge.points)]
        assert min(math.dist(scene.anchors[edge.id], middle) for middle in middles) == pytest.approx(0.0, abs=1e-9)


def test_edges_that_bend_stay_in_a_picture_no_larger_than_needed():
    ex = at_random(60, 1)
    for scene in (ex.scene, ex.large_scene, ex.tall_scene):
        bends = [point for edge in scene.edges for point in edge.via]
        assert len(bends) > 20
        assert all(0 < x < scene.width and 0 < y < scene.height for x, y in bends)
        highest, leftmost = (min(p[k] for p in [*bends, *(n.center for n in scene.nodes)]) for k in (1, 0))
        assert max(highest, leftmost) < 60


def test_lists_of_one_length_that_fit_no_roomy_style_stand_in_lanes():
    (a, b, x, t) = bpviz.given(a=1, b=2, x=[1, 2, 3, 4, 5], t=[2, 3, 4, 5, 6])
    ex = bpviz.graph(bpviz.mean((a * x + b - t) ** 2) / 2, name="E", learn=("a", "b"))
    place = {node.id: node.center for node in ex.scene.nodes}
    rows = [place[f"x_{k}"][1] for k in range(1, 6)]
    assert rows == sorted(rows)
    for unit in ("v1", "v2", "v3", "v4"):
        assert [place[f"{unit}_{k}"][1] for k in range(1, 6)] == pytest.approx(rows), unit
    assert len({round(x) for x, _ in place.values()}) == 10, "each list has a column of its own"


def test_while_a_gradient_comes_back_over_one_operation_the_way_to_another_is_not_lit():
    a = bpviz.given(a=[3, 2, 1])[0]
    e = bpviz.named("e", bpviz.exp(a))
    ex = bpviz.graph(e / bpviz.named("S", bpviz.sum(e)), name="y")
    to_sum, to_result = (
        {edge.id for edge in ex.scene.edges if edge.source == "e_1" and edge.target == t} for t in ("S", "y_1")
    )
    (over,) = (b for b in ex.beats if to_result & {*b.backward} and not to_sum & {*b.backward})
    assert to_sum
    assert to_sum.isdisjoint(over.lit)
    assert {"S", *to_result} <= {*over.lit}, "what the local derivative reads is"


def test_what_a_derivative_reads_has_its_name_where_values_have_none():
    text = "h = u*x; p = h*w; (p + u*y)**2/(1 + exp(h)) + tanh(w*y) + x*y"
    ex = bpviz.graph(text, name="E", u=1, x=2, w=3, y=4)
    named = {b.id: {chip.anchor for chip in b.chips if chip.is_named} for b in ex.beats}
    assert named["dE_p_dw"] == {"value@p", "value@h"}, "the other factor of a product"
    assert named["dE_dv3"] == {"value@v3", "value@v6", "value@v5"}, "what a quotient is divided by"
