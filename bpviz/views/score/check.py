"""What the widget and the HTML page both ask of a score before they play it; `js/score/schema.js` asks the same."""

import math
from collections.abc import Iterator
from itertools import chain, product
from typing import Any

from bpviz.algebra.ops import OPS
from bpviz.ground.checked import shown
from bpviz.views.score.check_openings import opening_problems
from bpviz.views.score.names_shown import names_shown
from bpviz.views.score.schema_walk import SCHEMA, first, schema_problem
from bpviz.views.score.variants import plain

Score = dict[str, Any]


def check_score(score: Score) -> None:
    """Raise ValueError, saying where, when a score breaks score.schema.json or points at what it does not have."""
    problem = _head_problem(score) or schema_problem(score) or first(_reference_problems(score))
    if problem:
        raise ValueError(f"damaged score: {problem}")


def _head_problem(score: Any) -> str:
    known = SCHEMA["properties"]
    wanted, version = known["format"]["const"], known["version"]["const"]
    if not isinstance(score, dict) or score.get("format") != wanted:
        return f"it is not a {wanted}"
    found = score.get("version")
    return "" if found == version else f"it has version {shown(found)}; this reads version {version}"


def _reference_problems(score: Score) -> Iterator[str]:
    """Yield a sentence for each name and register a score points at but does not have, "" for each it has."""
    yield from _given_problems(score["givens"])
    yield from _data_problems(score)
    yield _schedules_problem(score)
    yield from _place_problems(score)
    for anchor in _anchors_told(score):
        yield _lacks(anchor in score["scene"]["anchors"], f"no anchor '{anchor}'")
    yield from _places_problems(score["scene"])
    for variant in range(len(score["variants"])):
        yield from _variant_problems(plain(score, variant))
    yield from opening_problems(score)


def _anchors_told(score: Score) -> Iterator[str]:
    """Yield the anchors of labels and of the chips that beats show."""
    scene = score["scene"]
    yield from (chip["anchor"] for chip in scene["labels"])
    told = (chip for variant in score["variants"] for _, chips in variant["beats"] for chip in chips)
    yield from (scene["chips"][int(chip)]["anchor"] for chip in told)


def _place_problems(score: Score) -> Iterator[str]:
    """Yield a sentence for each place in a list that the list does not have, and for variants that are no full set."""
    told = [beat for variant in score["variants"] for beat in variant["beats"]]
    for what, places, pool in (
        ("beat", [beat for beat, _ in told], score["beats"]),
        ("chip", chain.from_iterable(chips for _, chips in told), score["scene"]["chips"]),
        ("row", chain.from_iterable(beat.get("formula", ()) for beat in score["beats"]), score["rows"]),
    ):
        yield from (_lacks(place < len(pool), f"no {what} {place}") for place in places)
    counts = [range(len(switch["choices"])) for switch in score["switches"]]
    found = sorted(variant["choices"] for variant in score["variants"])
    whole = len(found) == math.prod(map(len, counts)) and found == sorted(map(list, product(*counts)))
    yield _lacks(whole, "its variants are not one for each choice of its switches")


def _places_problems(scene: Score) -> Iterator[str]:
    """Yield a sentence for each part of the diagram that has no place while presenting, or in a narrow window."""
    ids = {part: [item["id"] for item in scene[part]] for part in ("nodes", "edges")} | {
        "anchors": list(scene["anchors"])
    }
    for size, (part, names) in product(("large", "tall"), ids.items()):
        yield from (_lacks(name in scene[size][part], f"no {size} place for '{name}'") for name in names)


def _variant_problems(score: Score) -> Iterator[str]:
    program, scene, beats = score["program"], score["scene"], score["beats"]
    yield from (_instruction_problem(row, program["registers"]) for row in program["code"])
    for register in chain((r for r, _ in program["constants"]), program["names"].values()):
        yield _lacks(register in range(program["registers"]), f"register {register} does not exist")
    for name in _names_meant(score):
        yield _lacks(name in program["names"], f"no quantity '{name}'")
    for name in program["names"].keys() - set(program["asides"]):
        yield _lacks(name in score["quantities"], f"'{name}' has no label")
    for name in program["trained"]:
        yield _lacks(name in program["feedback"], f"'{name}' is trained, but not fed back")
    phases = {phase["id"] for phase in score["phases"]}
    places = {part["id"] for part in scene["nodes"] + scene["edges"]} | set(scene["anchors"])
    for beat in beats:
        yield _lacks(beat["phase"] in phases, f"no phase '{beat['phase']}'")
        for place in beat["focus"] + beat["lit"] + beat["forward"] + beat["backward"]:
            yield _lacks(place in places, f"nothing in the diagram is called '{place}'")


def _lacks(found: bool, problem: str) -> str:
    return "" if found else problem


def _given_problems(givens: list[Score]) -> Iterator[str]:
    seen = set()
    for given in givens:
        name, low, high = given["name"], given["low"], given["high"]
        yield _lacks(name not in seen, f"'{name}' is given twice")
        yield _lacks(low < high, f"the range of '{name}' goes from {low} to {high}")
        seen.add(name)


def _data_problems(score: Score) -> Iterator[str]:
    if "data" in score:
        columns, rows = score["data"]["columns"], score["data"]["rows"]
        for name in columns:
            yield _lacks(any(name == given["name"] for given in score["givens"]), f"no given '{name}'")
        for variant, name in product(score["variants"], score["data"]["outputs"]):
            yield _lacks(name in variant["program"]["names"], f"no quantity '{name}'")
        yield _lacks(all(len(row) == len(columns) for row in rows), "a row of data must have a number for each column")


def _schedules_problem(score: Score) -> str:
    of = score.get("schedules", {"of": None})["of"]
    return _lacks(of is None or any(of == given["name"] for given in score["givens"]), f"no given '{of}'")


def _instruction_problem(row: list[Any], registers: int) -> str:
    code, *operands = row
    if code not in OPS:
        return f"unknown operation '{code}'; known are {', '.join(OPS)}"
    if len(operands) != OPS[code].arity + 1:
        return f"'{code}' has the wrong number of operands"
    outside = [r for r in operands if isinstance(r, str) or r not in range(registers)]
    return f"'{code}' uses register {outside[0]}; there are {registers}" if outside else ""


def _names_meant(score: Score) -> Iterator[str]:
    """Yield every quantity that is given, fed back or shown, wherever it stands."""
    program = score["program"]
    yield from (given["name"] for given in score["givens"])
    yield from chain.from_iterable(group["givens"] for group in score["groups"])
    yield from chain(program["feedback"], program["feedback"].values(), [program["loss"]], score["notes"])
    yield from chain(program["gradients"], program["gradients"].values(), program["asides"])
    yield from filter(None, (beat["about"] for beat in score["beats"]))
    yield from filter(None, (edge["carries"] for edge in score["scene"]["edges"]))
    yield from chain(*(quantity.get("check", ()) for quantity in score["quantities"].values()))
    yield from names_shown([score["scene"]["nodes"], score["scene"]["labels"], score["beats"]])
