"""What a score says of each quantity: symbol and words, what it is checked against, what a source prints."""

from typing import Any

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Step
from bpviz.example.example import Example
from bpviz.ground.words import Words

Json = dict[str, Any]


def quantities(example: Example, table: Words) -> Json:
    """Return what a score says of every quantity of the program, by its name."""
    # from the last to the first, so that of several the first counts
    printed = {f.name: f for f in reversed(example.figures) if not f.rounds}
    told = {}
    for name in (n for n in example.program.names if n not in example.program.asides):
        item, symbol = example.program[name], example.notation[name]
        told[name] = {
            "label": symbol.rich,
            "symbol": symbol.mathml,
            "speak": f"{table[f'kinds.{item.quantity.kind}']} {symbol.plain}",
            "phase": str(getattr(item, "phase", "given")),
            **_check(example.program, item),
        }
        if name in printed:
            told[name]["published"] = {"printed": printed[name].printed, "source": example.citation}
    return told


def notes(example: Example, table: Words) -> Json:
    """Return why numbers differ from those that the source prints for the same quantities, by name."""
    keys = {f.name: f.note(example.rule) for f in example.figures if not f.rounds}
    return {name: table[key] for name, key in keys.items() if key}


def _check(program: Program, item: Given | Step) -> Json:
    """What a central difference of this quantity would be taken of, and by: [of, by], where it is a derivative.

    Of a part of one it is [of, by, over]: only what comes over that quantity counts. An error signal points downhill:
    it is `negated`, minus the derivative.
    """
    if not isinstance(item, Step) or not item.role.by:
        return {}
    role = item.role
    part = role.kind is Kind.TERM and program.find(Kind.ERROR_SIGNAL, by=role.by) is not None
    check = [role.of, role.by, *([role.over] if role.over else [])]
    return {"check": check, **({"negated": True} if part or role.kind is Kind.ERROR_SIGNAL else {})}
