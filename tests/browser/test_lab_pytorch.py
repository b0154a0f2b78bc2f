"""In JupyterLab the row of PyTorch follows: Python asks it again, and until it has answered the row shows no number."""

import pytest
from lab_driver import find_player, show_cell
from lab_state import in_kernel, run_notebook, wait_until
from player_driver import PlayerDriver
from test_page_truth import WORDS, read

import bpviz

SLOW_STAND_IN = """
import time
import bpviz
from bpviz.calculation.trace import Trace
from bpviz.worked import playable

def slow(program, givens, steps):
    time.sleep(0.1)
    return {name: Trace(program, givens).gradient(name) for name in program.names}

playable.is_imported, playable.autograd = lambda: True, slow
p = bpviz.case2().player(start="dE_dw5", panels=["truth"])
p
"""
WATCHED = """root => {
  const value = id => root.querySelector(`[data-witness=${id}]`).dataset.value;
  root.seen = {shown: 0, silent: 0, wrong: []};
  const look = () => {
    const [ours, theirs] = [value("by_hand"), value("pytorch")];
    root.seen[theirs === undefined ? "silent" : "shown"] += 1;
    if (theirs !== undefined && Math.abs(ours - theirs) > 1e-12) root.seen.wrong.push([ours, theirs]);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_no_number_of_pytorch_is_out_of_date_while_a_slider_moves(lab_context, lab):
    with run_notebook(lab_context, lab, "pytorch.ipynb", 1400, (SLOW_STAND_IN,)) as (page, watch):
        player = PlayerDriver(page, find_player(show_cell(page, 0)))
        assert read(player)["pytorch"]["sign"] == "✓"
        player.root.evaluate(WATCHED)
        with player.dragging("w5") as to:
            for share in (0.3, 0.8, 0.5):
                shown = to(share)
        wait_until(page, lambda: read(player)["pytorch"]["sign"] == "✓")
        row = read(player)["pytorch"]
        assert row["value"] == pytest.approx(bpviz.case2().run(w5=shown)["dE_dw5"], rel=1e-12)
        in_kernel(page, "p.train(10)")
        wait_until(page, lambda: read(player)["pytorch"]["note"] == "")
        assert read(player)["pytorch"]["sign"] == "✓"
        seen = player.root.evaluate("root => root.seen")
        assert seen["wrong"] == []
        assert seen["silent"] > 0, f"the row waited for its answer, and said: {WORDS['pytorch_elsewhere']}"
        assert seen["shown"] > 0
        assert not watch.complaints(), "\n".join(watch.complaints())
