"""Graphs of many operations: at every beat no label covers a circle or another one, and the beat's own stand there."""

import pytest
from graph_labels import (
    EVERY_BEAT,
    GRAPHS,
    batch_of_softmax,
    beside_the_sum,
    chain_of_four,
    parts_beside_the_sum,
    read_in,
)
from player_driver import open_page

import bpviz

pytestmark = pytest.mark.layout


@pytest.mark.parametrize("name", GRAPHS)
def test_nothing_overlaps_at_any_beat(page, tmp_path, name):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=1186, height=530, motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    for beat, missing in zip(ex.beats, seen["missing"], strict=True):
        told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
        assert (told - beside_the_sum(ex, beat)).isdisjoint(missing), beat.id
    operations = len(ex.scene.nodes)
    assert min(seen["counts"]) >= operations / 2, "most values stand there at once"


@pytest.mark.parametrize("size", [(860, 530), (390, 844)])
@pytest.mark.parametrize("name", ["micrograd", "softmax of 4"])
def test_nothing_overlaps_in_other_windows(page, tmp_path, name, size):
    player = open_page(page, tmp_path, GRAPHS[name](), width=size[0], height=size[1], motion="reduce")
    assert player.root.evaluate(EVERY_BEAT)["found"] == []


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
def test_parts_of_an_element_stand_there_all_or_not_at_all(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    whole = 0
    for beat, gone in zip(ex.beats, missing, strict=True):
        parts = parts_beside_the_sum(ex, beat)
        for to in {ex.program[name].role.by for name in parts}:
            told = {name for name in parts if ex.program[name].role.by == to}
            assert told.isdisjoint(gone) or told <= {*gone}, (beat.id, to)
            whole += told.isdisjoint(gone)
    assert whole or size[0] < 900


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600), (390, 844)])
def test_most_numbers_of_a_batch_stand_there_at_every_beat(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    for beat, missing, count in zip(ex.beats, seen["missing"], seen["counts"], strict=True):
        told = {piece.what for chip in beat.chips for line in chip.lines for piece in line}
        told -= (free := beside_the_sum(ex, beat))
        gone = [name for name in missing if name not in free]
        assert not told.intersection(gone), beat.id
        assert len(gone) <= (len(gone) + count) / 4, beat.id


@pytest.mark.parametrize("name", ["micrograd", "softmax of 4", "fraction"])
def test_at_the_end_every_givens_gradient_is_there(page, tmp_path, name):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=860, height=530, motion="reduce")
    steps = {step.name for step in ex.program.steps}
    asked = steps.intersection(f"d{ex.program.loss}_d{given.name}" for given in ex.program.givens)
    assert asked
    assert asked.isdisjoint(player.root.evaluate(EVERY_BEAT)["missing"][-1])


@pytest.mark.parametrize("size", [(1186, 530), (390, 844)])
def test_before_the_first_step_every_given_s_value_is_there(page, tmp_path, size):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    givens = {given.name for given in ex.program.givens}
    assert givens.isdisjoint(player.root.evaluate(EVERY_BEAT)["missing"][0])


def test_at_the_end_the_result_is_there_in_a_hall_too(page, tmp_path):
    ex = GRAPHS["fraction"]()
    player = open_page(page, tmp_path, ex, width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    assert ex.program.loss not in player.root.evaluate(EVERY_BEAT)["missing"][-1]


def test_at_the_end_of_a_list_of_three_every_number_is_there_in_a_hall_too(page, tmp_path):
    ex = bpviz.graph("e = exp(a); S = sum(e); e[0] / S", name="y1", a=[1, 3, 2])
    player = open_page(page, tmp_path, ex.player(panels=[]), width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    assert player.root.evaluate(EVERY_BEAT)["missing"][-1] == []


@pytest.mark.parametrize("text", ["x*y + t", "(x + y) * t"])
def test_in_a_hall_the_value_of_the_node_in_focus_stands_there_too(page, tmp_path, text):
    ex = bpviz.graph(text, name="f", x=100, y=2, t=300)
    player = open_page(page, tmp_path, ex, width=1280, height=720, motion="reduce")
    player.root.get_by_role("button", name="Present").click()
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    assert [gone for beat, gone in zip(ex.beats, missing, strict=True) if {*beat.focus} & {*gone}] == []


def test_on_a_phone_most_new_values_of_a_list_stand_there(page, tmp_path):
    ex = batch_of_softmax()
    player = open_page(page, tmp_path, ex, width=390, height=844, motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    rings = [
        ({*beat.focus}, {*gone})
        for beat, gone in zip(ex.beats, missing, strict=True)
        if len(beat.focus) > 1 and beat.forward
    ]
    new, gone = (sum(map(len, found)) for found in ([ring for ring, _ in rings], [ring & out for ring, out in rings]))
    assert new > 30
    assert gone <= new / 10


def test_at_the_end_of_a_small_graph_every_gradient_is_there(page, tmp_path):
    ex = chain_of_four()
    player = open_page(page, tmp_path, ex.player(panels=[]), width=860, height=530, motion="reduce")
    seen = player.root.evaluate(EVERY_BEAT)
    assert seen["found"] == []
    assert seen["missing"][-1] == []


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
@pytest.mark.parametrize("name", ["micrograd", "softmax of 4", "fraction"])
def test_what_a_beat_calculates_with_never_gives_way(page, tmp_path, name, size):
    ex = GRAPHS[name]()
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    missing = player.root.evaluate(EVERY_BEAT)["missing"]
    read = [read_in(ex, beat) for beat in ex.beats]
    assert [names.intersection(gone) for names, gone in zip(read, missing, strict=True)] == [set()] * len(ex.beats)
