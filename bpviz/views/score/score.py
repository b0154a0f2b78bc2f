"""The score: a worked example as versioned JSON, all a player needs to evaluate, draw and tell it."""

from typing import Any

from bpviz.calculation.epochs import columns, outputs
from bpviz.calculation.quantities import Kind
from bpviz.calculation.schedules import RISE
from bpviz.example.example import Example
from bpviz.example.family import Family
from bpviz.ground.texts import one_line
from bpviz.ground.words import DEFAULT, Words, words
from bpviz.views.score.beats import BeatWriter
from bpviz.views.score.pools import Pools
from bpviz.views.score.quantities import notes, quantities
from bpviz.views.score.scene import chip_of, scene

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
        "beats": pools.beats.pieces,
        "rows": pools.rows.pieces,
        **_data(example),
        **_schedules(example),
        **_openings(example, table, pools),
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
    if not program.trained or len(rates) != 1:
        return {}
    default = rates[0].default
    largest = LARGEST_RATE * default if default > 0.0 else 1.0
    return {"schedules": {"of": rates[0].name, "rounds": SCHEDULED_ROUNDS, "rise": RISE, "largest": largest}}


def _openings(example: Example, table: Words, pools: Pools) -> Json:
    """What can be opened in the diagram, and what is told of it then."""
    writer = BeatWriter(example, table, pools)
    told = [
        {
            "node": opening.node,
            "swaps": [list(pair) for pair in opening.swaps],
            "anchors": dict(opening.anchors),
            "labels": [chip_of(chip, example.notation) for chip in opening.labels],
            "beats": writer.retold(opening.beats),
        }
        for opening in example.openings
    ]
    return {"openings": told} if told else {}


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


class _Scorer:
    def __init__(self, example: Example, table: Words, pools: Pools) -> None:
        self.example, self.words, self.pools = example, table, pools

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
            "groups": [{"label": g.heading(table), "tone": g.tone, "givens": list(g.givens)} for g in example.groups],
            "givens": [
                {"name": g.name, "value": g.default, "low": g.low, "high": g.high, "step": g.step}
                for g in example.program.givens
            ],
            "scene": scene(example, self.pools.chips.pieces),
        }

    def variant(self) -> Json:
        """What this example has of its own; what it shares goes into the pools."""
        pool = self.pools.quantities
        own = quantities(self.example, self.words)
        for name, told in own.items():
            pool.setdefault(name, told)
        return {
            "choices": list(self.example.family.places()) if self.example.family else [],
            "program": self._program(),
            "quantities": {name: told for name, told in own.items() if told != pool[name]},
            "notes": notes(self.example, self.words),
            "beats": BeatWriter(self.example, self.words, self.pools).places(),
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
            "trained": list(program.trained),
            "gradients": dict(program.gradients),
            "asides": sorted(program.asides),
            "loss": program.loss,
        }
