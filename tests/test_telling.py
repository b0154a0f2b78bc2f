"""The story told over a layered network: every step once, in order, with its formula, and nothing too early."""

import itertools
import re

import pytest
from variants import CASE2, EVERY_EXAMPLE, OTHER_SHAPES, layered

import bpviz
from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Phase
from bpviz.ground.words import words
from bpviz.networks.wiring import ACTIVATIONS
from bpviz.telling.story import chips_in
from bpviz.views.text.description import describe
from bpviz.writing.prose import plain
from bpviz.writing.shown import formula_rows

every_example = pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)


@every_example
def test_every_step_is_revealed_once_and_in_order(ex):
    revealed = [name for beat in ex.beats for name in beat.reveals]
    assert sorted(revealed) == sorted(s.name for s in ex.program.steps)
    known = {g.name for g in ex.program.givens}
    for beat in ex.beats:
        for name in beat.reveals:
            assert set(references(ex.program[name].expr)) <= known, f"{name} is shown before what it needs"
            known.add(name)


def numbers_shown(ex, index):
    """Every quantity whose number a beat shows in its formulas, chips and sentences."""
    beat = ex.beats[index]
    for shown in beat.formulas:
        for row in formula_rows(ex.program, shown):
            yield from references(row.expr) if row.numbers else ()
            yield from [row.result] if row.result else ()
    for chip in chips_in(ex.beats, index):
        yield from (piece.what for line in chip.lines for piece in line if piece.show == "value")
    for text in (beat.title, beat.caption):
        yield from (text.params[key] for key in re.findall(r"{(\w+)=}", words()[text.key]))


@every_example
def test_no_number_is_shown_before_it_is_computed(ex):
    known = {g.name for g in ex.program.givens}
    for index, beat in enumerate(ex.beats):
        known.update(beat.reveals)
        missing = set(numbers_shown(ex, index)) - known
        assert not missing, f"{beat.id} shows {missing}"


@every_example
def test_a_beat_shows_the_formula_of_what_it_reveals(ex):
    told = set()
    for beat in ex.beats:
        told.update(beat.reveals)
        for shown in beat.formulas:
            rows = list(formula_rows(ex.program, shown))
            assert rows[0].left == shown.step
            if shown.numbers == "none":
                assert not any(row.numbers or row.result for row in rows)
                continue
            assert shown.step in told
            assert rows[-1].result == shown.step
            assert all(name in ex.program for row in rows for name in references(row.expr))
        assert bool(beat.formulas) or not beat.reveals


@every_example
def test_what_is_in_focus_lit_or_moving_exists(ex):
    nodes, edges = {n.id for n in ex.scene.nodes}, {e.id for e in ex.scene.edges}
    for beat in ex.beats:
        assert set(beat.focus) <= nodes, beat.id
        assert set(beat.lit) <= nodes | edges | set(ex.scene.anchors), beat.id
        assert set(beat.forward) | set(beat.backward) <= edges, beat.id
        assert set(beat.forward) | set(beat.backward) <= set(beat.lit), f"{beat.id} moves what it does not light"
        if beat.lit:
            assert set(beat.focus) <= set(beat.lit), f"{beat.id} puts in focus what it does not light"


@every_example
def test_every_beat_has_a_name_of_its_own(ex):
    ids = [beat.id for beat in ex.beats]
    assert len(ids) == len(set(ids))
    assert (ids[0], ids[-1]) == ("network", "done")


@pytest.mark.parametrize("ex", CASE2, ids=str)
def test_case2_takes_35_to_48_beats_in_the_order_of_the_phases(ex):
    assert 35 <= len(ex.beats) <= 48
    phases = [phase for phase, _ in itertools.groupby(beat.phase for beat in ex.beats)]
    one_way = [Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE]
    assert phases == one_way if "simultaneous" in str(ex) else phases == [*one_way, Phase.BACKWARD, Phase.UPDATE]


def test_both_paths_are_told_one_after_the_other_and_then_summed():
    ids = [beat.id for beat in bpviz.case2().beats]
    at = ids.index("paths_w1")
    assert ids[at : at + 4] == ["paths_w1", "dE_o1_dout_h1", "dE_o2_dout_h1", "dE_dout_h1"]
    beats = {beat.id: beat for beat in bpviz.case2().beats}
    assert beats["dE_o1_dout_h1"].backward == ("h1→o1",)
    assert beats["dE_o2_dout_h1"].backward == ("h1→o2",)
    assert set(beats["dE_dout_h1"].backward) == {"h1→o1", "h1→o2"}
    assert beats["paths_w1"].caption.params["count"] == "2"


def test_paths_are_counted_through_deeper_networks():
    counts = {b.id: b.caption.params.get("count") for b in layered((2, 2, 2, 2)).beats if b.id.startswith("path")}
    assert list(counts.values()) == ["1", "2", "4"]


def test_the_three_factors_are_told_before_their_product():
    beats = {beat.id: k for k, beat in enumerate(bpviz.case2().beats)}
    order = ["path_w5", "dE_dout_o1", "dout_dnet_o1", "delta_o1", "dnet_o1_dw5", "dE_dw5"]
    assert [beats[name] for name in order] == list(range(beats["path_w5"], beats["path_w5"] + 6))


def test_deltas_stay_while_the_error_goes_back_and_changed_weights_to_the_end():
    for update in ("simultaneous", "sequential"):
        told = bpviz.case2(update).beats
        beats = {beat.id: {chip.anchor for chip in chips_in(told, k)} for k, beat in enumerate(told)}
        deltas = {"o1.left", "o2.left", "h1.left", "h2.left"}
        assert beats["dE_dw4"] & deltas == deltas
        into_hidden, into_outputs = ({f"{a}{k}→{b}{n}" for k in (1, 2) for n in (1, 2)} for a, b in ("ih", "ho"))
        assert beats["done"] == beats["w4_next"] == into_hidden | into_outputs
        assert beats["w6_next"] == {"h1→o1", "h2→o1"}
        assert (into_outputs <= beats["delta_h1"]) is (update == "sequential")


@pytest.mark.parametrize("ex", OTHER_SHAPES, ids=str)
def test_other_shapes_run_and_learn(ex):
    assert ex.check_gradients().agrees is ("sequential" not in str(ex))
    history = ex.train(200, eta=0.3)
    assert history.losses[-1] < history.losses[0]


def test_every_activation_has_its_own_words():
    for ex in CASE2:
        keys = {beat.caption.key for beat in ex.beats}
        activation = str(ex).split("-")[2]
        assert activation in ACTIVATIONS
        assert f"captions.out_first_{activation}" in keys
        assert (f"captions.local_first_{activation}" in keys) is (activation != "identity")


def test_a_factor_is_told_as_a_number_and_a_falling_error_as_falling():
    ex = bpviz.neuron()
    told = {beat.id: plain(beat.caption, words(), ex.notation, ex.run()) for beat in ex.beats}
    assert told["dE_dout_n"].endswith(
        "E changes −0.3543 times as much: this is a derivative. Where it is above 0, E grows, too; below 0 it falls."
    )
    assert told["dnet_n_dw1"].endswith("net changes 1.00 times as much.")


@pytest.mark.parametrize(
    "make",
    [
        lambda: bpviz.neuron(activation="relu"),
        lambda: bpviz.case2(activation="relu"),
        lambda: bpviz.case1(activation="relu"),
        lambda: bpviz.case1("exact", activation="relu"),
        lambda: bpviz.case1("exact", activation={4: "relu"}),
        lambda: bpviz.case1(activation={2: "relu"}),
    ],
)
def test_the_bracket_of_a_slope_is_explained_where_it_first_stands_and_once(make):
    ex = make()
    sentence = words()["captions.bracket"]
    explained = [plain(beat.caption, words(), ex.notation, ex.run()).endswith(sentence) for beat in ex.beats]
    shown = [
        re.search(r"\[.* > 0\]", describe(ex, k, "en", ex.run()).split(sentence)[-1]) for k in range(len(ex.beats))
    ]
    assert explained.count(True) == 1
    assert explained.index(True) == next(k for k, bracket in enumerate(shown) if bracket)


def test_without_relu_no_bracket_is_explained():
    for ex in (bpviz.neuron(), bpviz.case1(), bpviz.case2("sequential")):
        assert not any(beat.caption.then for beat in ex.beats)


@every_example
def test_no_title_begins_with_a_number(ex):
    for beat in ex.beats:
        assert not plain(beat.title, words(), ex.notation, ex.run())[0].isdigit()
