"""Presenting inside JupyterLab at 1280 × 720: it fills the screen, its keys are its own, and Escape leads back."""

import looks
import pytest
from lab_driver import find_player, set_theme, show_cell
from lab_state import cells_and_mode, run_notebook
from player_driver import PlayerDriver
from presenting import check_parts, is_on, too_small

import bpviz

CELLS = ("import bpviz\nbpviz.case2()", "1 + 1")
KEYS_OF_LAB = ("a", "b", "d", "d", "x", "m", "ArrowDown", "ArrowUp", "Shift+m", "PageDown", "PageUp", "Home")
LEAST_CONTRAST = 12  # of ink on paper, while presenting
CONTRAST = """root => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const { color, backgroundColor } = getComputedStyle(root);
  const [one, other] = [light(color), light(backgroundColor)];
  return Math.max(one, other) / Math.min(one, other);
}"""


@pytest.fixture(scope="module")
def opened(lab_context, lab):
    with run_notebook(lab_context, lab, "present.ipynb", 720, CELLS) as opened:
        yield opened


@pytest.fixture
def player(opened):
    page, watch = opened
    page.emulate_media(reduced_motion="reduce")
    player = PlayerDriver(page, find_player(show_cell(page, 0)))
    player.slider("step").fill("0")
    yield player
    player.press("Escape")
    page.wait_for_function("() => !document.fullscreenElement")
    assert not watch.complaints(), "the page is not clean:\n" + "\n".join(watch.complaints())


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_part_is_large_and_rich_in_contrast(player, theme):
    page, beats = player.page, bpviz.case2().beats
    set_theme(page, theme)
    looks.start_looking(page)
    player.slider("step").focus()
    player.press("p")
    assert is_on(player)
    page.wait_for_function("() => document.fullscreenElement")
    player.settle()
    check_parts(player)
    assert player.root.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    assert player.root.evaluate(CONTRAST) >= LEAST_CONTRAST
    for beat in range(0, len(beats), 4):
        player.slider("step").fill(str(beat))
        player.settle()
        assert too_small(player) + looks.problems(page) == [], beats[beat].id


def test_its_keys_are_its_own_and_escape_leads_back(player):
    page, phases = player.page, [beat.phase for beat in bpviz.case2().beats]
    player.slider("step").focus()
    before = cells_and_mode(page)
    player.press("p")
    assert is_on(player)
    assert player.stage.evaluate("stage => stage === document.activeElement")
    for key in KEYS_OF_LAB:
        player.press(key)
        assert cells_and_mode(page) == before, f"{key} reaches JupyterLab"
        assert is_on(player)
    player.press("PageDown")
    assert player.beat() == phases.index("loss")
    player.press("PageUp", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert player.beat() == 1
    for _ in range(12):
        player.press("Tab")
        assert player.root.evaluate("root => root.contains(document.activeElement)"), "the focus leaves the screen"
    player.press("Escape")
    assert not is_on(player)
    page.wait_for_function("() => !document.fullscreenElement")
    assert page.evaluate("() => document.activeElement.name") == "step"
    assert cells_and_mode(page) == before
