"""Graphs higher than their room: at every beat the picture is scrolled to what the beat is about."""

import pytest
from graph_driver import SOFTMAX_STEPS, boxes, show
from player_driver import open_page

import bpviz


def test_a_graph_that_scrolls_begins_and_ends_at_its_top_and_cuts_no_label_there(page, tmp_path):
    text = "1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"
    ex = bpviz.graph(text, name="f", w0=2, x0=-1, w1=-3, x1=-2, w2=-3)
    player = open_page(page, tmp_path, ex, width=390, height=844, motion="reduce")
    room = player.root.locator(".bpviz-picture")
    for beat in (2, 0, 16, len(ex.beats) - 1):
        show(player, 9)
        assert room.evaluate("room => room.scrollTop") > 0
        show(player, beat)
        assert room.evaluate("room => room.scrollTop") == 0, beat


def test_a_graph_that_scrolls_shows_the_chips_of_the_beat_whole(page, tmp_path):
    a = bpviz.given(a=[3, 2, 1])[0]
    e = bpviz.named("e", bpviz.exp(a - bpviz.max(a)))
    ex = bpviz.graph(e / bpviz.named("S", bpviz.sum(e)), name="y")
    player = open_page(page, tmp_path, ex, width=390, height=844, motion="reduce")
    top = player.root.locator(".bpviz-picture").evaluate("room => room.getBoundingClientRect().top")
    for beat in range(len(ex.beats) - 1, 0, -1):
        show(player, beat)
        told = boxes(player, ".bpviz-chip.bpviz-told .bpviz-chip-frame")
        assert all(top - 1 <= high for _, high, _, _ in told), beat


@pytest.mark.parametrize(("size", "classes"), [((860, 530), 6), ((390, 844), 2)])
def test_a_graph_that_scrolls_shows_every_element_in_focus_and_its_value(page, tmp_path, size, classes):
    ex = bpviz.graph(SOFTMAX_STEPS, name="L", a=[1, 2, 0.5, 1, 1, 1][:classes], t=[1, 0, 0, 0, 0, 0][:classes])
    player = open_page(page, tmp_path, ex.player(panels=[]), width=size[0], height=size[1], motion="reduce")
    room = player.root.locator(".bpviz-picture")
    scrolled = 0
    for beat in range(len(ex.beats) - 2, 0, -1):
        show(player, beat)
        scrolled += room.evaluate("room => room.scrollHeight > room.clientHeight + 1")
        top, bottom = room.evaluate("room => [room.getBoundingClientRect().top, room.getBoundingClientRect().bottom]")
        values = ", ".join(f".bpviz-chip [data-bp={name}]" for name in ex.beats[beat].focus)
        shown = boxes(player, f":is(.bpviz-focus, {values})")
        assert all(top - 1 <= high and low <= bottom + 1 for _, high, _, low in shown), ex.beats[beat].id
    assert scrolled


CHAIN = "a1 = sigmoid(w*x); a2 = sigmoid(w*a1); a3 = sigmoid(w*a2); sigmoid(w*a3)"


def test_what_comes_back_over_an_edge_longer_than_the_room_is_in_sight(page, tmp_path):
    ex = bpviz.graph(CHAIN, name="y", w=1, x=0.5)
    player = open_page(page, tmp_path, ex.player(panels=[]), width=390, height=844, motion="reduce")
    room = player.root.locator(".bpviz-picture")
    parts = [step.name for step in ex.program.steps if step.role.by == "w" and step.role.over]
    assert len(parts) == 4
    for beat in (k for k, beat in enumerate(ex.beats) if beat.id in (*parts, "dy_dw")):
        show(player, beat)
        top, bottom = room.evaluate("room => [room.getBoundingClientRect().top, room.getBoundingClientRect().bottom]")
        told = boxes(player, f".bpviz-told:has(:is({', '.join(f'[data-bp={name}]' for name in parts)}))")
        assert all(top <= high and low <= bottom for _, high, _, low in told), ex.beats[beat].id
        assert len(told) == (4 if ex.beats[beat].id == "dy_dw" else 1)


FADED = 12  # CSS pixels at the room's ends


@pytest.mark.parametrize("height", range(760, 845, 12))
def test_what_a_beat_needs_is_whole_where_the_room_is_just_high_enough(page, tmp_path, height):
    ex = bpviz.graph(CHAIN, name="y", w=1, x=0.5)
    player = open_page(page, tmp_path, ex.player(panels=[]), width=390, height=height, motion="reduce")
    room = player.root.locator(".bpviz-picture")
    lit = ":is(.bpviz-node:not(.bpviz-dim), .bpviz-edge:not(.bpviz-dim) .bpviz-line, .bpviz-needed)"
    fits = 0
    for beat in range(1, len(ex.beats) - 1):
        show(player, beat)
        top, bottom = room.evaluate("room => [room.getBoundingClientRect().top, room.getBoundingClientRect().bottom]")
        shown = boxes(player, lit)
        highs, lows = [box[1] for box in shown], [box[3] for box in shown]
        if max(lows) - min(highs) <= bottom - top - 2 * FADED:
            assert (min(highs) >= top, max(lows) <= bottom) == (True, True), ex.beats[beat].id
            fits += 1
    assert fits, "else nothing was looked at"
