"""What a score says of each quantity: symbol and words, what it is checked against, what a source prints."""

from collections.abc import Mapping
from typing import Any

from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.example.example import Example
from bpviz.ground.words import Words

Json = dict[str, Any]


def quantities(example: Example, table: Words) -> Json:
    """Return what a score says of every quantity of the program, by its name."""
    # from the last to the first, so that of several the first counts
    printed = {f.name: f for f in reversed(example.figures) if not f.rounds}
    errors = {s.quantity.place: s.name for s in reversed(example.program.steps) if s.quantity.kind is Kind.LOSS}
    told = {}
    for name in example.program.names:
        item, symbol = example.program[name], example.notation[name]
        told[name] = {
            "label": symbol.rich,
            "symbol": symbol.mathml,
            "speak": f"{table[f'kinds.{item.quantity.kind}']} {symbol.plain}",
            "phase": str(getattr(item, "phase", "given")),
            **_check(example, name, errors),
        }
        if name in printed:
            told[name]["published"] = {"printed": printed[name].printed, "source": example.citation}
    return told


def notes(example: Example, table: Words) -> Json:
    """Return why numbers differ from those that the source prints for the same quantities, by name."""
    keys = {f.name: f.note(example.rule) for f in example.figures if not f.rounds}
    return {name: table[key] for name, key in keys.items() if key}


def _check(example: Example, name: str, errors: Mapping[Any, str]) -> Json:
    """What a central difference of this quantity would be taken of, and by: [of, by], where it is a derivative.

    An error signal points downhill: it is `negated`, minus the derivative.
    """
    step = example.program[name]
    if not isinstance(step, Step) or step.phase is not Phase.BACKWARD or not step.subject:
        return {}
    of, by = step.subject
    if step.quantity.kind is Kind.TERM:
        of = errors.get(step.quantity.edge[1], "")  # over one output only that output's error follows
    negated = {"negated": True} if step.quantity.kind is Kind.ERROR_SIGNAL else {}
    return {"check": [of, by], **negated} if of in example.program else {}
