"""The exported page, opened from disk: the whole story by keyboard alone, every number as Python has it."""

import pytest
from expected import Expected
from graph import product_plus, used_twice
from player_driver import open_page
from variants import OTHER_SHAPES

import bpviz
from bpviz.telling.story import index_of

WIDE, SHARED = (next(ex for ex in OTHER_SHAPES if str(ex) == label) for label in ("2-6-1", "2-2-2-1-shared"))
EXAMPLES = {
    "case2": bpviz.case2,
    "case2 sequential, biases too": lambda: bpviz.case2(update="sequential", train_biases=True),
    "neuron": bpviz.neuron,
    "case1": bpviz.case1,
    "a value used twice": used_twice,
    "a product whose factor is 1": product_plus,
    "an expression": lambda: bpviz.graph("s = x + y; s * max(s, w)", w=2, x=3, y=1, name="z"),
    "an expression that learns": lambda: bpviz.graph("(w*x - 3)**2", w=1, x=2, learn=("w",)),
    "a weight on two edges": SHARED.make,
    "2-6-1": WIDE.make,
    "case1 exact, activations by neuron": lambda: bpviz.case1("exact", {1: "tanh", 2: "relu", 6: "identity"}),
}
LARGEST = 256_000  # bytes


@pytest.fixture(params=EXAMPLES)
def example(request):
    return EXAMPLES[request.param]()


def test_every_beat_by_keyboard_alone(page, tmp_path, example):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    player = open_page(page, tmp_path, example)
    assert (tmp_path / "page.html").stat().st_size < LARGEST
    expected = Expected(example)
    player.enter_by_tab()
    for beat in range(len(example.beats)):
        if beat:
            player.press("ArrowRight")
        expected.check_beat(player.read(), beat)
    player.press("ArrowRight")
    assert player.beat() == len(example.beats) - 1, "the story ends at its last beat"
    for beat in (len(example.beats) - 2, len(example.beats) - 3):
        player.press("ArrowLeft")
        expected.check_beat(player.read(), beat)
    assert asked == [(tmp_path / "page.html").as_uri()], "the page asks for nothing but itself"


def phase_starts(example) -> list[int]:
    phases = [beat.phase for beat in example.beats]
    return [k for k, phase in enumerate(phases) if k == 0 or phase != phases[k - 1]]


def test_keys_that_jump(page, tmp_path, example):
    player = open_page(page, tmp_path, example)
    last, starts = len(example.beats) - 1, phase_starts(example)
    player.enter_by_tab()
    player.press("End")
    assert player.beat() == last
    player.press("Home")
    assert player.beat() == 0
    for start in [*starts[1:], last]:
        player.press("PageDown")
        assert player.beat() == start
    for start in reversed(starts):
        player.press("PageUp")
        assert player.beat() == start
    player.press("ArrowLeft")
    assert player.beat() == 0, "the story begins at its first beat"


def test_start_and_title(page, tmp_path):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example, start="dE_dw5", title="<b>My & page</b>")
    Expected(example).check_beat(player.read(), index_of(example.beats, "dE_dw5"))
    assert page.title() == "<b>My & page</b>"
