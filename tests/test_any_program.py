"""Any program tells its story: every shape of network, shared weights, other families, memory; at a linear cost."""

import dataclasses
import sys

import pytest
from graph import product_plus, used_twice
from variants import SHARED, layered

import bpviz
from bpviz.algebra.expr import Ref
from bpviz.algebra.traversal import references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Role, Step
from bpviz.calculation.trace import Trace
from bpviz.telling.scene import Edge, Where
from bpviz.telling.story import Text, chips_in
from bpviz.telling.tell import Telling, tell
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.views.score.variants import plain

SHAPES = {
    "an input feeds five": lambda: layered((2, 5, 1)),
    "an input feeds six": lambda: layered((2, 6, 1), biases=False),
    "eight layers of one": lambda: layered((1,) * 8),
    "thirty layers of two": lambda: layered((2,) * 30, biases=False),
    "a skip": lambda: layered((2, 2, 2, 1), skips=(("h1", "o1"), ("x1", "g1"))),
    "shared weights": lambda: layered((2, 2, 2, 1), shared=SHARED),
    "shared weights, one after the other": lambda: layered((2, 2, 1), "sequential", shared=SHARED),
    "softmax, adam": lambda: bpviz.network([2, 2, 3], ["relu", "softmax"], "cross_entropy", optimizer="adam"),
    "softmax by layer": lambda: bpviz.network([2, 2, 3], ["relu", "softmax"], "squared_error", detail="layer"),
    "a product with the factor 1": product_plus,
    "a value used twice": used_twice,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_step_is_told_once_after_what_it_reads(shape):
    ex = SHAPES[shape]()
    known = {g.name for g in ex.program.givens}
    told = [name for beat in ex.beats for name in beat.reveals]
    assert sorted(told) == sorted(step.name for step in ex.program.steps)
    for name in told:
        assert set(references(ex.program[name].expr)) <= known
        known.add(name)
    assert check_score(score(ex)) is None


@pytest.mark.parametrize("shape", SHAPES)
def test_every_derivative_has_its_check(shape):
    ex = SHAPES[shape]()
    quantities = plain(score(ex))["quantities"]
    derivatives = {step.name for step in ex.program.steps if step.phase is Phase.BACKWARD}
    assert {name for name, told in quantities.items() if "check" in told} == derivatives
    for name, told in quantities.items():
        assert len(told.get("check", ())) == (0 if name not in derivatives else 3 if ex.program[name].role.over else 2)


def test_paths_are_counted_through_thirty_layers_and_over_skips():
    deep = SHAPES["thirty layers of two"]().program
    assert deep.ways["w1"] == 2**28
    skipping = SHAPES["a skip"]().program
    assert (skipping.ways["net_h1"], skipping.ways["net_h2"]) == (3, 2)
    one = next(b for b in SHAPES["eight layers of one"]().beats if b.id == "paths_w1")
    assert (one.title.key, one.caption.key) == ("titles.path", "captions.path_deep")


def test_a_shared_weight_is_drawn_on_each_edge_and_its_gradient_is_the_sum_of_its_uses():
    ex = SHAPES["shared weights"]()
    where = ex.scene.where("k1")
    assert where == Where((), ("x1→h1", "x2→h2"), ("x1→h1", "x2→h2"))
    assert {chip.anchor for chip in ex.scene.labels} >= set(where.anchors)
    assert list(references(ex.program["dE_dk1"].expr)) == ["dE_h1_dk1", "dE_h2_dk1"]
    beats = {beat.id: beat for beat in ex.beats}
    assert beats["dE_h1_dk1"].lit == ("x1", "h1", "x1→h1")
    assert beats["dE_h1_dk1"].backward == ("x1→h1",)
    assert set(beats["dE_dk1"].backward) == set(where.edges)
    assert {chip.anchor for chip in chips_in(ex.beats, len(ex.beats) - 1)} >= set(where.edges)
    assert ex.check_gradients().agrees
    assert [g.name for g in ex.program.givens if g.name == "k1"] == ["k1"]


def test_an_edge_that_belongs_to_nothing_is_refused_by_name():
    scene = bpviz.neuron().scene
    with pytest.raises(ValueError, match="the edge 'n→q' belongs to 'q', which is no node; nodes are x1, x2, n, E_n"):
        dataclasses.replace(scene, edges=(*scene.edges, Edge("n→q", "n", "q", (0, 0), (1, 1))))
    with pytest.raises(ValueError, match="the id 'x1→n' is given twice"):
        dataclasses.replace(scene, edges=(*scene.edges, scene.edges[0]))


def test_a_product_whose_factor_is_1_has_its_step():
    program = product_plus().program
    assert program.at(Kind.GRADIENT, of="y", by="p").name == "dy_dp"
    assert Trace(program, program.values_of_givens({}))["dy_dp"] == 1.0


def test_each_part_of_a_value_used_twice_has_its_step_and_their_sum_its_own():
    ex = used_twice()
    parts = [step.name for step in ex.program.steps if step.role == Role(Kind.TERM, "y", "p", step.role.over)]
    assert parts == ["dy_s_dp", "dy_y_dp"]
    assert list(references(ex.program["dy_dp"].expr)) == parts
    beats = {beat.id: beat for beat in ex.beats}
    assert [beats[part].backward for part in parts] == [("p→s",), ("p→y",)]
    assert set(beats["dy_dp"].backward) == {"p→s", "p→y"}


def test_roles_find_a_step_and_refuse_what_is_none_or_several():
    program = bpviz.case2().program
    assert program.at(Kind.TERM, by="out_h1", over="net_o2").name == "dE_o2_dout_h1"
    assert program.at(Kind.UPDATED, of="w5").name == "w5_next"
    assert program.find(Kind.TERM, by="out_o1") is None
    with pytest.raises(KeyError, match=r"2 steps are a gradient over one path \(by='out_h1'\)"):
        program.at(Kind.TERM, by="out_h1")
    with pytest.raises(KeyError, match="no steps are a delta"):
        program.at(Kind.DELTA, by="w5")


def with_momentum() -> Program:
    """One weight with momentum: its velocity is fed back, too."""
    givens = [("w", Kind.WEIGHT, 0.5), ("v", Kind.MEMORY, 0.0), ("eta", Kind.LEARNING_RATE, 0.1)]
    steps = [
        ("y", Kind.VALUE, Ref("w") * Ref("w"), Phase.LOSS, Role(Kind.VALUE, "y")),
        ("dy_dw", Kind.GRADIENT, 2.0 * Ref("w"), Phase.BACKWARD, Role(Kind.GRADIENT, "y", "w")),
        ("v_next", Kind.MEMORY, 0.9 * Ref("v") - Ref("eta") * Ref("dy_dw"), Phase.UPDATE, Role(Kind.MEMORY, "v")),
        ("w_next", Kind.UPDATED, Ref("w") + Ref("v_next"), Phase.UPDATE, Role(Kind.UPDATED, "w")),
        ("hint", Kind.VALUE, 2.0 * Ref("y"), Phase.LOSS, Role(Kind.VALUE, "hint")),
    ]
    return Program(
        tuple(Given(Quantity(n, kind), value) for n, kind, value in givens),
        tuple(Step(Quantity(n, kind), expr, phase, role) for n, kind, expr, phase, role in steps),
        "y",
        {"w": "w_next", "v": "v_next"},
        {"w": "dy_dw"},
        frozenset({"hint"}),
    )


class Bare(Telling):
    def words(self, group, first):
        return Text(said=group.last.name), Text(said="first" if first else "again")


def test_memory_is_fed_back_but_not_trained_and_asides_are_never_told():
    program = with_momentum()
    assert program.trained == ("w",)
    scene = dataclasses.replace(product_plus().scene, nodes=(), edges=(), anchors={}, labels=())
    beats = tell(program, scene, Bare())
    assert [beat.about for beat in beats[1:-1]] == ["", "w", "", "w"]
    assert "hint" not in {name for beat in beats for name in beat.reveals}
    ex = dataclasses.replace(bpviz.neuron(), program=program, scene=scene, large_scene=scene, beats=beats, groups=())
    ex = dataclasses.replace(ex, notation=dict.fromkeys(program.names, bpviz.neuron().notation["w1"]))
    made = plain(score(ex))
    assert (made["program"]["trained"], made["program"]["gradients"]) == (["w"], {"w": "dy_dw"})
    assert "hint" not in made["quantities"]
    player = ex.player()
    player.randomise(3)
    assert (player.v, player.w != 0.5) == (0.0, True)
    with pytest.raises(Exception, match="'slice_of' must be '' or one of w, not 'v'"):
        player.slice_of = "v"


def test_a_step_that_no_beat_tells_or_that_comes_too_early_is_refused_by_name():
    program, scene = with_momentum(), bpviz.neuron().scene

    class Waits(Bare):
        def beat_of(self, step):
            return None if step.name == "w_next" else step.name

    class Mixes(Bare):
        def beat_of(self, step):
            return step.role.of == "w" or step.name == "y"

    with pytest.raises(ValueError, match="no beat tells 'w_next'"):
        tell(program, scene, Waits())
    with pytest.raises(ValueError, match="the beat of 'v_next' tells 'dy_dw' before 'y', which it reads"):
        tell(dataclasses.replace(program, steps=_reading_y(program)), scene, Mixes())


def _reading_y(program: Program) -> tuple[Step, ...]:
    """The steps, where the gradient reads y, which is told with the last step."""
    return tuple(dataclasses.replace(s, expr=Ref("y") * 2.0) if s.name == "dy_dw" else s for s in program.steps)


def test_a_beat_is_about_the_weight_in_its_title():
    beats = {beat.id: beat for beat in bpviz.case2().beats}
    for beat in beats.values():
        if beat.title.key in ("titles.path", "titles.paths", "titles.gradient", "titles.update", "titles.dnet"):
            assert beat.about == beat.title.params["w"], beat.id
    assert (beats["paths_w1"].about, beats["delta_h1"].about) == ("w1", "")


def test_several_steps_in_one_beat_for_a_key_of_phase_and_layer():
    ex = layered((2, 3, 2), biases=False)
    layer = {n: k for k, names in enumerate((("x1", "x2"), ("h1", "h2", "h3"), ("o1", "o2"))) for n in names}

    class ByLayer(Bare):
        def beat_of(self, step):
            place = step.quantity.place
            return step.phase, layer.get(place if isinstance(place, str) else place[1], 3)

    beats = tell(ex.program, ex.scene, ByLayer())[1:-1]
    assert len(beats) == 8
    assert set(beats[0].focus) == {"h1", "h2", "h3"}


def calls(make) -> int:
    """How many Python functions run while something is made: the same on every machine."""
    count = 0

    def profile(frame, event, _):
        nonlocal count
        count += event == "call" and "bpviz" in frame.f_code.co_filename

    sys.setprofile(profile)
    try:
        make()
    finally:
        sys.setprofile(None)
    return count


def size(ex) -> int:
    """References of a story: what its beats reveal, light, move and show."""
    return sum(len((*b.reveals, *b.focus, *b.lit, *b.forward, *b.backward, *b.chips)) for b in ex.beats)


def test_program_story_and_score_cost_as_much_per_step_in_a_network_of_56_neurons():
    small, large = (layered(sizes, biases=False) for sizes in ((2, 4, 4, 2), (8, 20, 20, 8)))
    for measure in (size, lambda ex: len(ex.beats), lambda ex: calls(lambda: score(ex))):
        per_step = [measure(ex) / len(ex.program.steps) for ex in (small, large)]
        assert per_step[1] < 1.5 * per_step[0]
    costs = [calls(lambda s=s: layered(s, biases=False)) / n for s, n in (((2, 4, 4, 2), 32), ((8, 20, 20, 8), 720))]
    assert costs[1] < 2 * costs[0]
