"""Every beat, light and dark, wide and narrow: nothing overlaps, is clipped, too small or too faint; nothing moves."""

import looks
import player_driver
import pytest
from player_driver import PlayerDriver

import bpviz

pytestmark = pytest.mark.layout

THEMES = ("light", "dark")
HEIGHT = 2400  # the whole player stands in the window, so that the page can be asked what is painted where
SMALLEST_WHERE_SHRUNK = 8  # CSS pixels: numbers too long for their cell or box shrink to fit
OTHERS = {
    "sequential": lambda: bpviz.case2("sequential", True),
    "neuron": bpviz.neuron,
    "case1": bpviz.case1,
    "case1 exact": lambda: bpviz.case1("exact"),
}
EXTREMES = (
    {"w1": "-123.456", "w5": "1e-7", "eta": "1e6", "b2": "-98765.4321"},
    {"w1": "99999.9999", "w8": "-1.5e-9", "b1": "-123456", "i1": "-12.34", "target_o1": "-0.000012345"},
    {"b2": "-98765.4321", "target_o1": "-0.000012345", "target_o2": "-1.2345e-7", "w1": "-1.872e30", "w6": "-3e-9"},
)


def open_page(page, tmp_path, example, width: int, **options) -> PlayerDriver:
    player = player_driver.open_page(page, tmp_path, example, width=width, height=HEIGHT, motion="reduce", **options)
    looks.start_looking(page)
    player.stage.focus()
    return player


class Findings:
    """What is wrong, and where it was seen."""

    def __init__(self, page, player):
        self.page, self.player = page, player
        self.seen: dict[str, list[str]] = {}

    def look(self, themes=THEMES, **limits) -> None:
        """Look at what is shown, in each theme."""
        for theme in themes:
            self.page.emulate_media(color_scheme=theme)
            self.player.settle()
            for problem in looks.problems(self.page, **limits):
                self.add(problem, f"{self.player.beat()} {theme}")

    def add(self, problem: str, where: str) -> None:
        self.seen.setdefault(problem, []).append(where)

    def __str__(self) -> str:
        return "\n".join(f"{problem}: at {len(where)}, first {where[0]}" for problem, where in self.seen.items())


def look_at_every_beat(page, player, example, themes) -> None:
    found, standing = Findings(page, player), looks.places(page)
    for beat in range(len(example.beats)):
        if beat:
            player.press("ArrowRight")
        found.look(themes)
        for part, place in looks.places(page).items():
            if place != standing[part]:
                found.add(f"{part} moves from {standing[part]} to {place}", str(beat))
    assert not found.seen, str(found)


@pytest.mark.parametrize("width", [1280, 640])
def test_every_beat_of_case2(page, tmp_path, width):
    example = bpviz.case2()
    look_at_every_beat(page, open_page(page, tmp_path, example, width), example, THEMES)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (640, "dark")])
@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_every_beat_of_the_others(page, tmp_path, make, width, theme):
    example = make()
    look_at_every_beat(page, open_page(page, tmp_path, example, width), example, [theme])


@pytest.mark.parametrize("width", [600, 900, 1400])
def test_other_widths(page, tmp_path, width):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example, width)
    found = Findings(page, player)
    for phase in range(5):
        found.look()
        player.press("PageDown" if phase % 2 else "ArrowRight")
    assert not found.seen, str(found)


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize("values", EXTREMES, ids=["large", "larger", "neighbours"])
def test_extreme_values(page, tmp_path, width, values):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example, width)
    for name, text in values.items():
        player.type_number(name, text)
    player.type_number("w2", "rubbish")
    page.set_viewport_size({"width": width, "height": 1200})  # all sliders in sight, with what was refused
    player.stage.focus()
    found = Findings(page, player)
    for beat in range(0, len(example.beats), 6):
        player.slider("step").fill(str(beat))
        found.look(["light"], smallest_text=SMALLEST_WHERE_SHRUNK)
    assert not found.seen, str(found)


PLANTED = (
    (".bpviz-caption { margin-top: -3em !important; }", "overlap"),
    (".bpviz-box { width: 30px !important; }", "clipped: too wide inside"),
    (".bpviz-caption { height: 0.5em; min-height: 0 !important; overflow: hidden; }", "clipped"),
    (".bpviz-card { width: 1400px; }", "the page scrolls sideways"),
    (".bpviz-diagram .bpviz-cell-label { fill: #999 !important; }", "contrast"),
    (".bpviz-count { color: #8a8a8a !important; }", "contrast"),
    (".bpviz-diagram .bpviz-chip-text { font-size: 3px !important; }", "small"),
    (".bpviz-controls { transform: translateX(-300px); }", "covered"),
    (".bpviz-cell-number { font-size: 30px !important; }", "leaves its shape"),
    ("[data-node=x1] { transform: translate(-12px, 80px); }", "outside the diagram"),
)


def test_the_eye_notices_what_is_planted(page, tmp_path):
    for style, problem in PLANTED:
        player = open_page(page, tmp_path, bpviz.neuron(), 1280, start="out_n")
        assert looks.problems(page) == []
        page.add_style_tag(content=style)
        player.settle()
        assert any(problem in seen for seen in looks.problems(page)), style
