"""One screen shows the whole player: nothing leaves the window, is cut or too small, and every slider is in reach."""

import re

import pytest
from player_driver import agree
from windowed import (
    EXAMPLES,
    FINGERS,
    layout,
    open_windowed,
    problems_at_every_beat,
    scrolling,
    shown_panels,
    unreachable,
)

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
STORY = [".bpviz-title", ".bpviz-tab", ".bpviz-diagram", ".bpviz-formula math", ".bpviz-caption", ".bpviz-transport"]
REST = [".bpviz-controls", ".bpviz-panel:not([hidden])"]
SIZES = {
    (1186, 530): ("side", 12),
    (860, 530): ("side", 11),
    (1280, 600): ("side", 12),
    (1280, 1000): ("tall", 12),
    (844, 390): ("low", 11),
}
IN_WINDOW = """element => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}×{0[1]}".format)
@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_one_screen_at_every_beat(open_window, tmp_path, name, size):
    kind, least = SIZES[size]
    player = open_windowed(open_window(*size), tmp_path, EXAMPLES[name]())
    assert layout(player) == kind
    parts = STORY if kind == "low" else STORY + REST
    assert problems_at_every_beat(player, parts, least) == {}
    if kind != "low":
        assert scrolling(player) == {"across": 0, "down": 0}
        assert player.root.bounding_box()["height"] <= size[1]


WHERE_DRAWN = """async root => {
  const [slider, drawn] = [root.querySelector("input[name=step]"), []];
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (let beat = 0; beat <= Number(slider.max); beat += 1) {
    slider.value = beat;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frames();
    const { left, top, width, height } = root.querySelector(".bpviz-diagram").getBoundingClientRect();
    drawn.push([left, top, width, height].map(Math.round).join(" "));
  }
  return drawn;
}"""


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600)], ids="{0[0]}×{0[1]}".format)
@pytest.mark.parametrize("name", ["case2", "drawn", "exact"])
def test_the_diagram_stays_where_it_is_within_a_phase(open_window, tmp_path, name, size):
    example = EXAMPLES[name]()
    player = open_windowed(open_window(*size), tmp_path, example)
    places = {}
    for beat, place in zip(example.beats, player.root.evaluate(WHERE_DRAWN), strict=True):
        places.setdefault(beat.phase, set()).add(place)
    assert {phase: len(found) for phase, found in places.items()} == dict.fromkeys(places, 1), places


STAGES = WHERE_DRAWN.replace(".bpviz-diagram", ".bpviz-stage")


@pytest.mark.parametrize("width", [370, 374, 382])
def test_on_a_phone_nothing_below_the_story_moves_within_a_phase(open_window, tmp_path, width):
    example = EXAMPLES["case2"]()
    player = open_windowed(open_window(width, 844, **FINGERS), tmp_path, example)
    heights = {}
    for beat, place in zip(example.beats, player.root.evaluate(STAGES), strict=True):
        heights.setdefault(beat.phase, []).append(int(place.split()[3]))
    assert {phase: found for phase, found in heights.items() if max(found) - min(found) > 1} == {}


@pytest.mark.parametrize("size", [(1186, 530), (860, 530)], ids="{0[0]}×{0[1]}".format)
@pytest.mark.parametrize("name", ["case2", "exact"])
def test_both_ends_of_the_error_axis_are_named(open_window, tmp_path, name, size):
    player = open_windowed(open_window(*size), tmp_path, EXAMPLES[name](), front="training")
    plot = player.root.locator(".bpviz-loss")
    rows = plot.locator(".bpviz-grid").evaluate_all("all => all.map(line => Number(line.getAttribute('y1')))")
    path = plot.locator(".bpviz-curve").get_attribute("d")
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
    assert min(rows) <= min(heights) + 0.01
    assert max(heights) <= max(rows) + 0.01


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600)], ids="{0[0]}×{0[1]}".format)
def test_what_the_buttons_do_not_train_on_is_seen(open_window, tmp_path, size):
    player = open_windowed(open_window(*size), tmp_path, EXAMPLES["xor"](), front="training")
    room = player.root.locator(".bpviz-panel-room").bounding_box()
    button = player.root.locator(".bpviz-one-row button").bounding_box()
    tops = player.root.locator(".bpviz-loss .bpviz-train button").evaluate_all("all => all.map(b => b.offsetTop)")
    assert len(set(tops)) == 1
    assert button["y"] + button["height"] <= room["y"] + room["height"]
    tabs = player.root.locator(".bpviz-panel-tab").evaluate_all(
        "all => all.map(tab => tab.getBoundingClientRect().top)"
    )
    assert len(set(tabs)) == 1


def test_words_instead_of_a_number_stay_in_their_panel(open_window, tmp_path):
    example = bpviz.graph("(x + y)**2", name="z", x=3, y=1)
    player = open_windowed(open_window(860, 530), tmp_path, example, panels=["truth"], start="z")
    table = player.root.locator(".bpviz-truth table").bounding_box()
    said = player.root.locator("[data-witness=central_difference]")
    assert said.inner_text() == WORDS["no_derivative"]
    ends = said.evaluate(
        "cell => { const all = new Range(); all.selectNodeContents(cell); return all.getBoundingClientRect().right }"
    )
    assert ends <= table["x"] + table["width"] + 0.5


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_tablet_held_upright(open_window, tmp_path, name):
    player = open_windowed(open_window(768, 1024, **FINGERS), tmp_path, EXAMPLES[name]())
    assert layout(player) == "stack"
    assert problems_at_every_beat(player, STORY, 12) == {}
    assert scrolling(player)["across"] == 0


@pytest.mark.parametrize("name", ["case2", "drawn"])
def test_every_slider_is_in_reach_beside_the_curve_it_moves(open_window, tmp_path, name):
    page = open_window(1186, 530)
    player = open_windowed(page, tmp_path, EXAMPLES[name](), start="done", front="training")
    curve = player.root.locator(".bpviz-loss .bpviz-curve")
    for given in EXAMPLES[name]().program.givens:
        before = curve.get_attribute("d")
        with player.dragging(given.name) as to:
            assert player.slider(given.name).evaluate(IN_WINDOW), given.name
            share = 0.8 if abs(player.value(given.name) - given.high) > 0.3 * (given.high - given.low) else 0.3
            assert agree(to(share), player.value(given.name))
            assert curve.get_attribute("d") != before, given.name
        assert curve.evaluate(IN_WINDOW)
        assert page.evaluate("scrollY") == 0
        player.button(WORDS["reset"]).click()


ZOOMED = {
    (1093, 520, 1.25): "side",
    (949, 424, 1.25): "low",
    (683, 325, 2): "low",
    (593, 265, 2): "stack",
}
READABLE = (
    "button, input, select, h2, h3, .bpviz-caption, .bpviz-formula math, .bpviz-diagram text, .bpviz-panel p, td, th"
)


@pytest.mark.parametrize("zoom", ZOOMED, ids=str)
@pytest.mark.parametrize("name", ["case2", "xor"])
def test_zoomed_in_everything_can_be_reached(open_window, tmp_path, name, zoom):
    width, height, scale = zoom
    player = open_windowed(
        open_window(width, height, device_scale_factor=scale), tmp_path, EXAMPLES[name](), start="done"
    )
    assert layout(player) == ZOOMED[zoom]
    assert scrolling(player)["across"] == 0
    for panel in player.root.locator(".bpviz-panel").evaluate_all("all => all.map(panel => panel.dataset.panel)"):
        player.bring(panel)
        assert panel in shown_panels(player)
        assert unreachable(player, READABLE) == [], panel


PANELS = ("training", "slice", "surface", "truth", "data", "table")
ACROSS = """root => [...root.querySelectorAll(".bpviz-panel:not([hidden]), .bpviz-panel:not([hidden]) *")]
  .filter(room => room.clientWidth && room.scrollWidth > room.clientWidth + 1 && !room.closest(".bpviz-spoken"))
  .map(room => `${room.tagName}.${room.className}: ${room.scrollWidth} in ${room.clientWidth}`)"""


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (844, 390), (390, 844)], ids="{0[0]}×{0[1]}".format)
def test_no_panel_scrolls_sideways(open_window, tmp_path, size):
    player = open_windowed(open_window(*size), tmp_path, bpviz.case1("exact", data="xor"), start="done", panels=PANELS)
    for name in PANELS:
        player.bring(name)
        assert player.root.evaluate(ACROSS) == [], name


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (1280, 600)], ids="{0[0]}×{0[1]}".format)
def test_the_curve_and_its_buttons_scroll_to_nothing(open_window, tmp_path, size):
    ex = bpviz.graph("(sigmoid(w*x + b) - t)**2 / 2", name="E", learn=("w", "b"), w=2, x=1, b=2, t=0)
    player = open_windowed(open_window(*size), tmp_path, ex, front="training")
    room = player.root.locator(".bpviz-loss")
    assert room.evaluate("room => room.scrollHeight - room.clientHeight") <= 0


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)], ids="{0[0]}×{0[1]}".format)
def test_data_of_many_columns_has_several_lines(open_window, tmp_path, size):
    network = bpviz.network([2, 3, 3], data=([[0.1, -0.2], [0.3, 0.4]], [[1, 0, 0], [0, 1, 0]]))
    player = open_windowed(open_window(*size), tmp_path, network, start="done", front="data")
    assert player.root.evaluate(ACROSS) == []


def test_a_verdict_fits_the_narrowest_panel(open_window, tmp_path):
    player = open_windowed(open_window(860, 530), tmp_path, bpviz.case2(), start="delta_o2", front="truth")
    assert "apart" in player.root.locator(".bpviz-truth").text_content()
    assert player.root.evaluate(ACROSS) == []


def test_beside_a_few_sliders_alone_the_room_is_the_diagrams(open_window, tmp_path):
    page, widths = open_window(1186, 530), []
    for example, panels in ((bpviz.case1(), []), (bpviz.neuron(), ["table"]), (bpviz.neuron(), [])):
        player = open_windowed(page, tmp_path, example, panels=panels)
        widths.append(player.root.locator(".bpviz-aside").bounding_box()["width"])
        assert player.root.evaluate(ACROSS) == []
    assert widths[0] == widths[1] > 380, "two columns, or a panel"
    assert widths[2] < 260


@pytest.mark.parametrize("size", [(640, 400), (390, 844)], ids="{0[0]}×{0[1]}".format)
@pytest.mark.parametrize("name", EXAMPLES)
def test_presenting_never_makes_a_stamp_of_the_diagram(open_window, tmp_path, name, size):
    page = open_window(*size)
    page.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })")
    example = EXAMPLES[name]()
    player = open_windowed(page, tmp_path, example)
    player.stage.focus()
    player.press("p")
    for beat in range(len(example.beats)):
        box = player.root.locator(".bpviz-diagram").bounding_box()
        assert box["width"] >= 0.4 * size[0], beat
        assert box["height"] >= 0.25 * size[1], beat
        player.press("ArrowRight")
        player.settle()
