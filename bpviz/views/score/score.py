"""The score: a worked example as versioned JSON, all a player needs to evaluate, draw and tell it."""

import json
from typing import Any

from bpviz.calculation.epochs import columns, outputs
from bpviz.calculation.program import Kind, Phase, Step
from bpviz.calculation.schedules import RISE
from bpviz.example.example import Example
from bpviz.example.family import Family
from bpviz.ground.texts import one_line
from bpviz.ground.words import DEFAULT, Words, words
from bpviz.telling.story import Beat
from bpviz.views.score.scene import chip_of, scene
from bpviz.writing.markup import MathML
from bpviz.writing.prose import rich
from bpviz.writing.shown import FormulaRow, formula_rows, right_side

FORMAT, VERSION = "bpviz-score", 1
SCHEDULED_ROUNDS = 1000
LARGEST_RATE = 20.0
"""The largest learning rate of schedules at first, as a multiple of the default."""

Json = dict[str, Any]


def score(example: Example, lang: str = DEFAULT) -> Json:
    """Return the score of `example` and its siblings in a language, valid by `score.schema.json`.

    The first variant is the example itself.
    """
    siblings, table = example.siblings(), words(lang)
    pools = Pools()
    variants = [_Scorer(sibling, table, pools).variant() for sibling in siblings]
    return _Scorer(example, table, pools).score() | {
        "switches": _switches(example.family, table),
        "variants": variants,
        "quantities": pools.quantities,
        "beats": list(pools.beats.values()),
        "rows": list(pools.rows.values()),
        **_data(example),
        **_schedules(example),
    }


def _data(example: Example) -> Json:
    if example.data is None:
        return {}
    program = example.program
    table = {
        "columns": list(columns(program)),
        "outputs": list(outputs(program)),
        "rows": [list(r) for r in example.data],
    }
    return {"data": table}


def _schedules(example: Example) -> Json:
    """What the player compares schedules by, where a learning rate trains something."""
    program = example.program
    rates = [g for g in program.givens if g.quantity.kind is Kind.LEARNING_RATE]
    if not program.feedback or len(rates) != 1:
        return {}
    default = rates[0].default
    largest = LARGEST_RATE * default if default > 0.0 else 1.0
    return {"schedules": {"of": rates[0].name, "rounds": SCHEDULED_ROUNDS, "rise": RISE, "largest": largest}}


def _switches(family: Family | None, table: Words) -> list[Json]:
    return [
        {
            "name": switch.name,
            "label": table[f"switches.{switch.name}.label"],
            "choices": [
                {"value": choice, "label": table[f"switches.{switch.name}.{str(choice).lower()}"]}
                for choice in switch.choices
            ],
        }
        for switch in (family.switches if family else ())
    ]


class Pools:
    """What several variants or beats share, each written once and pointed at by its place."""

    def __init__(self) -> None:
        """Start empty."""
        self.chips: dict[str, Json] = {}
        self.quantities: Json = {}
        self.beats: dict[str, Json] = {}
        self.rows: dict[str, Json] = {}


def _place(pool: dict[str, Json], item: Json) -> int:
    key = json.dumps(item)
    pool.setdefault(key, item)
    return list(pool).index(key)


class _MarkedMathML(MathML):
    def symbol(self, name: str) -> list[Any]:
        """Return an empty row, marked: the quantity holds its own symbol."""
        return ["mrow", {"ref": name}]


class _Scorer:
    def __init__(self, example: Example, table: Words, pools: Pools) -> None:
        self.example = example
        self.words = table
        self.symbols = _MarkedMathML(example.notation)
        self.numbers = _MarkedMathML(example.notation, values={})
        self.pools = pools

    def score(self) -> Json:
        """Everything that siblings share."""
        example, table = self.example, self.words
        return {
            "format": FORMAT,
            "version": VERSION,
            "name": example.name,
            "title": one_line(example.title(table.lang)),
            "lang": table.lang,
            "words": self._player_words(),
            "phases": [{"id": p, "label": label, "tone": p} for p, label in table.section("phases").items()],
            "groups": [
                {"label": table[f"groups.{g.label}"], "tone": g.tone, "givens": list(g.givens)} for g in example.groups
            ],
            "givens": [
                {"name": g.name, "value": g.default, "low": g.low, "high": g.high, "step": g.step}
                for g in example.program.givens
            ],
            "scene": scene(example, list(self.pools.chips.values())),
        }

    def variant(self) -> Json:
        """What this example has of its own; what it shares goes into the pools."""
        pool = self.pools.quantities
        own = {name: self._quantity(name) for name in self.example.program.names}
        for name, quantity in own.items():
            pool.setdefault(name, quantity)
        return {
            "choices": list(self.example.family.places()) if self.example.family else [],
            "program": self._program(),
            "quantities": {name: quantity for name, quantity in own.items() if quantity != pool[name]},
            "notes": self._notes(),
            "beats": [[_place(self.pools.beats, self._beat(b)), self._chips(b)] for b in self.example.beats],
        }

    def _player_words(self) -> dict[str, str]:
        """The player's words; an example may say in its own why its rule is not the slope."""
        own = self.words.get(f"cases.{self.example.name}.not_the_slope", self.words["player.not_the_slope"])
        return {**self.words.section("player"), "not_the_slope": own}

    def _program(self) -> Json:
        program, tape = self.example.program, self.example.program.tape
        return {
            "registers": tape.registers,
            "constants": [[register, value] for register, value in tape.constants.items()],
            "code": [[op, target, *sources] for op, target, sources in tape.code],
            "names": dict(tape.names),
            "feedback": dict(program.feedback),
            "loss": program.loss,
        }

    def _quantity(self, name: str) -> Json:
        item = self.example.program[name]
        symbol = self.example.notation[name]
        kind = self.words[f"kinds.{item.quantity.kind}"]
        return {
            "label": symbol.rich,
            "symbol": symbol.mathml,
            "speak": f"{kind} {symbol.plain}",
            "phase": str(getattr(item, "phase", "given")),
            **self._check(name),
            **self._published(name),
        }

    def _error_of(self, output: str) -> str:
        found = (
            s.name for s in self.example.program.steps if s.quantity.kind is Kind.LOSS and s.quantity.place == output
        )
        return next(found, "")

    def _check(self, name: str) -> Json:
        """What a central difference of this quantity would be taken of, and by: [of, by], where it is a derivative.

        An error signal points downhill: it is `negated`, minus the derivative.
        """
        step = self.example.program[name]
        if not isinstance(step, Step) or step.phase is not Phase.BACKWARD or not step.subject:
            return {}
        of, by = step.subject
        if step.quantity.kind is Kind.TERM:
            of = self._error_of(step.quantity.edge[1])  # over one output only that output's error follows
        negated = {"negated": True} if step.quantity.kind is Kind.ERROR_SIGNAL else {}
        return {"check": [of, by], **negated} if of in self.example.program else {}

    def _published(self, name: str) -> Json:
        figure = next((f for f in self.example.figures if f.name == name and not f.rounds), None)
        if figure is None:
            return {}
        return {"published": {"printed": figure.printed, "source": self.example.citation}}

    def _notes(self) -> Json:
        """Why a number differs from the one that the source prints for the same quantity."""
        notes = {f.name: f.note(self.example.rule) for f in self.example.figures if not f.rounds}
        return {name: self.words[note] for name, note in notes.items() if note}

    def _beat(self, beat: Beat) -> Json:
        rows = [row for shown in beat.formulas for row in formula_rows(self.example.program, shown)]
        told = {
            "id": beat.id,
            "phase": str(beat.phase),
            "title": rich(beat.title, self.words, self.example.notation),
            "caption": rich(beat.caption, self.words, self.example.notation),
        }
        where = {
            "formula": [_place(self.pools.rows, self._row(row)) for row in rows],
            "reveals": list(beat.reveals),
            "focus": list(beat.focus),
            "lit": list(beat.lit),
            "forward": list(beat.forward),
            "backward": list(beat.backward),
        }
        return told | {key: names for key, names in where.items() if names}

    def _chips(self, beat: Beat) -> list[int]:
        return [_place(self.pools.chips, chip_of(chip, self.example.notation)) for chip in beat.chips]

    def _row(self, row: FormulaRow) -> Json:
        left = self.symbols.symbol(row.left) if row.left else ["mrow"]
        return {"left": left, "right": right_side(row, self.symbols, self.numbers)}
