"""Presenting the exported page: large type, nothing clipped on any beat, everything by keyboard, and back again."""

import looks
import player_driver
import pytest
from expected import Expected
from player_driver import PlayerDriver
from presenting import CLASHES, LEAST, ON, check_parts, is_on, too_small

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
WINDOW = {"width": 1280, "height": 720}
NO_FULL_SCREEN = "Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })"


def open_page(page, tmp_path, example, **options) -> PlayerDriver:
    player = player_driver.open_page(page, tmp_path, example, height=720, motion="reduce", **options)
    looks.start_looking(page)
    return player


@pytest.mark.layout
@pytest.mark.parametrize(
    "example",
    [bpviz.case2(), bpviz.case2("sequential", True), bpviz.neuron(), bpviz.case1(), bpviz.case1("exact")],
    ids=["case2", "sequential", "neuron", "drawn", "exact"],
)
def test_every_beat_is_large_and_whole(page, tmp_path, example):
    page.add_init_script(NO_FULL_SCREEN)
    player = open_page(page, tmp_path, example)
    player.stage.focus()
    player.press("p")
    assert is_on(player)
    found, standing = {}, None
    for beat in range(len(example.beats)):
        if beat:
            player.press("ArrowRight")
        assert player.beat() == beat
        problems = too_small(player) + player.root.evaluate(CLASHES)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            player.settle()
            problems += looks.problems(page)
        places = {part: place for part, place in looks.places(page).items() if place[2]}
        standing = standing or places
        problems += [f"{part} moves" for part in places if places[part] != standing[part]]
        x, y, width, height = places["card"]
        problems += [f"the card fills {width} × {height}"] if (x, y, width, height) != (0, 0, 1280, 720) else []
        for problem in problems:
            found.setdefault(problem, []).append(beat)
    assert not found, "\n".join(f"{problem}: {beats}" for problem, beats in found.items())


@pytest.mark.layout
@pytest.mark.parametrize("start", ["wrong_way", "apart", "chance"])
def test_other_weights_are_as_large_but_for_a_hair(page, tmp_path, start):
    saved = bpviz.case1("exact", preset="default" if start == "chance" else start).player()
    if start == "chance":
        saved.randomise(1)
    player = open_page(page, tmp_path, saved)
    player.stage.focus()
    player.press("p")
    found = set()
    for _ in bpviz.case1().beats:
        found |= set(too_small(player, least=LEAST - 0.5)) | set(looks.problems(page))
        player.press("ArrowRight")
    assert found == set()


@pytest.mark.parametrize(("make", "start"), [(bpviz.case2, "dE_dout_h1"), (bpviz.case1, "delta1")])
def test_the_same_numbers_and_nothing_else(page, tmp_path, make, start):
    example = make()
    player = open_page(page, tmp_path, example, start=start)
    player.bring("table")
    player.button(WORDS["present"]).click()
    assert is_on(player)
    Expected(example).check_values(player.read(), player.beat())
    check_parts(player)


@pytest.mark.parametrize("full_screen", [True, False])
@pytest.mark.parametrize("leave", ["Escape", "p", "button"])
def test_leaving_restores_layout_and_focus(page, tmp_path, full_screen, leave):
    if not full_screen:
        page.add_init_script(NO_FULL_SCREEN)
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw5")
    player.slider("step").focus()
    before, scrolled = looks.places(page), page.evaluate("() => scrollY")
    player.press("p")
    assert is_on(player)
    page.wait_for_function(f"() => Boolean(document.fullscreenElement) === {str(full_screen).lower()}")
    assert player.stage.evaluate("stage => stage === document.activeElement")
    player.press("ArrowRight", "ArrowLeft")
    if leave == "button":
        player.button(WORDS["leave"]).click()
    else:
        player.press(leave)
    assert not is_on(player)
    page.wait_for_function("() => !document.fullscreenElement")
    player.settle()
    assert (looks.places(page), page.evaluate("() => scrollY")) == (before, scrolled)
    assert page.evaluate("() => document.activeElement.name") == "step"


def test_leaving_full_screen_leaves_presenting(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.neuron())
    player.button(WORDS["present"]).click()
    page.wait_for_function("() => document.fullscreenElement")
    page.evaluate("() => document.exitFullscreen()")
    page.wait_for_function(f"() => !({ON})()")


def test_keys_while_presenting(page, tmp_path):
    page.add_init_script(NO_FULL_SCREEN)
    example = bpviz.case2()
    player = open_page(page, tmp_path, example)
    player.stage.focus()
    player.press("p")
    phases = [beat.phase for beat in example.beats]
    player.press("PageDown")
    assert player.beat() == phases.index("loss")
    player.press("PageDown", "PageUp")
    assert player.beat() == phases.index("loss")
    player.press("End")
    assert player.beat() == len(phases) - 1
    player.press("Home", "ArrowRight")
    assert player.beat() == 1
    for _ in range(12):
        player.press("Tab")
        assert player.root.evaluate("root => root.contains(document.activeElement)"), "the focus leaves the screen"


def test_p_in_a_number_box_is_a_letter(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.neuron())
    player.box("w1").click()
    player.press("p")
    assert not is_on(player)
    player.press("Escape")
    assert not is_on(player)


def test_a_resting_pointer_marks_nothing(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1("exact"))
    player.stage.focus()
    player.press("p")
    node = player.root.locator(".bpviz-node [data-bp=x1]").bounding_box()
    for x, y in [(node["x"] + node["width"] / 2, node["y"] + node["height"] / 2), (250, 590), (400, 615), (210, 120)]:
        page.mouse.move(x, y)
        found = []
        for _ in bpviz.case1().beats[1:]:
            player.press("ArrowRight")
            player.settle()
            found += player.root.locator(".bpviz-marked").all_text_contents()
        assert found == []
        player.press("Home")
    page.mouse.move(node["x"] + node["width"] / 2, node["y"] + node["height"] / 2)
    player.settle()
    assert player.root.locator(".bpviz-marked").count() > 0


@pytest.mark.parametrize(
    ("example", "told"),
    [
        (bpviz.case1("exact"), "Rule: exact gradient"),
        (bpviz.case1(), "Rule: as often drawn"),
        (bpviz.case2("sequential"), "Update: output layer first · Learns: weights only"),
    ],
    ids=["exact", "drawn", "case2"],
)
def test_it_says_which_program_plays(page, tmp_path, example, told):
    player = open_page(page, tmp_path, example)
    choices = player.root.locator(".bpviz-choices")
    assert not choices.is_visible(), "the switches say so"
    player.stage.focus()
    player.press("p")
    assert choices.inner_text() == told
    for _ in example.beats:
        assert choices.evaluate("line => line.scrollWidth <= line.clientWidth"), "cut"
        player.press("ArrowRight")


MAP = """root => {
  const size = e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM?.().a ?? 1);
  const cut = e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
  const seen = which => [...root.querySelectorAll(which)].filter(e => e.checkVisibility({ visibilityProperty: true }));
  const texts = seen(".bpviz-surface :is(select, strong, p, .bpviz-tick), .bpviz-row :is(.bpviz-box, .bpviz-symbol)");
  return {
    small: texts.filter(e => size(e) < 22).map(e => e.textContent),
    cut: seen(".bpviz-aside, .bpviz-controls, .bpviz-surface, .bpviz-words").filter(cut).map(e => e.className),
  };
}"""


def presented(page, tmp_path, **options) -> PlayerDriver:
    """CASE 2 with a surface, presenting."""
    page.add_init_script(NO_FULL_SCREEN)
    player = open_page(page, tmp_path, bpviz.case2(), start="done", panels=["training", "surface"], **options)
    assert not player.root.locator(".bpviz-present-map").is_visible()
    player.stage.focus()
    player.press("p")
    player.settle()
    return player


def shown(player) -> tuple[bool, bool]:
    """Whether the surface is seen, and whether the diagram is."""
    player.settle()
    return tuple(player.root.locator(part).is_visible() for part in (".bpviz-surface", ".bpviz-diagram"))


def test_the_map_in_front_is_presented_in_place_of_the_diagram(page, tmp_path):
    player = presented(page, tmp_path, front="surface")
    assert shown(player) == (True, False)
    assert player.root.evaluate(MAP) == {"small": [], "cut": []}
    start, plot = (player.root.locator(f".bpviz-{part}").bounding_box() for part in ("handle", "map"))
    assert plot["width"] * plot["height"] > 0.4 * 1280 * 720
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 100, y, steps=3)
    page.mouse.up()
    moved = player.root.locator(".bpviz-handle").bounding_box()
    assert moved["x"] == pytest.approx(start["x"] + 100, abs=4), "it is under the pointer"
    player.slider("eta").fill("0")
    player.settle()
    assert WORDS["surface_still"] in player.root.locator(".bpviz-surface").inner_text()


def test_map_and_diagram_take_turns_while_presenting(page, tmp_path):
    player = presented(page, tmp_path)
    check_parts(player)
    player.button(WORDS["present_map"]).click()
    assert shown(player) == (True, False)
    assert not player.root.locator(".bpviz-loss").is_visible()
    player.button(WORDS["present_diagram"]).click()
    assert shown(player) == (False, True)
    beat = player.beat()
    player.press("m", "ArrowLeft")
    assert (shown(player), player.beat()) == ((True, False), beat - 1)
    player.press("Escape", "m")
    assert (shown(player), is_on(player)) == ((True, True), False)


def test_beside_few_sliders_too_presenting_takes_the_whole_width(page, tmp_path):
    page.add_init_script(NO_FULL_SCREEN)
    player = open_page(page, tmp_path, bpviz.graph("x + y", name="f", x=-2, y=5), panels=[])
    stage, beside = player.stage.bounding_box(), player.root.locator(".bpviz-aside").bounding_box()
    assert stage["width"] + beside["width"] == pytest.approx(1280, abs=20)
    assert beside["width"] < 260
    player.stage.focus()
    player.press("p")
    assert player.stage.bounding_box()["width"] == pytest.approx(1280, abs=20)
