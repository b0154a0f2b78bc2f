"""On a laptop, with the player in a notebook, a learner sees what is dragged together with what it moves."""

import pytest
from lab_driver import find_player, show_cell
from lab_state import run_notebook
from player_driver import PlayerDriver, agree

import bpviz
from bpviz.ground.words import words

LAPTOP = {"width": 1366, "height": 650}  # 1366 × 768 without what the browser and the system need
EXAMPLES = {"case1": bpviz.case1, "case2": bpviz.case2}
CELLS = ("import bpviz", *(f"bpviz.{name}().player(start='done', front='training')" for name in EXAMPLES))
FIRST_PLAYER = 1
WORDS = words().section("player")
CURVE = ".bpviz-loss .bpviz-curve"
NOTEBOOK = ".jp-WindowedPanel-outer"
ROOMS = f".bpviz-controls, .bpviz-panel, .bpviz-card, {NOTEBOOK}"

# Whether all rooms that an element stands in, up to the notebook, show the whole of it, but for a part of a pixel.
SHOWN = """(element, rooms) => {
  const box = element.getBoundingClientRect();
  if (!box.width) return false;
  for (let room = element.closest(rooms); room; room = room.parentElement.closest(rooms)) {
    const { left, top, right, bottom } = room.getBoundingClientRect();
    if (Math.max(left - box.left, top - box.top, box.right - right, box.bottom - bottom) >= 1) return false;
  }
  return true;
}"""


@pytest.fixture(scope="module")
def notebook(lab_context, lab):
    """A notebook with both players in a laptop's window, the list of files shut."""
    with run_notebook(lab_context, lab, "screen.ipynb", LAPTOP["height"], CELLS) as (page, watch):
        page.set_viewport_size(LAPTOP)
        page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
        yield page
        assert not watch.complaints(), "the page is not clean:\n" + "\n".join(watch.complaints())


@pytest.mark.parametrize(("cell", "name"), list(enumerate(EXAMPLES, FIRST_PLAYER)))
def test_what_is_dragged_and_what_it_moves_are_seen_together(notebook, cell, name):
    player = PlayerDriver(notebook, find_player(show_cell(notebook, cell)))
    player.root.evaluate("card => card.scrollIntoView({ block: 'center' })")
    curve, room = player.root.locator(CURVE), notebook.locator(NOTEBOOK).first
    stands = room.evaluate("room => room.scrollTop")
    for given in EXAMPLES[name]().program.givens:
        slider, before = player.slider(given.name), curve.get_attribute("d")
        share = 0.8 if given.default < (given.low + given.high) / 2 else 0.3
        with player.dragging(given.name) as to:  # the sliders scroll in their own room
            assert agree(to(share), player.value(given.name))
            assert curve.get_attribute("d") != before, f"{given.name} does not move the curve"
            for what, element in ("slider", slider), ("curve", curve):
                assert element.evaluate(SHOWN, ROOMS), f"{given.name}: its {what} is not seen whole"
        assert room.evaluate("room => room.scrollTop") == stands, f"{given.name}: the notebook has scrolled"
        player.button(WORDS["reset"]).click()
        player.settle()
