"""A lesson in a real JupyterLab, as a learner uses it: keys, mouse, theme, and a kernel that dies."""

import pytest
from expected import Expected
from lab_driver import find_player, kill_kernel, set_theme, show_cell
from lab_state import cells_and_mode, in_kernel, run_notebook, wait_for_kernel
from player_driver import PlayerDriver, agree

import bpviz
from bpviz.ground.palette import LIGHT_AND_DARK

LESSON = "04-numbers-forward.ipynb"
FIRST_PLAYER = 1
LINKED_PLAYER = 21
KEYS_OF_LAB = (
    "a",
    "b",
    "d",
    "d",
    "x",
    "m",
    "y",
    "z",
    "Enter",
    "ArrowDown",
    "ArrowUp",
    "ArrowLeft",
    "ArrowRight",
    "Space",
    "Shift+m",
)


@pytest.fixture(scope="module")
def case2():
    return bpviz.case2()


@pytest.fixture(scope="module")
def opened(lab_context, lab):
    """The lesson, opened and run once for all tests of this file, which leave its players as they found them."""
    with run_notebook(lab_context, lab, LESSON, 1000) as opened:
        yield opened


@pytest.fixture
def lesson(opened):
    """The lesson's page; the test fails if the page complained or asked elsewhere."""
    page, watch = opened
    yield page
    assert not watch.complaints(), "the page is not clean:\n" + "\n".join(watch.complaints())


def show_player(page, cell: int) -> PlayerDriver:
    player = PlayerDriver(page, find_player(show_cell(page, cell)))
    player.root.scroll_into_view_if_needed()
    return player


def test_every_beat_by_keyboard_alone(lesson, case2):
    player, expected = show_player(lesson, FIRST_PLAYER), Expected(case2)
    before = cells_and_mode(lesson)
    player.stage.focus()
    for beat in range(len(case2.beats)):
        if beat:
            player.press("ArrowRight")
        expected.check_beat(player.read(), beat)
    player.press("PageUp", "PageUp")
    assert case2.beats[player.beat()].phase == "backward"
    player.press("PageDown")
    assert case2.beats[player.beat()].phase == "update"
    player.press("End", "ArrowLeft")
    assert player.beat() == len(case2.beats) - 2
    player.press("Home")
    expected.check_beat(player.read(), 0)
    assert cells_and_mode(lesson) == before


@pytest.mark.parametrize("control", ["stage", "tab", "transport button", "step slider", "slider", "box", "reset"])
def test_keys_leave_the_notebook_alone(lesson, control):
    player = show_player(lesson, FIRST_PLAYER)
    focusable = {
        "stage": player.stage,
        "tab": player.button("Backward"),
        "transport button": player.button("Next step"),
        "step slider": player.slider("step"),
        "slider": player.slider("w5"),
        "box": player.box("w5"),
        "reset": player.button("Reset"),
    }
    focusable[control].focus()
    before = cells_and_mode(lesson)
    for key in KEYS_OF_LAB:
        player.press(key)
        assert cells_and_mode(lesson) == before, f"{key} on the {control} reaches JupyterLab"
        assert focusable[control].evaluate("element => element === document.activeElement"), (
            f"{key} takes the focus away"
        )
    player.press("Escape")
    player.button("Reset").click()
    player.button("First step").click(force=True)


def test_a_click_gives_the_keys_to_the_player(lesson):
    player = show_player(lesson, FIRST_PLAYER)
    player.root.locator(".bpviz-diagram").click(position={"x": 20, "y": 20})
    before = cells_and_mode(lesson)
    player.press("ArrowRight", "b", "d", "d")
    assert player.beat() == 1
    assert cells_and_mode(lesson) == before
    player.press("Home")


def test_drag_every_slider(lesson, case2):
    player, changed = show_player(lesson, FIRST_PLAYER), {}
    last = len(case2.beats) - 1
    player.stage.focus()
    player.press("End")
    for k, given in enumerate(case2.program.givens):
        with player.dragging(given.name) as to:
            changed[given.name] = to((0.9, 0.15, 0.7)[k % 3])
            Expected(case2, **changed).check_values(player.read(), last)
        assert changed[given.name] != given.default
    player.button("Reset").click()
    player.stage.focus()
    player.press("Home")
    Expected(case2).check_beat(player.read(), 0)


def test_linked_slider_of_jupyter(lesson):
    """ipywidgets.jslink ties an ordinary FloatSlider to the player's w5, without Python."""
    player = show_player(lesson, LINKED_PLAYER)
    slider = show_cell(lesson, LINKED_PLAYER).locator(".widget-slider")
    readout = slider.locator(".widget-readout")
    assert float(readout.inner_text()) == pytest.approx(0.4)
    with player.dragging("w5") as to:
        for share in (0.9, 0.2):
            shown = to(share)
            assert float(readout.inner_text().replace("\u2212", "-")) == pytest.approx(shown)
    slider.scroll_into_view_if_needed()
    readout.click()
    lesson.keyboard.press("ControlOrMeta+a")
    lesson.keyboard.type("-0.9")
    lesson.keyboard.press("Enter")
    assert player.value("w5") == pytest.approx(-0.9)
    wait_for_kernel(lesson, "round(p.w5, 9), p.w5 == w5.value", "(-0.9, True)")
    player.button("Reset").click()
    wait_for_kernel(lesson, "p.w5, round(w5.value, 9)", "(0.4, 0.4)")


def test_a_drag_reaches_python(lesson, case2):
    player = show_player(lesson, LINKED_PLAYER)
    with player.dragging("w2") as to:
        shown = to(0.75)
    wait_for_kernel(lesson, "p.w2", repr(shown))
    assert agree(float(in_kernel(lesson, "", "ex.run(w2=p.w2)['E_total']")), case2.run(w2=shown)["E_total"])
    player.button("Reset").click()
    wait_for_kernel(lesson, "p.w2", "0.2")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_player_follows_the_theme(lesson, theme):
    set_theme(lesson, theme)
    player = show_player(lesson, FIRST_PLAYER)
    for name, element, css in (("paper", player.root, "backgroundColor"), ("ink", player.root, "color")):
        colour = element.evaluate(f"element => getComputedStyle(element).{css}")
        wanted = LIGHT_AND_DARK[name][theme == "dark"].lstrip("#")
        assert colour == "rgb({}, {}, {})".format(*bytes.fromhex(wanted))


def test_the_player_outlives_its_kernel(lesson, opened, lab, case2):
    player = show_player(lesson, LINKED_PLAYER)
    kill_kernel(lesson, lab, opened[1])
    opened[1].allow("Could not send widget sync message")  # by the FloatSlider that is linked to the player
    player.stage.focus()
    player.press("Home")
    expected = Expected(case2)
    for beat in range(len(case2.beats)):
        if beat % 3 == 0:
            expected.check_beat(player.read(), beat)
        player.press("ArrowRight")
    changed = {}
    for name, share in (("w5", 0.9), ("eta", 0.3), ("target_o2", 0.2)):
        with player.dragging(name) as to:
            changed[name] = to(share)
    player.type_number("w1", "-1.25")
    Expected(case2, **changed, w1=-1.25).check_beat(player.read(), len(case2.beats) - 1)
    readout = show_cell(lesson, LINKED_PLAYER).locator(".widget-readout")
    assert float(readout.inner_text()) == pytest.approx(changed["w5"])
    player.button("Reset").click()
    expected.check_beat(player.read(), len(case2.beats) - 1)
