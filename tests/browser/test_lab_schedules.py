"""The largest rate of the schedules in JupyterLab: two displays and Python hold one, and a bad one is refused."""

import pytest
from lab_driver import find_player, show_cell
from lab_state import in_kernel, run_notebook, wait_for_kernel, wait_until
from player_driver import PlayerDriver

CELLS = ("import bpviz\np = bpviz.case1('exact').player(panels=['schedules'])\np", "p")


def test_two_displays_and_python_hold_one_largest_rate(lab_context, lab):
    with run_notebook(lab_context, lab, "schedules.ipynb", 3200, CELLS) as (page, watch):
        players = [PlayerDriver(page, find_player(show_cell(page, number))) for number in (0, 1)]
        boxes = [player.root.get_by_role("textbox", name="largest learning rate") for player in players]

        def check(rate: float) -> None:
            wait_for_kernel(page, "p.largest_rate", repr(rate))
            for box in boxes:
                wait_until(page, lambda box=box: float(box.get_attribute("data-value")) == rate)
            endings = [p.root.locator("[data-of=large]").get_attribute("data-value") for p in players]
            assert endings[0] == endings[1] is not None

        check(10.0)
        in_kernel(page, "p.largest_rate = 30")
        check(30.0)
        boxes[1].fill("7.5")
        boxes[1].press("Enter")
        check(7.5)
        with pytest.raises(AssertionError, match="'largest_rate' must be above 0"):
            in_kernel(page, "p.largest_rate = 0")
        check(7.5)
        assert watch.complaints() == []
