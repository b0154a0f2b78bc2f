"""Writing a page and starting a player: whole files or none, and a beat by its number."""

import os
import re
import stat
from fractions import Fraction

import numpy as np
import pytest
import traitlets
from page_state import state_of

import bpviz
from bpviz.ground.files import write
from bpviz.views.player.page import html
from bpviz.views.player.player import Player
from bpviz.views.score.score import score

SCORE = score(bpviz.neuron())
LAST = len(SCORE["variants"][0]["beats"]) - 1


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_policy_lets_a_page_run_itself_and_nothing_else():
    allowed = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html(SCORE))[1]
    assert set(allowed.split("; ")) == {
        "default-src 'none'",
        "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
    }


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_usual_permissions(tmp_path, mask):
    old = os.umask(mask)
    try:
        write(tmp_path / "new.html", "ü")
    finally:
        os.umask(old)
    assert mode(tmp_path / "new.html") == 0o666 & ~mask
    assert (tmp_path / "new.html").read_bytes() == "ü".encode()


def test_an_old_file_keeps_its_permissions_and_a_link_its_file(tmp_path):
    file, link = tmp_path / "page.html", tmp_path / "link.html"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert mode(file) == 0o640
    assert sorted(tmp_path.iterdir()) == [link, file]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("", IsADirectoryError, "cannot write '': a file needs a name"),
        (".", IsADirectoryError, "cannot write '.': a file needs a name"),
        ("folder", IsADirectoryError, "cannot write 'folder': a file needs a name"),
        ("missing/page.html", FileNotFoundError, "cannot write 'missing/page.html': there is no folder '.*missing'"),
        ("x" * 300, OSError, "cannot write 'x+': File name too long"),
        ("pipe", OSError, "cannot write 'pipe': this is a device or a pipe"),
    ],
)
def test_what_cannot_be_written_is_named_and_nothing_is_left(tmp_path, monkeypatch, name, error, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(error, match=message):
        write(name, "text")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "pipe"]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("path", "title", "error", "message"),
    [
        (None, None, TypeError, "the path of a file must be a text or a pathlib.Path, not None"),
        (5, None, TypeError, "the path of a file must be a text or a pathlib.Path, not 5"),
        (b"a.html", None, TypeError, "the path of a file must be a text or a pathlib.Path, not b'a.html'"),
        ("a\0b", None, ValueError, r"cannot write 'a\\x00b': a path holds no null character"),
        ("a.html", 5, TypeError, "the title of a page must be a text, not 5"),
    ],
)
def test_what_is_no_path_or_title_is_refused(tmp_path, monkeypatch, path, title, error, message):
    monkeypatch.chdir(tmp_path)
    for ex in (bpviz.neuron(), bpviz.neuron().player()):
        with pytest.raises(error, match=message):
            ex.to_html(path, title)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(file, "\ud800")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(("start", "beat"), [(0, 0), (-1, LAST), (np.int64(3), 3), (LAST, LAST)])
def test_a_view_starts_at_a_beat_by_its_number(start, beat):
    assert Player(SCORE, start=start).beat == beat
    assert state_of(html(SCORE, start=start))["beat"] == beat


@pytest.mark.parametrize("start", [LAST + 1, -LAST - 2, True, 1.0, None, "network", [0], np.array([0, 1])])
def test_a_beat_that_does_not_exist_is_refused(start):
    for view in (html, Player):
        with pytest.raises(ValueError, match=f"no beat .*; beats are 0 to {LAST}$"):
            view(SCORE, start=start)


@pytest.mark.parametrize("value", [None, "0.5", True, np.nan, np.inf, 1j, 10**400, np.longdouble("1e400"), [0.5]])
def test_a_given_of_a_player_is_a_finite_number(value):
    player = Player(SCORE)
    with pytest.raises(traitlets.TraitError, match="w1 must be"):
        player.w1 = value
    assert player.w1 == next(g["value"] for g in SCORE["givens"] if g["name"] == "w1")


@pytest.mark.parametrize("value", [1, np.float32(1), np.int8(1), Fraction(2, 2)])
def test_a_given_of_a_player_is_a_float(value):
    player = Player(SCORE)
    player.w1 = value
    assert type(player.w1) is float


PANELS = "training, slice, surface, truth, data, schedules, table, switches"
NO_PANELS = [
    ("truth", TypeError, f"panels must be a list of {PANELS}, not 'truth'"),
    (7, TypeError, f"panels must be a list of {PANELS}, not 7"),
    ({"truth"}, TypeError, f"panels must be a list of {PANELS}, not {{'truth'}}"),
    (["truth", "graph"], ValueError, f"no panel 'graph'; panels are {PANELS}"),
    ([["truth"]], ValueError, f"no panel .*; panels are {PANELS}"),
    ([None], ValueError, f"no panel None; panels are {PANELS}"),
    (["truth", "slice", "truth"], ValueError, "panel 'truth' is named twice"),
]


@pytest.mark.parametrize(("panels", "error", "message"), NO_PANELS)
def test_panels_that_do_not_exist_are_refused(tmp_path, panels, error, message):
    example = bpviz.neuron()
    with pytest.raises(error, match=message):
        example.player(panels=panels)
    with pytest.raises(error, match=message):
        example.to_html(tmp_path / "page.html", panels=panels)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("panels", "standing"),
    [
        (None, PANELS.replace("schedules, ", "").replace("surface, ", "").split(", ")),
        ([], []),
        (("table", "slice"), ["slice", "table"]),
    ],
)
def test_panels_stand_in_one_order(panels, standing):
    assert bpviz.neuron().player(panels=panels).panels == standing


def test_panels_stay_as_chosen():
    player = bpviz.neuron().player(panels=["truth"])
    with pytest.raises(AttributeError, match="'panels' cannot be set"):
        player.panels = ["slice"]
    assert player.panels == ["truth"]


def test_a_player_is_not_saved_where_nothing_can_be_written(tmp_path):
    player = bpviz.neuron().player()
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        player.to_html(tmp_path / "missing" / "page.html")
    (tmp_path / "page.html").write_text("old")
    player.to_html(tmp_path / "page.html", title="<Mine>")
    assert "<title>&lt;Mine&gt;</title>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
