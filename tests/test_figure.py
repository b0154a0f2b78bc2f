"""Stills of every beat: what stands on them, where, in which colour, and that it can be read."""

import dataclasses
import functools
import io
import itertools
import math
import re
import subprocess
import sys
import warnings

import matplotlib
import nbformat
import numpy as np
import pytest
from matplotlib.colors import same_color
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from nbclient import NotebookClient
from PIL import Image

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.ground.words import words
from bpviz.telling.story import Text
from bpviz.views.figure import drawing
from bpviz.views.figure.equations import Equation, aligned, draw_equations
from bpviz.views.figure.sheet import Sheet
from bpviz.views.figure.still import still_of
from bpviz.views.figure.text import balanced, spans, width, wrapped
from bpviz.writing.markup import latex_number
from bpviz.writing.prose import rich
from bpviz.writing.shown import formula_rows

EXAMPLES = {
    "case2": bpviz.case2(),
    "sequential": bpviz.case2(update="sequential", train_biases=True),
    "relu": bpviz.case2(activation="relu"),
    "neuron": bpviz.neuron(),
    "case1": bpviz.case1(),
    "case1 exact": bpviz.case1("exact", {1: "tanh", 2: "relu", 6: "identity"}),
}
LONG = {
    "case2": {
        "w1": -123.456,
        "w5": 1e-7,
        "w6": -12345.678,
        "w3": -1.23456e-5,
        "b1": -123.456,
        "i1": 123.456,
        "eta": 1e6,
    },
    "neuron": {"w1": -123.456, "w2": 1.23456e-7, "x1": -12345.678, "target": -1.23456e-7, "b": -1e9, "eta": 1e6},
}
LONG["case1"] = {
    "w_x1_1": -123.456,
    "w_x2_3": -1.23456e-5,
    "w14": 1e-7,
    "w35": -1e-300,
    "w46": -12345.678,
    "x1": 123.456,
    "z": -1.23456e-7,
    "eta": 1e6,
}
LONG["case1 exact"] = LONG["case1"]
LONG["sequential"] = LONG["case2"] | {"target_o1": -1.23456e-7, "w7": -1e-300}
RUNS = [(name, False) for name in EXAMPLES] + [(name, True) for name in LONG]
every_run = pytest.mark.parametrize(("name", "long"), RUNS, ids=[f"{n} {'long' if g else 'default'}" for n, g in RUNS])


@functools.cache
def drawn(name, index, long=False):
    """A still, drawn once for all tests that look at it."""
    return EXAMPLES[name].draw(index, **(LONG[name] if long else {}))


def own_beats(name):
    """The numbers of the beats that CASE 2 as printed does not tell in the same picture and formulas already."""

    def told(example):
        return [(beat, [list(formula_rows(example.program, each)) for each in beat.formulas]) for beat in example.beats]

    known = told(EXAMPLES["case2"]) if name != "case2" else []
    return [index for index, beat in enumerate(told(EXAMPLES[name])) if beat not in known]


def light(name):
    return LIGHT_AND_DARK[name][0]


def artists(still, label):
    return [artist for artist in still.artists if artist.get_label() == label]


def artist(still, label):
    (found,) = artists(still, label)
    return found


def edge(still, name):
    line = artist(still, f"edge {name}")
    return line, list(zip(*line.get_data(), strict=True))


def texts(still):
    return [a for a in still.artists if isinstance(a, matplotlib.text.Text)]


def shown_until(example, index):
    revealed = {name for beat in example.beats[: index + 1] for name in beat.reveals}
    return revealed | {given.name for given in example.program.givens}


# -- numbers ----------------------------------------------------------------------------------------------------------


@every_run
def test_every_number_is_the_traces_or_a_dot(name, long):
    example, trace = EXAMPLES[name], EXAMPLES[name].run(**(LONG[name] if long else {}))
    for index in own_beats(name):
        known = shown_until(example, index)
        values = [t for t in texts(drawn(name, index, long)) if t.get_label().startswith("value ")]
        for text in values:
            quantity = text.get_label().removeprefix("value ")
            assert text.get_text() == (format_number(trace[quantity]) if quantity in known else "·"), (index, quantity)
        cells = {cell for node in example.scene.nodes for cell in node.cells}
        assert cells <= {text.get_label().removeprefix("value ") for text in values}


def test_the_first_beat_shows_dots_and_the_last_none():
    example = EXAMPLES["case2"]
    dots = [t for t in texts(example.draw("network")) if t.get_text() == "·" and t.get_label() != "text"]
    assert {t.get_label() for t in dots} == {
        f"value {c}" for n in example.scene.nodes for c in n.cells[:] if c[0] != "i"
    }
    assert not [t for t in texts(example.draw()) if t.get_text() == "·" and t.get_label() != "text"]


def test_an_activation_is_filled_once_it_is_computed():
    example = EXAMPLES["case2"]
    assert not artists(example.draw("net_h1"), "activation h1")
    assert same_color(artist(example.draw("out_h1"), "activation h1").get_facecolor(), light("forward-soft"))


def test_long_numbers_are_made_smaller_not_cut():
    still = EXAMPLES["case2"].draw(1, **LONG["case2"])
    plain, long = artist(EXAMPLES["case2"].draw(1), "value net_h1"), artist(still, "value net_h1")
    assert long.get_text() == format_number(EXAMPLES["case2"].run(**LONG["case2"])["net_h1"])
    assert long.get_fontsize() < plain.get_fontsize()


# -- nodes and edges --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["case2", "neuron", "case1", "case1 exact"])
def test_the_ring_is_round_what_is_in_focus(name):
    example = EXAMPLES[name]
    places = {node.id: node.center for node in example.scene.nodes}
    for index, beat in enumerate(example.beats):
        still = drawn(name, index)
        rings = [a for a in still.artists if a.get_label().startswith("ring ")]
        assert [r.get_label() for r in rings] == [f"ring {n.id}" for n in example.scene.nodes if n.id in beat.focus]
        for ring in rings:
            box = ring.get_path().get_extents(ring.get_patch_transform())
            middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
            assert middle == pytest.approx(places[ring.get_label().removeprefix("ring ")])
            assert same_color(ring.get_edgecolor(), light("focus"))


def test_a_negative_weight_is_dashed_and_vermilion_a_positive_one_neither():
    still = EXAMPLES["neuron"].draw("network")
    negative, positive = artist(still, "edge x2→n"), artist(still, "edge x1→n")
    assert negative.is_dashed()
    assert negative.get_color() == light("negative")
    assert not positive.is_dashed()
    assert positive.get_color() == light("muted")


def test_an_edge_is_as_thick_as_its_weight_is_large_up_to_a_limit():
    example = EXAMPLES["case2"]
    thickness = [
        artist(example.draw(0, w5=w), "edge h1→o1").get_linewidth() for w in (0.0, 0.4, -1.0, 2.0, 50.0, 1e300)
    ]
    assert thickness[:4] == sorted(set(thickness[:4]))
    assert thickness[0] > 0
    assert thickness[4] == thickness[5]


def test_the_signal_runs_forward_in_blue_and_the_error_back_in_plum():
    example = EXAMPLES["case2"]
    scene = {e.id: e for e in example.scene.edges}
    line, (start, end) = edge(example.draw("net_o1"), "h1→o1")
    assert line.get_color() == light("forward")
    assert start == scene["h1→o1"].start
    tip = max(artist(example.draw("net_o1"), "head h1→o1").get_xy().tolist())
    assert end[0] < tip[0] < scene["h1→o1"].end[0]
    still = example.draw("dE_dw5")
    line, (start, end) = edge(still, "h1→o1")
    assert line.get_color() == light("backward")
    assert start == scene["h1→o1"].end
    tip = min(artist(still, "head h1→o1").get_xy().tolist())
    assert end[0] > tip[0] > scene["h1→o1"].start[0]
    assert [a.get_label() for a in still.artists if a.get_label().startswith("head ")] == ["head h1→o1"]


def test_an_error_has_a_shape_of_its_own():
    forward, backward = EXAMPLES["case1"].draw("y4"), EXAMPLES["case1"].draw("delta1")
    assert not [a for a in forward.artists if a.get_label().startswith("diamond ")]
    assert {a.get_label() for a in backward.artists if a.get_label().startswith("diamond ")} == {
        "diamond 1→4",
        "diamond 1→5",
    }
    assert notch(forward, "1→4") == pytest.approx(0)
    assert notch(backward, "1→4") > 3


def notch(still, edge):
    """How far the back of an arrowhead is cut in, in model units."""
    _, left, back, right = artist(still, f"head {edge}").get_xy()[:4]
    return math.dist(back, (left + right) / 2)


def test_what_is_not_lit_is_paler_and_lies_below():
    still = EXAMPLES["case2"].draw("dE_dw6")
    lit, dim = artist(still, "edge h2→o1"), artist(still, "edge i1→h1")
    assert dim.get_zorder() < lit.get_zorder()
    assert sum(matplotlib.colors.to_rgb(dim.get_color())) > sum(matplotlib.colors.to_rgb(light("muted")))
    assert same_color(artist(still, "outline h2").get_edgecolor(), light("ink"))
    assert same_color(artist(still, "outline h1").get_edgecolor(), light("edge"))


def test_a_chip_takes_the_place_of_the_label_and_has_its_tone():
    still = EXAMPLES["case2"].draw("dE_dw5")
    assert same_color(artist(still, "chip h1→o1").get_edgecolor(), light("backward"))
    assert same_color(artist(still, "chip h1→o1").get_facecolor(), light("backward-soft"))
    assert same_color(artist(still, "chip h2→o1").get_facecolor(), light("paper"))
    assert artist(still, "value dE_dw5").get_text() == format_number(EXAMPLES["case2"].run()["dE_dw5"])
    assert not artists(still, "value w5")


# -- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_title_and_caption_stand_there_whole(name):
    example, table = EXAMPLES[name], words("en")
    trace = example.run()
    for index, beat in enumerate(example.beats):
        still = drawn(name, index)
        said = "".join(t.get_text() for t in texts(still) if not t.get_label().startswith("formula")).replace(" ", "")
        for text in (beat.title, beat.caption):
            runs = rich(text, table, example.notation)
            whole = "".join(format_number(trace[r["bp"]]) if isinstance(r, dict) else r[1] for r in runs)
            assert "".join(whole.split()) in said, beat.id
        assert example.title().replace(" ", "") in said


def test_the_present_phase_is_marked():
    for beat, phase in (("net_h1", "forward"), ("E_o1", "loss"), ("dE_dw5", "backward"), ("done", "update")):
        still = EXAMPLES["case2"].draw(beat)
        assert same_color(artist(still, "phase").get_facecolor(), light(f"{phase}-soft"))


def test_formula_rows_end_in_the_result_and_align_at_the_equals_sign():
    still, trace = EXAMPLES["case2"].draw("dE_dw6"), EXAMPLES["case2"].run()
    rows = [artist(still, f"formula {k} right") for k in range(3)]
    assert rows[-1].get_text() == r"$0.1385 \cdot 0.5969 = \mathbf{0.0827}$"
    assert rf"\mathbf{{{latex_number(format_number(trace['dE_dw6']))}}}" in rows[-1].get_text()
    assert r"\delta_{\mathrm{o1}}" in rows[0].get_text()
    for side in ("sign", "right"):
        assert len({artist(still, f"formula {k} {side}").get_position()[0] for k in range(3)}) == 1
    heights = [row.get_position()[1] for row in rows]
    assert heights == sorted(heights)


@pytest.mark.parametrize(("rows", "factors"), [(1, 20), (12, 1)], ids=["wide", "high"])
def test_a_formula_that_is_too_large_is_made_smaller(rows, factors):
    sheet = Sheet(0, 0, 760, 200)
    equation = Equation("x", r" \cdot ".join([r"(1 - 123.4560)"] * factors))
    placed = aligned([equation] * rows, (700, 150))
    assert placed.height <= 150
    draw_equations(sheet, placed, 20)
    figure = still_of(sheet)
    left = artists(figure, "formula 0 left")[0].get_window_extent()
    right = artists(figure, "formula 0 right")[0].get_window_extent()
    assert left.x0 >= 29
    assert right.x1 <= 731


def test_text_that_looks_like_markup_stays_text():
    example = EXAMPLES["case2"]
    hostile = r"$\frac{1}$<b>%{x}^_\\"
    beat = dataclasses.replace(example.beats[-1], caption=Text("captions.update", {"w": hostile}))
    still = dataclasses.replace(example, beats=(beat,)).draw()
    still.savefig(io.BytesIO())
    assert hostile in [t.get_text() for t in texts(still)]


def test_lines_are_no_wider_than_their_room_and_about_equal():
    line = spans([["", "one two three four five six seven eight nine ten "], ["b", "eleven"], ["", "."]], 15, {})
    broken = balanced(line, 300)
    assert "".join(s.text for part in broken for s in part).replace(" ", "") == "".join(s.text for s in line).replace(
        " ", ""
    )
    assert len(broken) == len(wrapped(line, 300)) == 2
    assert all(width(part) <= 300 for part in broken)
    assert max(map(width, broken)) < 1.4 * min(map(width, broken))
    assert [s.text for s in broken[-1][-2:]] == ["eleven", "."]


def test_east_asian_text_breaks_between_letters_but_not_before_a_full_stop():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # where no such font is installed
        line = spans([["", "误差沿着边返回。"]], 15, {})
        broken = wrapped(line, 7.5 * line[0].width)  # room for all but the full stop
    assert "".join(s.text for part in broken for s in part) == "误差沿着边返回。"
    assert len(broken) > 1
    assert not any(part[0].text.startswith("。") for part in broken)


# -- nothing overlaps, nothing is cut ---------------------------------------------------------------------------------


def boxes(still, wanted):
    renderer = still.canvas.get_renderer()
    found = [a for a in still.artists if wanted(a)]
    return [(a.get_label(), a.get_window_extent(renderer)) for a in found]


def assert_apart(found, slack):
    for (a, one), (b, other) in itertools.combinations(found, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert wide <= slack or high <= slack, f"{a} and {b} overlap by {wide:.1f} × {high:.1f}"


@every_run
def test_nothing_overlaps_and_nothing_is_cut(name, long):
    for index in own_beats(name):
        still = drawn(name, index, long)
        page = still.bbox
        words_and_numbers = boxes(still, lambda a: isinstance(a, matplotlib.text.Text))
        frames = boxes(still, lambda a: isinstance(a, Patch) and a.get_label().split()[0] in ("chip", "outline"))
        for label, box in words_and_numbers + frames:
            inside = page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
            assert inside, f"{label} leaves the page at beat {index}"
        # letters of one word touch, and a box is a little larger than its letter
        assert_apart(words_and_numbers, slack=2.5)
        assert_apart(frames, slack=0.0)


@every_run
def test_numbers_stay_in_their_cells(name, long):
    example = EXAMPLES[name]
    still = drawn(name, len(example.beats) - 1, long)
    renderer = still.canvas.get_renderer()
    for node in example.scene.nodes:
        outline = artist(still, f"outline {node.id}").get_window_extent(renderer)
        room = outline.width / len(node.cells)
        for k, cell in enumerate(node.cells):
            middle = outline.x0 + (k + 0.5) * room
            inside = [
                box
                for text in artists(still, f"value {cell}")
                if outline.contains(*(box := text.get_window_extent(renderer)).min) and outline.contains(*box.max)
            ]
            assert len(inside) == 1, cell
            assert middle - room / 2 <= inside[0].x0
            assert inside[0].x1 <= middle + room / 2


# -- which beat, and out into the world -------------------------------------------------------------------------------


def test_an_unknown_beat_is_refused_with_the_choices():
    for wrong in ("dE_dw9", 44, -45, 1.5, True):
        with pytest.raises(ValueError, match=r"no beat .*path_w5.*w4_next"):
            EXAMPLES["case2"].draw(wrong)
    with pytest.raises(ValueError, match="languages are"):
        EXAMPLES["case2"].draw(lang="xx")


def test_the_beat_is_found_by_id_by_quantity_and_by_number():
    example = EXAMPLES["case2"]
    assert repr(example.draw("path_w5")) == "<figure: CASE 2 · One path from w5 to E_total>"
    assert repr(example.draw("dnet_o1_dw6")) == repr(example.draw("dE_dw6"))
    assert repr(example.draw(-1)) == repr(example.draw()) == "<figure: CASE 2 · One round is done>"


@every_run
def test_a_still_is_as_high_as_its_parts_need(name, long):
    """It ends right under the caption, on a beat without a formula too; the diagram keeps its scale."""
    example = EXAMPLES[name]
    for index in own_beats(name):
        still = drawn(name, index, long)
        lowest = min(text.get_window_extent(still.canvas.get_renderer()).y0 for text in texts(still))
        assert 0 < lowest < 30, index
        assert 100 * still.get_figwidth() == pytest.approx(max(760.0, example.scene.width)), index
        box = artist(still, f"outline {example.scene.nodes[0].id}").get_window_extent(still.canvas.get_renderer())
        assert box.height == pytest.approx(example.scene.nodes[0].size[1], abs=1), index


def test_a_beat_without_a_formula_leaves_no_room_for_one():
    example, (last, other) = EXAMPLES["case1"], (drawn("case1", index) for index in (-1, 1))
    assert not example.beats[-1].formulas
    assert example.beats[1].formulas
    below = [100 * still.get_figheight() - 50 - example.scene.height for still in (last, other)]
    assert below[0] < 70 < below[1]


EVERY_FIGURE = {
    "beat": lambda: EXAMPLES["case2"].draw("dE_dw5"),
    "schedules": lambda: EXAMPLES["neuron"].draw_schedules({"½": [0.5] * 3}),
    "comparison": lambda: bpviz.compare_rules().draw(),
}


@pytest.mark.parametrize("make", EVERY_FIGURE.values(), ids=EVERY_FIGURE)
def test_letters_in_files_for_print_are_true_type(tmp_path, make):
    before = dict(matplotlib.rcParams)
    still = make()
    for suffix in ("pdf", "ps", "eps"):
        still.savefig(tmp_path / f"still.{suffix}")
    assert dict(matplotlib.rcParams) == before
    kinds = set(re.findall(rb"/Subtype /(Type\w+|TrueType|CIDFont\w+)", (tmp_path / "still.pdf").read_bytes()))
    assert kinds <= {b"TrueType", b"Type0", b"CIDFontType2"}
    assert b"CIDFontType2" in kinds
    for suffix in ("ps", "eps"):
        kinds = set(re.findall(rb"/FontType (\d+)", (tmp_path / f"still.{suffix}").read_bytes()))
        assert kinds == {b"42"}, suffix


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml"), ("ps", b"%!PS-Adobe"), ("eps", b"%!PS-Adobe")],
)
def test_files_are_the_same_every_time(tmp_path, monkeypatch, suffix, start):
    paths = [tmp_path / f"{year}.{suffix}" for year in range(2)]
    for year, path in enumerate(paths):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(year * 365 * 86_400))  # matplotlib's clock
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            EXAMPLES["case2"].draw("dE_dw5").savefig(str(path))
    one, two = (path.read_bytes() for path in paths)
    assert one.startswith(start)
    assert one == two


def test_a_path_that_cannot_be_written_raises(tmp_path):
    with pytest.raises(FileNotFoundError):
        EXAMPLES["case2"].draw().savefig(tmp_path / "missing" / "slide.pdf")
    with pytest.raises(ValueError, match="docx"):
        EXAMPLES["case2"].draw().savefig(tmp_path / "slide.docx")


@pytest.mark.parametrize("name", ["case2", "neuron", "case1"])
def test_the_small_png_is_small_and_always_the_same(name):
    example, trace = EXAMPLES[name], EXAMPLES[name].run(**LONG[name])
    for index in (1, len(example.beats) // 2, -1):
        png = drawing.png(example, index, "en", trace)
        assert png == drawing.png(example, index, "en", trace)
        assert len(png) < 60_000
        with Image.open(io.BytesIO(png)) as picture:
            assert picture.width >= example.scene.width
            assert not picture.info.keys() & {"Software", "Creation Time"}


@pytest.mark.parametrize("name", ["case2", "case1"])
def test_the_small_png_has_few_colours_and_looks_like_the_whole_one(name):
    example = EXAMPLES[name]
    files = (drawing.png(example, 1, "en", example.run()), example.draw(1).to_png())
    small, whole = (np.asarray(Image.open(io.BytesIO(file)).convert("RGB"), float) for file in files)
    assert len(np.unique(small.reshape(-1, 3), axis=0)) == 64
    assert abs(small - whole).mean() < 0.4
    assert (small == whole).all(axis=2).mean() > 0.95, "paper, frames and grounds keep their very colours"


def test_spaces_are_nothing_to_draw():
    assert all(text.get_text().strip() for text in texts(EXAMPLES["case2"].draw(1)))


def test_the_readers_own_style_does_not_reach_the_picture():
    ours = EXAMPLES["neuron"].draw(1).to_png()
    odd = {
        "path.sketch": (4, 100, 2),
        "text.usetex": True,
        "lines.scale_dashes": False,
        "font.size": 30,
        "figure.dpi": 30,
    }
    with matplotlib.rc_context(odd):
        assert EXAMPLES["neuron"].draw(1).to_png() == ours


def test_pyplot_is_never_loaded():
    probe = "import bpviz, sys; bpviz.case2().draw('dE_dw5').to_png(); sys.exit('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("before", ["", "import matplotlib.pyplot as plt\n"])
def test_a_notebook_shows_the_figure_exactly_once(before):
    cell = nbformat.v4.new_code_cell(f"{before}import bpviz\nbpviz.case2().draw('dE_dw5')")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "execute_result"
    assert set(output.data) == {"image/png", "text/plain"}


def test_lines_are_drawn_for_every_edge():
    for example in EXAMPLES.values():
        lines = {a.get_label() for a in example.draw(0).artists if isinstance(a, Line2D)}
        assert {f"edge {e.id}" for e in example.scene.edges} <= lines
