"""Phones and tablets: one column to scroll, things large enough for fingers, swipes that mean what they seem."""

import pytest
from player_driver import PlayerDriver
from windowed import EXAMPLES, FINGERS, layout, open_windowed, problems_at_every_beat, scrolling

import bpviz

# What is pressed, dragged or chosen from and is lower than 40 CSS pixels; boxes for numbers may be 36 in their rows.
LOW = """root => [...root.querySelectorAll("button, input, select")].filter(e => e.getClientRects().length)
  .filter(e => e.getBoundingClientRect().height < (e.type === "text" ? 35.5 : 39.5))
  .map(e => `${e.name || e.textContent || e.getAttribute("aria-label")}: ${e.getBoundingClientRect().height}`)"""
WIDTHS = """root => [...root.querySelectorAll(".bpviz-controls input[type=range]")]
  .map(slider => slider.getBoundingClientRect().width)"""
# Scrolled down through the player in steps, the places where the transport is out of the window.
LOST = """async root => {
  const lost = [], bar = root.querySelector(".bpviz-transport"), card = root.getBoundingClientRect();
  for (let top = 0; top < root.offsetHeight - innerHeight / 2; top += 97) {
    scrollTo(0, card.top + top);
    await new Promise(done => requestAnimationFrame(done));
    const { top: above, bottom } = bar.getBoundingClientRect();
    if (above < -0.5 || bottom > innerHeight + 0.5) lost.push(scrollY);
  }
  scrollTo(0, 0);
  return lost;
}"""


# Every given a negative number with all its digits: nothing makes a formula wider.
WIDEST = """root => root.querySelectorAll(".bpviz-controls input[type=range]").forEach(slider => {
  slider.step = "any";
  slider.value = Number(slider.min) < 0 ? -0.1234 : 0.1234;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""
LETTERS = """formula => [parseFloat(getComputedStyle(formula).fontSize), formula.scrollWidth - formula.clientWidth,
  formula.querySelectorAll("mtr.bpviz-below").length, formula.matches(".bpviz-across")]"""
STORY = [".bpviz-title", ".bpviz-tab", ".bpviz-diagram", ".bpviz-formula math", ".bpviz-caption", ".bpviz-transport"]


class Finger:
    """One finger on the page."""

    def __init__(self, page):
        self._devtools, self._page = page.context.new_cdp_session(page), page

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        self._devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    def drag(self, begin: tuple[float, float], end: tuple[float, float], moves: int = 8) -> None:
        """Put it down, move it in a straight line, and lift it."""
        self._send("touchStart", begin)
        for k in range(1, moves + 1):
            self._send("touchMove", tuple(a + (b - a) * k / moves for a, b in zip(begin, end, strict=True)))
        self._send("touchEnd")
        PlayerDriver(self._page).settle()


@pytest.fixture
def player(phone, tmp_path):
    return open_windowed(phone, tmp_path, bpviz.case2())


@pytest.fixture
def finger(phone):
    return Finger(phone)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_phone_scrolls_one_column(phone, tmp_path, name):
    player = open_windowed(phone, tmp_path, EXAMPLES[name]())
    assert layout(player) == "stack"
    assert scrolling(player)["across"] == 0
    assert problems_at_every_beat(player, STORY, 11) == {}
    assert min(player.root.evaluate(WIDTHS)) >= 150
    for panel in player.root.locator(".bpviz-panel").evaluate_all("all => all.map(panel => panel.dataset.panel)"):
        player.bring(panel)
        assert player.root.evaluate(LOW) == [], panel
        assert scrolling(player)["across"] == 0, panel
    assert player.root.evaluate(LOST) == []


def test_the_widest_formulas_are_broken_rather_than_small(phone, tmp_path):
    example = bpviz.case1("exact")
    player = open_windowed(phone, tmp_path, example)
    formula = player.root.locator(".bpviz-formula")
    player.root.evaluate(WIDEST)
    player.stage.focus()
    broken = 0
    for beat in range(1, len(example.beats)):
        player.press("ArrowRight")
        player.settle()
        size, more, rows, _ = formula.evaluate(LETTERS)
        assert (size >= 12, more) == (True, 0), beat
        broken += rows
        if rows:  # and whole again where there is room
            said = player.read()["maths"]
            phone.set_viewport_size({"width": 768, "height": 1024})
            player.settle()
            assert (formula.evaluate(LETTERS)[2], player.read()["maths"]) == (0, said)
            phone.set_viewport_size({"width": 390, "height": 844})
            player.settle()
    assert broken > 0


def test_a_product_too_wide_for_a_phone_is_broken_before_a_dot(phone, tmp_path):
    (a,) = bpviz.given(a=[3, 2, 1])
    largest = bpviz.named("m", bpviz.max(a))
    routes = bpviz.graph(bpviz.exp(a - largest), name="y")
    beat = next(beat for beat in routes.beats if beat.caption.then == "captions.bracket")
    player = open_windowed(phone, tmp_path, routes, start=beat.id)
    _, more, _, fades = player.root.locator(".bpviz-formula").evaluate(LETTERS)
    assert (more, fades) == (0, False)
    below = player.root.locator("mtr.bpviz-below .bpviz-right").evaluate_all("all => all.map(one => one.textContent)")
    assert below[0] == "·[3.00 − 2.00 > 0]"


def test_a_formula_too_wide_for_any_phone_is_scrolled_and_says_so(phone, tmp_path):
    player = open_windowed(phone, tmp_path, bpviz.case1("exact"), start="delta1")
    size, more, _, fades = player.root.locator(".bpviz-formula").evaluate(LETTERS)
    assert (more, fades) == (0, False)
    phone.set_viewport_size({"width": 240, "height": 844})
    player.settle()
    size, more, rows, fades = player.root.locator(".bpviz-formula").evaluate(LETTERS)
    assert (size >= 11, more, rows > 3, fades) == (True, 0, True, False), "its sums and products are broken"
    phone.set_viewport_size({"width": 140, "height": 844})
    player.settle()
    size, more, _, fades = player.root.locator(".bpviz-formula").evaluate(LETTERS)
    assert (size >= 11, more > 0, fades) == (True, True, True)


def test_on_its_side_a_phone_keeps_the_transport_in_reach(open_window, tmp_path):
    player = open_windowed(open_window(844, 390, **FINGERS), tmp_path, bpviz.case2())
    assert player.root.evaluate(LOST) == []
    assert scrolling(player)["across"] == 0


def test_swipes_and_taps_step(player, finger):
    box = player.root.locator(".bpviz-picture").bounding_box()
    middle = box["y"] + 12  # nothing stands there
    left, right = (box["x"] + share * box["width"] for share in (0.2, 0.8))
    for begin, end, beat in ((right, left, 1), (right, left, 2), (left, right, 1), (right, right, 2), (left, left, 1)):
        finger.drag((begin, middle), (end, middle))
        assert player.beat() == beat, (begin, end)
    finger.drag((right, middle + 300), (right, middle + 100))
    assert player.beat() == 1, "it scrolls"


def in_sight(player, name: str):
    """A slider, scrolled to between the panel and the transport."""
    slider = player.slider(name)
    slider.evaluate("slider => scrollBy(0, slider.getBoundingClientRect().top - 0.62 * innerHeight)")
    player.settle()
    return slider


def test_a_swipe_that_begins_on_a_slider_scrolls_and_changes_nothing(player, finger):
    slider = in_sight(player, "w1")
    box, before, top = slider.bounding_box(), player.value("w1"), player.page.evaluate("scrollY")
    x, y = box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2
    finger.drag((x, y), (x, y - 200))
    player.page.wait_for_function("top => scrollY > top + 50", arg=top)
    assert player.value("w1") == before


def test_a_drag_to_the_side_moves_a_slider_and_the_curve_above_it(player, finger):
    slider, curve = in_sight(player, "w1"), player.root.locator(".bpviz-loss .bpviz-curve")
    box, before, drawn = slider.bounding_box(), player.value("w1"), curve.get_attribute("d")
    y = box["y"] + box["height"] / 2
    finger.drag((box["x"] + 0.5 * box["width"], y), (box["x"] + 0.9 * box["width"], y))
    assert player.value("w1") > before + 0.5
    assert curve.get_attribute("d") != drawn
