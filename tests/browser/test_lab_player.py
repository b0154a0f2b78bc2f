"""One player in a real JupyterLab and the Python behind it: values go both ways, and two displays are one player."""

import pytest
from expected import Expected
from lab_driver import find_player, kill_kernel, show_cell
from lab_state import in_kernel, run_notebook, wait_for_kernel, wait_until
from player_driver import PlayerDriver

import bpviz
from bpviz.telling.story import index_of

CELLS = ("import bpviz\nex = bpviz.case2()\np = ex.player(start='dE_dw5')\np", "p")


@pytest.fixture(scope="module")
def case2():
    return bpviz.case2()


@pytest.fixture(scope="module")
def opened(lab_context, lab):
    """A notebook that shows one player twice, opened and run once for all tests of this file."""
    with run_notebook(lab_context, lab, "twice.ipynb", 2200, CELLS) as opened:
        yield opened


@pytest.fixture
def players(opened, case2):
    """Both displays, at the defaults; the test fails if the page complained or asked elsewhere."""
    page, watch = opened
    in_kernel(
        page, f"p.beat = {index_of(case2.beats, 'dE_dw5')}; [setattr(p, g.name, g.default) for g in ex.program.givens]"
    )
    both = [PlayerDriver(page, find_player(show_cell(page, cell))) for cell in (0, 1)]
    wait_until(page, lambda: all(player.value("w5") == 0.4 for player in both))
    yield both
    assert not watch.complaints(), "the page is not clean:\n" + "\n".join(watch.complaints())


def check_both(players, expected, beat) -> None:
    for player in players:
        expected.check_beat(player.read(), beat)


def test_start_is_a_name(players, case2):
    check_both(players, Expected(case2), index_of(case2.beats, "dE_dw5"))


def test_two_displays_are_one_player(players, case2):
    first, second = players
    with first.dragging("w5") as to:
        shown = to(0.8)
        check_both([second], Expected(case2, w5=shown), second.beat())
    second.stage.focus()
    second.press("ArrowRight", "ArrowRight")
    second.type_number("eta", "0.123")
    check_both(players, Expected(case2, w5=shown, eta=0.123), index_of(case2.beats, "dE_dw5") + 2)


def test_a_drag_reaches_python(players, opened):
    page, _ = opened
    in_kernel(page, "heard = []; p.observe(lambda change: heard.append(change.new), 'w5')")
    with players[0].dragging("w5") as to:
        shown = to(0.25)
    wait_for_kernel(page, "p.w5", repr(shown))
    assert in_kernel(page, "", "heard[-1]") == repr(shown)
    players[0].type_number("w5", "0.1234567890123456")
    wait_for_kernel(page, "p.w5", "0.1234567890123456")
    players[0].press("Escape")
    players[0].stage.focus()
    players[0].press("End")
    wait_for_kernel(page, "p.beat", str(players[0].beat()))


def test_python_moves_the_diagram(players, opened, case2):
    page, _ = opened
    in_kernel(page, "p.w5 = 0.9")
    wait_until(page, lambda: players[0].value("w5") == 0.9)
    check_both(players, Expected(case2, w5=0.9), index_of(case2.beats, "dE_dw5"))
    in_kernel(page, "p.w5 = 7; p.beat = 3")
    wait_until(page, lambda: players[0].beat() == 3)
    check_both(players, Expected(case2, w5=7), 3)
    low, high, at = players[0].slider("w5").evaluate("s => [s.min, s.max, s.value].map(Number)")
    assert low <= 7 <= high
    assert at == 7


@pytest.mark.parametrize("bad", ["float('nan')", "float('inf')", "'x'", "True", "None", "[1.0]", "1j"])
def test_bad_values_from_python_change_nothing(players, opened, case2, bad):
    page, _ = opened
    with pytest.raises(AssertionError, match=r"TraitError.*w5"):
        in_kernel(page, f"p.w5 = {bad}")
    with pytest.raises(AssertionError, match=r"TraitError.*beat"):
        in_kernel(page, "p.beat = 999")
    assert in_kernel(page, "", "p.w5") == "0.4"
    check_both(players, Expected(case2), index_of(case2.beats, "dE_dw5"))


def test_silent_and_right_without_a_kernel(players, opened, lab, case2):
    page, watch = opened
    kill_kernel(page, lab, watch)
    player = players[0]
    with player.dragging("w5") as to:
        changed = {"w5": to(0.1)}
        check_both(players, Expected(case2, **changed), player.beat())
    player.type_number("i1", "0.77")
    player.stage.focus()
    player.press("Home")
    for beat in range(len(case2.beats)):
        if beat % 6 == 0:
            check_both(players, Expected(case2, **changed, i1=0.77), beat)
        player.press("ArrowRight")
