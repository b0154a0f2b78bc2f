"""What a player in JupyterLab has been through: one history for all its displays and Python, kept over a reload."""

import pytest
from expected import Expected
from lab_driver import find_player, show_cell, wait_until_idle
from lab_state import in_kernel, run_notebook, wait_for_kernel, wait_until
from player_driver import PlayerDriver, agree

import bpviz
from bpviz.ground.words import words
from bpviz.telling.story import index_of

WORDS = words().section("player")
CELLS = ("import bpviz\np = bpviz.case2().player(start='done')\np", "p")


@pytest.fixture(scope="module")
def opened(lab_context, lab):
    with run_notebook(lab_context, lab, "state.ipynb", 2600, CELLS) as opened:
        yield opened


def show_players(page) -> list[PlayerDriver]:
    return [PlayerDriver(page, find_player(show_cell(page, cell))) for cell in (0, 1)]


def check_history(page, players, rounds: int, undo: bool, redo: bool, **givens) -> None:
    """Both displays and Python stand after so many rounds from the givens."""
    final = bpviz.case2().train(rounds, **givens).final
    wait_for_kernel(page, "p.rounds", str(rounds))
    for player in players:
        wait_until(page, lambda player=player: agree(player.value("w5"), final["w5"]))
        assert player.root.locator(".bpviz-rounds").inner_text() == f"round {rounds}"
        for label, possible in ((WORDS["undo"], undo), (WORDS["redo"], redo)):
            assert player.button(label).get_attribute("aria-disabled") == str(not possible).lower()
    assert agree(float(in_kernel(page, "", "p.w5")), final["w5"])


def test_displays_and_python_share_one_history(opened):
    page, watch = opened
    first, second = players = show_players(page)
    first.button("Train 10 rounds").click()
    check_history(page, players, 10, undo=True, redo=False)
    second.button(WORDS["undo"]).click()
    check_history(page, players, 0, undo=False, redo=True)
    first.button(WORDS["redo"]).click()
    check_history(page, players, 10, undo=True, redo=False)
    in_kernel(page, "p.train(90)")
    check_history(page, players, 100, undo=True, redo=False)
    second.stage.focus()
    second.press("Control+z", "Control+z")
    check_history(page, players, 0, undo=False, redo=True)
    first.stage.focus()
    first.press("Control+Shift+z")
    check_history(page, players, 10, undo=True, redo=True)
    assert watch.complaints() == []


def test_a_reload_loses_nothing(opened):
    page, watch = opened
    in_kernel(page, f"p.beat = {index_of(bpviz.case2().beats, 'dE_dw7')}; p.i1 = 0.3; p.train(7)")
    players = show_players(page)
    check_history(page, players, 7, undo=True, redo=False, **in_python(page, 'p.history["now"]["start"]'))
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    wait_until(page, lambda: not page.evaluate("() => jupyterapp.shell.currentWidget.context.model.dirty"))
    page.reload()
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    wait_until_idle(page)
    first, second = players = show_players(page)
    check_history(page, players, 7, undo=True, redo=False, **in_python(page, 'p.history["now"]["start"]'))
    now = in_python(page, "[getattr(p, g['name']) for g in p.score['givens']]")
    for player in players:
        assert {name: player.value(name) for name in now} == pytest.approx(now, rel=1e-12)
    second.button(WORDS["undo"]).click()
    check_history(page, players, 0, undo=True, redo=True, **in_python(page, 'p.history["now"]["givens"]'))
    assert first.value("i1") == 0.3
    now = in_python(page, "[getattr(p, g['name']) for g in p.score['givens']]")
    for player in players:
        Expected(bpviz.case2(), **now).check_beat(player.read(), index_of(bpviz.case2().beats, "dE_dw7"))
    assert watch.complaints() == []


def in_python(page, expression: str) -> dict[str, float]:
    """A list of values of the givens in the kernel, by their names."""
    values = in_kernel(page, "", f"' '.join(map(repr, {expression}))").strip("'").split()
    return dict(zip((g.name for g in bpviz.case2().program.givens), map(float, values), strict=True))


def test_switches_agree_everywhere(opened):
    page, watch = opened
    first, second = players = show_players(page)
    selects = [player.root.get_by_label("Update", exact=True) for player in players]

    def check_variant(update: str, variant: str) -> None:
        wait_for_kernel(page, "p.variant", variant)
        for player, select in zip(players, selects, strict=True):
            wait_until(page, lambda select=select: select.input_value() == update)
            wait_until(page, lambda player=player: agree(player.value("w1"), float(in_kernel(page, "", "p.w1"))))

    in_kernel(page, "p.switch(update='simultaneous', train_biases=False); p.train(10)")
    check_variant("simultaneous", "0")
    old = in_kernel(page, "", "p.w1")
    in_kernel(page, "p.switch(update='sequential')")
    check_variant("sequential", "2")
    assert in_kernel(page, "", "p.w1") != old
    selects[1].select_option("simultaneous")
    check_variant("simultaneous", "0")
    assert in_kernel(page, "", "p.w1") == old
    first.stage.focus()
    first.press("Control+z")
    check_variant("sequential", "2")
    assert "'variant' must be 0 to 3" in in_kernel_error(page, "p.variant = 9")
    second.stage.focus()
    second.press("Control+z")
    check_variant("simultaneous", "0")
    assert watch.complaints() == []


def in_kernel_error(page, code: str) -> str:
    """What Python says against some code."""
    with pytest.raises(AssertionError) as refusal:
        in_kernel(page, code)
    return str(refusal.value)
