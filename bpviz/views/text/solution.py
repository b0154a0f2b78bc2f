"""The whole calculation by hand, step by step: as Markdown, as a LaTeX document, or as plain text."""

from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.words import words
from bpviz.views.text.formats import FORMATS


def solution(example: Example, format: str, lang: str, trace: Trace) -> str:
    """Return the calculation of `trace` (scalars) by hand; `format` is "markdown", "latex" or "text".

    A section for each phase, in order; in it each step in symbols, with numbers, and its result.
    Raises ValueError for a format or a language that does not exist.
    """
    if not isinstance(format, str) or format not in FORMATS:
        raise ValueError(f"no format {format!r}; formats are {', '.join(FORMATS)}")
    return FORMATS[format](example, words(lang), trace).document()
