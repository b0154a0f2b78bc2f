"""Worked examples that people meet elsewhere, with the numbers of their sources: `textbook`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import overload

from bpviz.cases.network import network
from bpviz.cases.textbooks.book import Book, Page
from bpviz.cases.textbooks.entropies import ENTROPIES
from bpviz.cases.textbooks.neurons import NEURONS
from bpviz.cases.textbooks.squares import SQUARES
from bpviz.ground.checked import shown
from bpviz.ground.tables import Row, Table
from bpviz.ground.words import words
from bpviz.telling.story import Text
from bpviz.worked import WorkedExample

BOOKS: Mapping[str, Book] = SQUARES | ENTROPIES | NEURONS


class Textbooks(Table, tuple[str, ...]):
    """The names of all sources; prints as a table of what each is."""

    def header(self) -> Row:
        """Return the column headings."""
        return tuple(words().section("textbooks.columns").values())

    def rows_as_text(self) -> Sequence[Row]:
        """Return one row per source."""
        return [self._row(name) for name in self]

    def summary(self) -> str:
        """Return how to open one."""
        return words()["textbooks.open"]

    def _row(self, name: str) -> Row:
        table, book = words(), BOOKS[name]
        choices = "; ".join(f"{switch}: {', '.join(book.choices(switch))}" for switch in book.switches)
        note = table.get(f"textbooks.{name}.note", "")
        return (name, table[f"textbooks.{name}.title"], choices, book.work or table["textbooks.unsigned"], note)


@overload
def textbook(name: None = None, start: None = None, loss: None = None) -> Textbooks: ...
@overload
def textbook(name: str, start: str | None = None, loss: str | None = None) -> WorkedExample: ...
def textbook(name: str | None = None, start: str | None = None, loss: str | None = None) -> WorkedExample | Textbooks:
    """Return a worked example from elsewhere, a `network` with the numbers of its source; without a name, their list.

    `ex.published()` puts the printed figures beside ours and explains where the source slips. `start`: "near" or
    "saturated" of "nielsen"; "active", "dead" or "kink" of "relu_neuron". `loss`: "quadratic" or "cross_entropy" of
    "nielsen", whose learning rate is 0.15 for both.
    Raises ValueError, showing the choices, for a name or a choice that does not exist.
    """
    asked = {"start": start, "loss": loss}
    if name is None:
        for switch in (switch for switch, value in asked.items() if value is not None):
            raise ValueError(f"{switch} chooses within a textbook; give its name, too: {_having(switch)}")
        return Textbooks(BOOKS)
    if not isinstance(name, str) or name not in BOOKS:
        raise ValueError(f"no textbook {shown(name)}; textbooks are {', '.join(BOOKS)}")
    chosen = {switch: _chosen(name, switch, value) for switch, value in asked.items()}
    return as_textbook(network(**_page(name, chosen).options), name, chosen)


def as_textbook(ex: WorkedExample, name: str, chosen: Mapping[str, str]) -> WorkedExample:
    """Return a network with the title, the citation and the printed figures of a textbook.

    Raises ValueError for a textbook or a choice that does not exist, and for a network of another shape.
    """
    page = _page(name, chosen)
    if any(figure.name not in ex.program for figure in page.figures):
        raise ValueError(f"it is no network of the textbook {name}")
    choices = {switch: chosen[switch] for switch in BOOKS[name].switches}
    return replace(
        ex,
        name=name,
        heading=Text(f"textbooks.{name}.title"),
        figures=page.figures,
        citation=BOOKS[name].citation or words()["textbooks.unsigned"],
        kept={**(ex.kept or {}), "textbook": {"name": name, **choices}},
    )


def _page(name: str, chosen: Mapping[str, str]) -> Page:
    if name not in BOOKS:
        raise ValueError(f"no textbook {shown(name)}; textbooks are {', '.join(BOOKS)}")
    switches = BOOKS[name].switches
    for switch in switches:
        if chosen.get(switch) not in BOOKS[name].choices(switch):
            raise ValueError(f"no {switch} {shown(chosen.get(switch))} of {name}")
    return BOOKS[name].pages[tuple(chosen[switch] for switch in switches)]


def _chosen(name: str, switch: str, value: str | None) -> str:
    """The choice asked for, or the default; "" where there is no such switch."""
    choices = BOOKS[name].choices(switch)
    if value is None:
        return next(iter(choices), "")
    if not choices:
        raise ValueError(f"{name} has no {switch} to choose; {_having(switch)}")
    if value not in choices:
        raise ValueError(f"no {switch} {shown(value)} of {name}; choices are {', '.join(choices)}")
    return value


def _having(switch: str) -> str:
    there = [name for name, book in BOOKS.items() if switch in book.switches]
    return f"{', '.join(there)} {'has' if len(there) == 1 else 'have'} one"
