"""Text as spans of one face each: how wide it is, rich text with numbers, and breaking it into lines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties, findfont, get_font, get_font_names
from matplotlib.textpath import text_to_path

from bpviz.ground.numbers import format_number
from bpviz.ground.texts import one_line
from bpviz.views.look import TEXT
from bpviz.writing.symbols import PRIME, Run

NOT_COMPUTED = "·"
SMALLEST = 0.3
"""A line is never written at less than this part of its size."""
LINE = 1.4
"""Distance of two baselines, in units of the font size."""

# DejaVu comes with matplotlib; the others serve languages it has no letters for, where they are installed.
_FALLBACKS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans", "Arial Unicode MS")
_EAST_ASIAN = "\u2e80", "\uffef"
"""The first and the last of the letters at each of which a line may end."""
_PIECES = re.compile(r" · |\s+|\S+")
"""A dot that multiplies, beside which no line ends, or spaces, or a word."""
# not compiled here: a set of so many letters takes longer than all other patterns
_EAST_ASIAN_PIECES = r" · |\s+|[\u2e80-\uffef][，。、；：？！）」』]*|[^\s\u2e80-\uffef]+"
"""The same, or one East Asian letter with the punctuation that must not begin a line."""


@dataclass(frozen=True)
class Span:
    """A stretch of text in one face; `lead` before it, `size`, `shift` (down) in model units; `name`: whose value."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    mono: bool = False
    shift: float = 0.0
    lead: float = 0.0
    name: str = ""

    @property
    def blank(self) -> bool:
        """True for spaces."""
        return self.text.isspace()

    @property
    def width(self) -> float:
        """How far the text reaches, in model units."""
        return self.lead + self.size * _width(self.text, self.bold, self.italic, self.mono)


Line = list[Span]


def face(text: str, size: float, bold: bool = False, italic: bool = False, mono: bool = False) -> FontProperties:
    """Return the font of a text, `size` in points; it is not for changing.

    It is named by its file where it has every letter of the text: matplotlib looks a family up again for each size.
    """
    file, letters = _file(bold, italic, mono)
    if letters.issuperset(map(ord, text)):
        return _in_file(file, size)
    font = _family(bold, italic, mono, _fallbacks())
    font.set_size(size)
    return font


@cache
def _in_file(file: str, size: float) -> FontProperties:
    return FontProperties(fname=file, size=size)


def _family(bold: bool, italic: bool, mono: bool, others: tuple[str, ...] = ()) -> FontProperties:
    first = "DejaVu Sans Mono" if mono else "DejaVu Sans"
    weight = "bold" if bold else "normal"
    return FontProperties(family=[first, *others], weight=weight, style="italic" if italic else "normal")


@cache
def _file(bold: bool, italic: bool, mono: bool) -> tuple[str, frozenset[int]]:
    """The file of a face, and the code points of its letters; matplotlib's own, or the one that it looks up."""
    style = "Bold" * bold + "Oblique" * italic
    own = Path(matplotlib.get_data_path(), "fonts", "ttf", f"DejaVuSans{'Mono' * mono}{style and '-' + style}.ttf")
    file = str(own) if own.is_file() else findfont(_family(bold, italic, mono))
    return file, frozenset(get_font(file).get_charmap())


@cache
def _fallbacks() -> tuple[str, ...]:
    installed = set(get_font_names())
    return tuple(name for name in _FALLBACKS if name in installed)


@cache
def _width(text: str, bold: bool, italic: bool, mono: bool) -> float:
    font = face(text, 1, bold, italic, mono)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0])


def spans(runs: Iterable[Run], size: float, values: Mapping[str, float], bold: bool = False) -> Line:
    """Return rich text as spans, one for each word and each space; a live number that is not in `values` is a dot."""
    line: Line = []
    for run in runs:
        if isinstance(run, dict):
            line.append(number(run["bp"], size, values, bold or run["style"] == "b"))
            continue
        style, text = run
        index = style.removesuffix("i") in ("sub", "sup")
        whole = Span(
            text,
            size * TEXT["index_size"] if index else size,
            bold=bold or style == "b",
            italic=style.endswith("i"),
            shift=size * TEXT[style.removesuffix("i")] / TEXT["size"] if index else 0.0,
            lead=size * _lead(text, style) / TEXT["size"],
        )
        line += [replace(whole, text=piece) for piece in _pieces(one_line(text))]
    return line


def _pieces(text: str) -> list[str]:
    """Return the spaces and words of a text, or what else no line may end within."""
    return re.findall(_EAST_ASIAN_PIECES, text) if any(map(_is_east_asian, text)) else _PIECES.findall(text)


def _is_east_asian(letter: str) -> bool:
    return _EAST_ASIAN[0] <= letter <= _EAST_ASIAN[1]


def _lead(text: str, style: str) -> float:
    """Return how far a run keeps from the one before it: neither lies on the bow of a slanting letter."""
    return TEXT["prime"] if text == PRIME else TEXT["before_index"] if style in ("sub", "subi") else 0.0


def number(name: str, size: float, values: Mapping[str, float], bold: bool = False) -> Span:
    """Return the value of a quantity as a span."""
    text = format_number(values[name]) if name in values else NOT_COMPUTED
    return Span(text, size, bold=bold, mono=True, name=name)


def width(line: Line) -> float:
    """Return how wide a line is, in model units."""
    return sum(span.width for span in line)


def scaled(line: Line, factor: float) -> Line:
    """Return the line in another size."""
    return [replace(span, size=span.size * factor, shift=span.shift * factor, lead=span.lead * factor) for span in line]


def fitted(line: Line, room: float) -> Line:
    """Return the line, smaller if it is wider than `room`, and cut where it would be too small to read."""
    factor = min(1.0, room / max(width(line), 1e-9))
    return scaled(line, factor) if factor >= SMALLEST else scaled(_cut(line, room / SMALLEST), SMALLEST)


def _cut(line: Line, room: float) -> Line:
    """Return what fits of a line that is too wide, and an ellipsis."""
    kept: Line = []
    for span in line:
        room -= span.width
        if room < 0:
            letters = int(len(span.text) * (1 + room / span.width)) - 2
            return [*kept, replace(span, text=span.text[: max(letters, 0)] + "…")]
        kept.append(span)
    return kept


def balanced(line: Line, room: float) -> list[Line]:
    """Return the line broken into as few lines of at most `room` as it needs, all about equally wide."""
    lines = wrapped(line, room)
    while len(lines) > 1 and len(narrower := wrapped(line, room * 0.97)) == len(lines):
        lines, room = narrower, room * 0.97
    return lines


def wrapped(line: Line, room: float) -> list[Line]:
    """Return the line broken into lines of at most `room`; a word that is wider stands alone."""
    lines: list[Line] = [[]]
    for word in _words(line):
        if lines[-1] and width(lines[-1]) + width(word) > room:
            lines.append([])
        if lines[-1] or not word[0].blank:
            lines[-1] += word
    return [li[:-1] if li and li[-1].blank else li for li in lines]


def _words(line: Line) -> Iterator[Line]:
    """Yield spaces and words, a word being all that no break may part."""
    word: Line = []
    for span in line:
        if word and (span.blank or word[-1].blank or _is_east_asian(span.text[:1])):
            yield word
            word = []
        word.append(span)
    if word:
        yield word
