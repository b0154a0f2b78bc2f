"""From entries of the words table to what is shown: rich text with live numbers, or plain text."""

import re
from collections.abc import Iterator, Mapping

from bpviz.ground.numbers import format_number
from bpviz.ground.words import Words
from bpviz.telling.story import Text
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import Run

NO_BREAK = "\u00a0"
"""A space at which no line ends."""

_TOKEN = re.compile(r"\*\*|\{(\w+)(=?)\}")


def _tokens(text: Text, words: Words) -> Iterator[tuple[str, str]]:
    """Yield ("text", t), ("bold", ""), ("symbol", name) and ("value", name) in order."""
    template = (text.said or words[text.key]) + (f" {words[text.then]}" if text.then else "")
    end = 0
    for match in _TOKEN.finditer(template):
        yield "text", template[end : match.start()]
        end = match.end()
        if match[1] is None:
            yield "bold", ""
        else:
            yield "value" if match[2] else "symbol", _parameter(text, match[1], words)
    yield "text", template[end:]


def _parameter(text: Text, name: str, words: Words) -> str:
    """The quantity, neuron or text that fills a gap; a neuron without a symbol has a name in the words table."""
    try:
        return words.get(f"neurons.{text.params[name]}", text.params[name])
    except KeyError:
        choices = ", ".join(text.params) or "no parameters"
        raise KeyError(f"the words at {text.key or text.said!r} ask for {{{name}}}; there are {choices}") from None


def rich(text: Text, words: Words, notation: Notation) -> list[Run]:
    """Return `text` as runs of rich text; a parameter that has a symbol is shown by it."""
    runs: list[Run] = []
    style = ""
    for kind, what in _tokens(text, words):
        if kind == "bold":
            style = "" if style else "b"
        elif kind == "value":
            runs.append({"bp": what, "style": style})
        elif kind == "symbol" and what in notation:
            runs += notation[what].rich
        elif what:
            runs.append([style, what.replace(" · ", f"{NO_BREAK}·{NO_BREAK}")])
    return runs


def plain(text: Text, words: Words, notation: Notation, values: Mapping[str, float]) -> str:
    """Return `text` as plain text with today's numbers."""
    pieces = []
    for kind, what in _tokens(text, words):
        if kind == "value":
            pieces.append(format_number(values[what]))
        elif kind == "symbol" and what in notation:
            pieces.append(notation[what].plain)
        elif kind != "bold":
            pieces.append(what)
    return "".join(pieces)
