"""Motion tells what changes: pulses along the edges, new values out of old ones; whoever wants none misses nothing."""

import player_driver
import pytest
from expected import Expected
from player_driver import PlayerDriver

import bpviz
from bpviz.telling.story import index_of

RUNNING = """() => document.getAnimations().map(({ effect: { target } }) =>
  target.dataset.bp ?? target.closest("[data-edge]")?.dataset.edge)"""
PULSES = "root => [...root.querySelectorAll('.bpviz-pulse')].map(pulse => getComputedStyle(pulse).opacity)"


def set_pace(page, rate: float) -> None:
    """How fast animations run: at 0 they stand where they begin, on a busy machine too."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": rate})


def open_page(page, tmp_path, example, motion: str, start=0) -> PlayerDriver:
    player = player_driver.open_page(page, tmp_path, example, motion=motion, start=start)
    player.stage.focus()
    return player


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.case1])
def test_reduced_motion_shows_every_beat_whole_and_still(page, tmp_path, make):
    example = make()
    player, expected, opacities = open_page(page, tmp_path, example, "reduce"), Expected(example), set[str]()
    for beat in range(len(example.beats)):
        if beat:
            player.press("ArrowRight")
        seen = player.read()
        assert page.evaluate(RUNNING) == [], example.beats[beat].id
        opacities.update(player.root.evaluate(PULSES))
        expected.check_beat(seen, beat)
    assert opacities == {"0"}


SENT = [
    (bpviz.case2, "net_h1", "circle"),
    (bpviz.case2, "dE_o1_dout_h1", "path"),
    (bpviz.case1, "y4", "circle"),
    (bpviz.case1, "delta4", "path"),
    (lambda: bpviz.case1("exact"), "delta1", "path"),
]


@pytest.mark.parametrize(("make", "beat", "shape"), SENT)
def test_pulses_run_along_the_edges_of_the_beat(page, tmp_path, make, beat, shape):
    example = make()
    told = example.beats[index_of(example.beats, beat)]
    assert (told.backward if shape == "path" else told.forward) != ()
    set_pace(page, 0)
    player = open_page(page, tmp_path, example, "no-preference", index_of(example.beats, beat) - 1)
    page.evaluate("() => document.getAnimations().forEach(running => running.cancel())")
    player.press("ArrowRight")
    player.settle()
    assert sorted(page.evaluate(RUNNING)) == sorted({*told.forward, *told.backward})


@pytest.mark.parametrize(("make", "beat", "shape"), SENT)
def test_an_error_has_a_shape_of_its_own(page, tmp_path, make, beat, shape):
    example = make()
    set_pace(page, 0)
    player = open_page(page, tmp_path, example, "no-preference", index_of(example.beats, beat) - 1)
    player.press("ArrowRight")
    player.settle()
    moving = page.evaluate(
        "() => document.getAnimations().map(({ effect }) => effect.target)"
        ".filter(target => target.matches('.bpviz-pulse')).map(target => target.tagName)"
    )
    assert set(moving) == {shape}
    heads = player.root.locator(".bpviz-head").evaluate_all(
        "all => all.filter(head => head.style.display !== 'none').map(head => head.getAttribute('d'))"
    )
    assert {head.count("M") for head in heads} == {1 if shape == "circle" else 2}, "a diamond where it sets out"


@pytest.mark.parametrize(
    ("make", "beat", "names"),
    [
        (bpviz.case2, "w5_next", ["w5_next"]),
        (bpviz.case2, "done", list(bpviz.case2().program.feedback.values())),
        (bpviz.case1, "update_4", ["w14_next", "w24_next", "w34_next"]),
        (bpviz.case1, "done", list(bpviz.case1().program.feedback.values())),
    ],
)
def test_a_new_value_comes_out_of_the_old_one_and_rests(page, tmp_path, make, beat, names):
    example = make()
    set_pace(page, 0)
    player = open_page(page, tmp_path, example, "no-preference", beat)
    assert set(names) <= set(page.evaluate(RUNNING))
    set_pace(page, 1)
    page.wait_for_function("() => document.getAnimations().length === 0")
    Expected(example).check_beat(player.read(), index_of(example.beats, beat))
    for name in names:
        chip = player.root.locator(f".bpviz-chip [data-bp={name}]")
        assert chip.evaluate("number => getComputedStyle(number).opacity") == "1"
        assert chip.evaluate("number => getComputedStyle(number).transform") == "none"
