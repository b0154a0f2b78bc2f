"""What the openings of a score point at but do not have; `js/score/opening_references.js` says the same."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from bpviz.views.score.names_shown import names_shown

Score = dict[str, Any]


def opening_problems(score: Score) -> Iterator[str]:
    """Yield a sentence for each name and number an opening points at but the score does not have."""
    scene = score["scene"]
    nodes = {node["id"] for node in scene["nodes"]}
    places = nodes | {edge["id"] for edge in scene["edges"]} | set(scene["anchors"])
    known = set.intersection(*(set(variant["program"]["names"]) for variant in score["variants"]))
    seen: set[str] = set()
    for opening in score.get("openings", ()):
        node, anchors = opening["node"], opening["anchors"]
        if node in seen:
            yield f"'{node}' is opened twice"
        seen.add(node)
        yield from _lacking(chain(*opening["swaps"]), nodes, "no node '{}' changes places")
        if opening["swaps"][0][1] != node:
            yield f"'{node}' does not change places"
        yield from _lacking(anchors.values(), scene["anchors"], "no anchor '{}'")
        if problem := next(_number_problems(score, opening), ""):
            yield problem
            return
        here = places | set(anchors)
        yield from _lacking((chip["anchor"] for chip in _chips(score, opening)), here, "no anchor '{}'")
        yield from _lacking(_names_meant(score, opening), known, "no quantity '{}'")
        yield from _lacking(_lit(opening), here, "nothing in the diagram is called '{}'")


def _lacking(names: Iterable[Any], known: Iterable[str], problem: str) -> Iterator[str]:
    there = set(known)
    yield from (problem.format(name) for name in names if name not in there)


def _number_problems(score: Score, opening: Score) -> Iterator[str]:
    """Numbers of beats, chips and rows that there are not."""
    beats = opening["beats"]
    count = min(len(variant["beats"]) for variant in score["variants"])
    yield from (f"no beat {number}" for number, _, _ in beats if number >= count)
    for what, numbers, pool in (
        ("chip", (chip for _, _, chips in beats for chip in chips), score["scene"]["chips"]),
        ("row", (row for _, told, _ in beats for row in told.get("formula", ())), score["rows"]),
    ):
        yield from (f"no {what} {number}" for number in numbers if number >= len(pool))


def _chips(score: Score, opening: Score) -> list[Score]:
    pool = score["scene"]["chips"]
    return [*opening["labels"], *(pool[int(chip)] for _, _, chips in opening["beats"] for chip in chips)]


def _names_meant(score: Score, opening: Score) -> Iterator[str]:
    told = [difference for _, difference, _ in opening["beats"]]
    rows = [score["rows"][int(row)] for difference in told for row in difference.get("formula", ())]
    yield from (difference["about"] for difference in told if "about" in difference)
    yield from names_shown([told, rows, _chips(score, opening)])


def _lit(opening: Score) -> Iterator[str]:
    for _, difference, _ in opening["beats"]:
        yield from chain.from_iterable(difference.get(key, ()) for key in ("focus", "lit", "forward", "backward"))
