"""Hostile text stays text in figures, solutions and descriptions, and does not break them."""

import io
import re
import unicodedata
import warnings
from xml.etree import ElementTree

import matplotlib.text
import pytest
from hostile import TEXTS, example_of

every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@every_text
def test_an_svg_is_valid_and_holds_nothing_but_drawing(text):
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        example_of(text).draw(1).savefig(file, format="svg")
    tree = ElementTree.fromstring(file.getvalue())
    names = {element.tag.rpartition("}")[2].lower() for element in tree.iter() if isinstance(element.tag, str)}
    assert {"svg", "path"} <= names
    assert not names & {"script", "img", "image", "foreignobject", "a"}
    assert not any(key.startswith("on") for element in tree.iter() for key in element.attrib)


@every_text
def test_a_figure_keeps_its_width_and_everything_inside(text):
    still = example_of(text).draw(1)
    renderer = still.canvas.get_renderer()
    for artist in still.artists:
        if isinstance(artist, matplotlib.text.Text) and artist.get_text().strip():
            with matplotlib.rc_context({"text.hinting": "none"}):  # as the figure is drawn
                box = artist.get_window_extent(renderer)
            assert still.bbox.x0 - 1 <= box.x0, artist
            assert box.x1 <= still.bbox.x1 + 1, artist
            assert still.bbox.y0 <= box.y0, artist
    short = example_of("short").draw(1)
    assert still.get_figwidth() == short.get_figwidth()
    assert still.get_figheight() < 1.3 * short.get_figheight()


@every_text
@pytest.mark.parametrize("format", ["markdown", "latex", "text"])
def test_a_solution_has_no_control_characters_and_no_lines_of_its_own(text, format):
    shown = example_of(text).solution(format)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Zl", "Zp") and c != "\n"]
    assert len(shown.splitlines()) == len(example_of("short").solution(format).splitlines())
    assert not re.search("^# l$", shown, re.MULTILINE)


@every_text
def test_latex_stays_one_document(text):
    shown = example_of(text).solution("latex")
    assert shown.count(r"\begin{document}") == shown.count(r"\end{document}") == 1
    assert r"\input" not in shown
    assert not [c for c in shown if unicodedata.category(c) == "Cf"], "LaTeX does not know them"
    for line in shown.splitlines():
        bare = re.sub(r"\\[\\{}$%]", "", line)
        assert bare.count("{") == bare.count("}"), line[:200]
        assert bare.count("$") % 2 == 0, line[:200]
        assert "%" not in bare, line[:200]


def test_markdown_has_no_markup_of_the_texts_own():
    shown = example_of(TEXTS["markup"]).solution("markdown")
    assert not re.search(r"(?<!\\)<(?!/?su[bp]>|\{\})", shown)
    heading = example_of(TEXTS["commands"]).solution("markdown").splitlines()[0].removeprefix("# ")
    assert not re.search(r"(?<!\\)[$*`#\[\]|&~]", heading)


@every_text
def test_a_description_has_the_lines_of_any_other(text):
    lines = example_of(text).player(start=1)._repr_mimebundle_()[0]["text/plain"].splitlines()
    assert len(lines) == len(example_of("short").player(start=1)._repr_mimebundle_()[0]["text/plain"].splitlines())
