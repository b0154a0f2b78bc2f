"""The truth panel's row of PyTorch: its slopes beside ours, and nothing where it was asked about other numbers."""

from player_driver import open_page
from pytorch_stand_in import imported
from test_page_truth import WORDS, mains, read

import bpviz


def test_pytorch_has_a_row_beside_the_others(page, tmp_path, monkeypatch):
    imported(monkeypatch)
    ex = bpviz.case1("exact")
    player, trace = open_page(page, tmp_path, ex.player(panels=["truth"])), ex.run()
    compared = 0
    for beat, name in mains(ex):
        player.slider("step").fill(str(beat))
        row, role = read(player)["pytorch"], ex.program[name].role
        if role.by and role.of == ex.program.loss and not role.over:
            turned = -1 if name.startswith("delta") else 1
            assert row["value"] == turned * trace.gradient(role.by)
            assert (row["sign"], row["note"]) == ("✓", ""), name
            compared += 1
        else:
            assert (row["text"], row["value"], row["sign"]) == (WORDS["only_of_the_loss"], None, "")
    assert compared > 10


def test_no_number_of_pytorch_is_out_of_date(page, tmp_path, monkeypatch):
    imported(monkeypatch, factor=1 + 1e-9)
    shown = bpviz.case2().player(panels=["truth"], start="dE_dw5")
    player = open_page(page, tmp_path, shown)
    before = read(player)["pytorch"]
    assert (before["sign"], before["note"]) == ("✗", "")
    player.type_number("i2", "0.11")
    row = read(player)["pytorch"]
    assert (row["text"], row["value"], row["sign"], row["note"]) == ("", None, "", WORDS["pytorch_elsewhere"])
    player.button(WORDS["reset"]).click()
    assert read(player)["pytorch"] == before
    shown.switch(update="sequential")
    assert read(open_page(page, tmp_path, shown))["pytorch"] == before, "asked again about the same gradient"
