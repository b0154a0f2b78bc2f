"""Sentences: placeholders become symbols, live numbers or plain text; every beat of every variant reads well."""

import re

import pytest
from variants import EVERY_EXAMPLE

from bpviz.ground.words import Words, words
from bpviz.telling.story import Text
from bpviz.views.figure.text import spans, wrapped
from bpviz.writing.notation import Notation
from bpviz.writing.prose import plain, rich
from bpviz.writing.symbols import Symbol

TABLE = Words(
    "xx",
    {
        "t": {
            "plain": "No placeholder.",
            "mixed": "{w} moves **{w=} times** from {where}.",
            "bold": "**all bold**",
            "missing": "There is no {such}.",
        }
    },
)
NOTATION = Notation({"w5": Symbol("w", "5")})
MIXED = Text("t.mixed", {"w": "w5", "where": "here"})


def test_rich_text_holds_symbols_live_numbers_and_bold_runs():
    assert rich(MIXED, TABLE, NOTATION) == [
        ["i", "w"],
        ["sub", "5"],
        ["", " moves "],
        {"bp": "w5", "style": "b"},
        ["b", " times"],
        ["", " from "],
        ["", "here"],
        ["", "."],
    ]
    assert rich(Text("t.plain"), TABLE, NOTATION) == [["", "No placeholder."]]
    assert rich(Text("t.bold"), TABLE, NOTATION) == [["b", "all bold"]]


def test_no_line_ends_beside_a_dot_that_multiplies():
    said = Text(said="It is −target · log({w}) · **slope** · 2.", params={"w": "w5"})
    written = "".join(run[1] for run in rich(said, TABLE, NOTATION))
    assert written == "It is −target\u00a0·\u00a0log(w5)\u00a0·\u00a0slope\u00a0·\u00a02."
    line = spans(rich(said, TABLE, NOTATION), 10.0, {})
    for room in (30.0, 60.0, 90.0, 120.0):
        for broken in wrapped(line, room):
            text = "".join(span.text for span in broken)
            assert not text.startswith("·")
            assert not text.rstrip().endswith("·")


def test_plain_text_holds_todays_numbers():
    assert plain(MIXED, TABLE, NOTATION, {"w5": -0.0381}) == "w5 moves −0.0381 times from here."


def test_a_placeholder_without_a_parameter_is_an_error_that_says_where():
    with pytest.raises(KeyError) as refusal:
        rich(Text("t.missing", {"w": "w5"}), TABLE, NOTATION)
    assert refusal.value.args[0] == "the words at 't.missing' ask for {such}; there are w"
    with pytest.raises(KeyError, match="there are no parameters"):
        plain(Text("t.missing"), TABLE, NOTATION, {})


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError, match=r"the words of language 'xx' have no entry 't\.other'"):
        rich(Text("t.other"), TABLE, NOTATION)


@pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)
def test_every_title_and_caption_reads_well(ex):
    table, trace = words(), ex.run()
    for beat in ex.beats:
        for text in (beat.title, beat.caption):
            said = plain(text, table, ex.notation, trace)
            assert said.strip() == said != ""
            assert not re.search(r"[{}*]|  |None|\(\)", said), said
            for run in rich(text, table, ex.notation):
                assert run["bp"] in trace if isinstance(run, dict) else not set(run[1]) & set("{}*"), run
        caption = plain(beat.caption, table, ex.notation, trace)
        assert caption.endswith((".", "?", "!")), caption
        assert not plain(beat.title, table, ex.notation, trace).endswith("."), beat.id
        assert len(caption) <= 200, caption


@pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)
def test_every_parameter_is_a_name_or_text_without_braces(ex):
    for beat in ex.beats:
        for text in (beat.title, beat.caption):
            for value in text.params.values():
                known = value in ex.notation or value in ex.program or f"neurons.{value}" in words()
                assert value == "" or value.isdigit() or known, (beat.id, value)
