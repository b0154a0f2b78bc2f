"""The player's faces: all that it writes is in them, the one for formulas has its MATH table, pages embed them."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from variants import EVERY_EXAMPLE

import bpviz
from bpviz.ground.words import words
from bpviz.views.player import assets
from bpviz.views.player.page import html
from bpviz.views.score.score import score

FOLDER = Path(assets.__file__).parent / "faces"
FACES = sorted(path.stem for path in FOLDER.glob("*.woff2"))
ITALIC = {"δ": "𝛿", "η": "𝜂", "h": "ℎ"} | {letter: chr(ord(letter) + 0x1D3ED) for letter in "abcdefgijklmnopqrstuvwxyz"}
"""What a browser writes for a single letter in a formula."""

LARGEST = 256_000  # bytes of a page


def holds(*names: str) -> set[str]:
    """The characters that these faces hold together."""
    return {chr(code) for name in names for code in TTFont(FOLDER / f"{name}.woff2").getBestCmap()}


def text_of(tree) -> set[str]:
    """Every character of a part of a score, whatever it is made of."""
    if isinstance(tree, str):
        return set(tree)
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ()
    return set().union(*map(text_of, parts))


@pytest.fixture(scope="module")
def scores():
    return [score(ex.example) for ex in EVERY_EXAMPLE]


def test_prose_and_labels_are_written_in_them(scores):
    shown = set("".join(words().values()))
    for made in scores:
        shown |= text_of([made[part] for part in made if part not in ("rows", "quantities")])
    assert shown - {"\n"} - holds("sans", "signs") == set()


def test_numbers_are_written_in_them():
    shown = set("0123456789−.×⁰¹²³⁴⁵⁶⁷⁸⁹⁻∞·+e()nan")
    for name in ("mono", "mono-bold"):
        assert shown - holds(name) == set(), name


def test_formulas_are_written_in_one_with_a_maths_table(scores):
    face = TTFont(FOLDER / "maths.woff2")
    assert {"MATH", "CFF "} <= set(face.keys())
    shown = set().union(
        *(text_of([made["rows"], [each["symbol"] for each in made["quantities"].values()]]) for made in scores)
    )
    assert {ITALIC.get(letter, letter) for letter in shown} - holds("maths") == set()
    assert set(ITALIC.values()) <= holds("maths")
    variants = face["MATH"].table.MathVariants
    assert {"parenleft", "parenright"} <= set(_stretching(face, variants)), "brackets grow"


def _stretching(face, variants) -> list[str]:
    names = {glyph: chr(code) for code, glyph in face.getBestCmap().items()}
    words = {"(": "parenleft", ")": "parenright"}
    return [words.get(names.get(glyph, ""), glyph) for glyph in variants.VertGlyphCoverage.glyphs]


def test_a_page_embeds_each_once_and_its_policy_allows_it(scores):
    page = html(scores[0])
    embedded = re.findall(r'@font-face\{font-family:"(bpviz \w+)"', page)
    assert len(embedded) == len(FACES) == page.count("data:font/woff2;base64,")
    assert "font-src data:" in page
    assert assets.style().count("@font-face") == len(FACES)
    assert "font/woff2" not in assets.widget_module() + assets.page_script()


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.neuron, lambda: bpviz.case1("exact", data="xor")])
def test_a_page_stays_small(make):
    assert len(html(score(make())).encode()) < LARGEST


def test_every_face_has_its_licence():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in FACES:
        assert f"`{name}.woff2`" in readme
    for licence in set(re.findall(r"`(LICENSE-[\w-]+\.txt)`", readme)):
        assert (FOLDER / licence).stat().st_size > 1000
    assert {path.name for path in FOLDER.glob("LICENSE*")} == set(re.findall(r"`(LICENSE-[\w-]+\.txt)`", readme))
