"""Training on a table of data in JupyterLab: two displays and Python hold one table and one run, kept over a reload."""

import ast

import pytest
from data_driver import cell, mean, shown, told, weights
from lab_driver import find_player, show_cell, wait_until_idle
from lab_state import in_kernel, run_notebook, wait_for_kernel, wait_until
from player_driver import PlayerDriver

import bpviz
from bpviz.calculation.data_sets import XOR

CELLS = ("import bpviz\nex = bpviz.case1('exact', data='xor')\np = ex.player(front='data')\np", "p")
EDITED = (XOR[0], (0.0, 1.0, 0.25), *XOR[2:])


@pytest.fixture(scope="module")
def ex():
    return bpviz.case1("exact", data="xor")


@pytest.fixture(scope="module")
def opened(lab_context, lab):
    """A notebook that shows one player twice, opened and run once; each test begins with a new player."""
    with run_notebook(lab_context, lab, "data.ipynb", 5000, CELLS) as opened:
        yield opened


@pytest.fixture
def players(opened):
    """Both displays of a new player; the test fails if the page complained or asked elsewhere."""
    page, watch = opened
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    wait_until_idle(page)
    yield show_players(page)
    assert not watch.complaints(), "the page is not clean:\n" + "\n".join(watch.complaints())


def show_players(page) -> list[PlayerDriver]:
    return [PlayerDriver(page, find_player(show_cell(page, number))) for number in (0, 1)]


def check(page, players, ex, rows, epochs, shuffle=None) -> None:
    """Both displays and Python stand after so many epochs on these rows, and show these rows."""
    trained = ex.train_on(rows, epochs, shuffle=shuffle)
    wait_for_kernel(page, "p.history['now']['epochs']", str(epochs))
    wait_until(page, lambda: in_python(page, "p.data['rows']") == list(map(list, rows)))
    weights_there = in_python(page, "{w: getattr(p, w) for w in ex.program.feedback}")
    assert weights_there == pytest.approx(dict(trained.weights), rel=1e-12)
    for player in players:
        wait_until(page, lambda player=player: f"epoch {epochs:,}" in told(player))
        wait_until(page, lambda player=player: len(shown(player, "E")) == len(rows))
        table = [
            [cell(player, n, c).get_attribute("data-value") for c in ("x1", "x2", "z")] for n, _ in enumerate(rows, 1)
        ]
        assert [tuple(map(float, row)) for row in table] == list(rows)
        assert weights(player, ex) == pytest.approx(dict(trained.weights), rel=1e-12)
        assert mean(player) == pytest.approx(trained.mean_losses[-1], rel=1e-12)
        assert shown(player, "y6") == pytest.approx(trained.predictions, rel=1e-12)


def in_python(page, expression: str):
    return ast.literal_eval(in_kernel(page, "", expression))


def test_epochs_in_one_display_are_seen_in_the_other_and_in_python(opened, players, ex):
    page, _ = opened
    first, second = players
    first.button("Train 10 epochs").click()
    check(page, players, ex, XOR, 10)
    second.button("Train 100 epochs").click()
    check(page, players, ex, XOR, 110)
    first.stage.focus()
    first.press("Control+z")
    check(page, players, ex, XOR, 10)


def test_epochs_in_python_are_seen_in_both(opened, players, ex):
    page, _ = opened
    in_kernel(page, "p.train_on(5)")
    check(page, players, ex, XOR, 5)
    players[1].button("Train 1 epoch").click()
    check(page, players, ex, XOR, 6)
    in_kernel(page, "p.train_on(14)")
    check(page, players, ex, XOR, 20)
    players[0].root.locator(".bpviz-data").get_by_role("button", name="Undo").click()
    check(page, players, ex, XOR, 6)


def test_a_table_changed_in_one_display_is_trained_on_everywhere(opened, players, ex):
    page, _ = opened
    first, second = players
    box = cell(second, 2, "z")
    box.fill("0.25")
    box.press("Enter")
    check(page, players, ex, EDITED, 0)
    in_kernel(page, "p.train_on(5)")
    check(page, players, ex, EDITED, 5)
    first.button("Add a row").click()
    wait_for_kernel(page, "len(p.data['rows'])", "5")
    in_kernel(page, "p.train_on(5)")
    begun = dict(ex.train_on(EDITED, 5).weights)
    trained = ex.train_on((*EDITED, EDITED[-1]), 5, **begun).weights
    for player in players:
        wait_until(page, lambda player=player: weights(player, ex) == pytest.approx(dict(trained), rel=1e-12))
        assert len(shown(player, "E")) == 5


def test_a_reload_keeps_rows_epochs_and_weights(opened, players, ex):
    page, _ = opened
    cell(players[0], 2, "z").fill("0.25")
    players[0].press("Enter")
    players[0].root.get_by_label("order").select_option("shuffled")
    wait_for_kernel(page, "p.data['shuffled']", "True")
    in_kernel(page, "p.train_on(12)")
    check(page, players, ex, EDITED, 12, shuffle=1)
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    wait_until(page, lambda: not page.evaluate("() => jupyterapp.shell.currentWidget.context.model.dirty"))
    page.reload()
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    wait_until_idle(page)
    players = show_players(page)
    check(page, players, ex, EDITED, 12, shuffle=1)
    players[1].button("Train 10 epochs").click()
    check(page, players, ex, EDITED, 22, shuffle=1)
    players[0].stage.focus()
    players[0].press("Control+z", "Control+z")
    check(page, players, ex, EDITED, 0)
    players[0].press("Control+z", "Control+z")
    check(page, players, ex, XOR, 0)
