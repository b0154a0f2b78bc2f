"""A beat in words: what a viewer without widgets and pictures can read, and what a test can compare."""

from collections.abc import Iterable

from bpviz.calculation.trace import Trace
from bpviz.example.example import Example
from bpviz.ground.numbers import format_number
from bpviz.ground.texts import one_line
from bpviz.ground.words import words
from bpviz.telling.story import Shown
from bpviz.writing.markup import Plain
from bpviz.writing.prose import plain
from bpviz.writing.shown import formula_rows, right_side


def describe(example: Example, index: int, lang: str, trace: Trace) -> str:
    """Return the beat number `index` as text: title, caption, formulas with numbers, givens and what is computed."""
    table, beat = words(lang), example.beats[index]
    title = plain(beat.title, table, example.notation, trace)
    heading = table["text.heading"].format(
        title=one_line(example.title(lang)), number=index + 1, beats=len(example.beats), beat=title
    )
    lines = [heading, plain(beat.caption, table, example.notation, trace).replace("**", "")]
    lines += [f"  {line}" for shown in beat.formulas for line in _formula(example, shown, trace)]
    lines.append(table["text.givens"].format(values=_values(example, (g.name for g in example.program.givens), trace)))
    computed = [name for b in example.beats[: index + 1] for name in b.reveals]
    if computed:
        lines.append(table["text.results"].format(values=_values(example, computed, trace)))
    wrong = [(step, why) for step, why in trace.faults_in(lang) if step in computed]
    lines += [f"{example.notation[step].plain}: {table['player.no_number'].format(why=why)}" for step, why in wrong]
    return "\n".join(lines)


def _formula(example: Example, shown: Shown, trace: Trace) -> Iterable[str]:
    symbols, numbers = Plain(example.notation), Plain(example.notation, trace)
    for row in formula_rows(example.program, shown):
        left = symbols.symbol(row.left) if row.left else " " * len(symbols.symbol(shown.step))
        yield f"{left} = {right_side(row, symbols, numbers)}"


def _values(example: Example, names: Iterable[str], trace: Trace) -> str:
    return ", ".join(f"{example.notation[name].plain} = {format_number(trace[name])}" for name in names)
