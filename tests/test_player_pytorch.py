"""What a player knows from PyTorch: asked only where it is imported, once for the same numbers, never out of date."""

import sys

import pytest
from pytorch_stand_in import imported

import bpviz
from bpviz.frameworks.autograd import is_imported


def test_a_player_asks_pytorch_about_the_numbers_as_they_are(monkeypatch):
    pytorch, ex = imported(monkeypatch), bpviz.case2()
    player = ex.player()
    assert player.pytorch["slopes"]["w5"] == ex.run()["dE_dw5"]
    player.w5 = 0.9
    assert player.pytorch["slopes"]["w5"] == ex.run(w5=0.9)["dE_dw5"]
    assert player.pytorch["givens"] == [getattr(player, given.name) for given in ex.program.givens]
    player.w5 = 0.9
    player.beat = 7
    assert len(pytorch.asked) == 2
    player.train(100)
    assert len(pytorch.asked) == 3, "eight weights change at once: it is asked once"
    assert pytorch.asked[-1]["w5"] == player.w5 != 0.9
    player.switch(update="sequential")
    assert player.pytorch["variant"] == player.variant != 0
    assert len(pytorch.asked) == 4


def test_nobody_asks_where_no_row_would_show_it(monkeypatch):
    pytorch = imported(monkeypatch)
    player = bpviz.case2().player(panels=["training", "table"])
    player.w5 = 0.9
    assert (pytorch.asked, player.pytorch) == ([], {})
    with pytest.raises(AttributeError, match="'pytorch' cannot be set: it is what PyTorch finds"):
        player.pytorch = {}


def test_where_nobody_imported_pytorch_players_leave_it_alone(monkeypatch):
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    player = bpviz.case2().player()
    player.w5 = 0.9
    assert player.pytorch == {}
    assert "torch" not in sys.modules
    monkeypatch.setitem(sys.modules, "torch", None)  # how an import is forbidden
    assert not is_imported()


def test_what_is_not_finite_is_left_out(monkeypatch):
    imported(monkeypatch, factor=float("inf"))
    assert bpviz.neuron().player().pytorch["slopes"] == {}
