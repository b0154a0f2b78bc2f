"""What a player holds before anything has changed: the widget's traits, and the state that stands in an HTML page."""

from collections.abc import Sequence
from typing import Any

from bpviz.ground.checked import shown
from bpviz.telling.story import number_of
from bpviz.views.player.moments import Moment, Moments, first_moments
from bpviz.views.score.check import check_score
from bpviz.views.score.schema_walk import SCHEMA

PANELS: tuple[str, ...] = tuple(SCHEMA["$defs"]["panel"]["enum"])
"""What may stand there: training with the loss curve, the slice, the surface, the truth panel, the data set, schedules
of the learning rate, the table of all values, the switches."""
ONLY_BY_NAME = ("surface", "schedules")
"""What stands there only where it is named."""


def first_state(
    score: dict[str, Any], start: int, panels: Sequence[str] | None, front: str | None = None, fresh: bool = False
) -> dict[str, Any]:
    """Return the state of a new player by the names of its traits: everything but the values of the givens.

    `start` is the number of a beat, −1 for the last; `panels` as in `chosen_panels`, `front` as in `chosen_front`.
    `fresh`: the score was made a moment ago, so nobody can have damaged it; it is not checked again.
    A damaged score, or a beat that does not exist, raises ValueError.
    """
    if not fresh:
        check_score(score)
    chosen = chosen_panels(panels)
    if "surface" in chosen:
        check_surface(score)
    if panels is not None and not _trains(score) and (idle := {"training", "slice"}.intersection(panels)):
        choices = ", ".join(standing_panels(score, PANELS))
        raise ValueError(f"nothing is trained here, so there is no panel {shown(min(idle))}; there are {choices}")
    return {
        "score": score,
        "variant": 0,
        "beat": beat_number(score, start),
        "rounds": 0,
        "history": first_history(score),
        "slice_of": "",
        "surface_x": "",
        "surface_y": "",
        "opened": "",
        "random_seed": 0,
        "data": first_table(score),
        "largest_rate": score.get("schedules", {"largest": 1.0})["largest"],
        "panels": chosen,
        "front": chosen_front(score, chosen, front),
        "pytorch": {},
    }


def chosen_panels(panels: Sequence[str] | None) -> list[str]:
    """Return the named panels in the order in which they stand, for None all but those that stand `ONLY_BY_NAME`.

    Raises TypeError for what is no list, ValueError for an unknown panel or one named twice.
    """
    if panels is None:
        return [name for name in PANELS if name not in ONLY_BY_NAME]
    if not isinstance(panels, list | tuple):
        raise TypeError(f"panels must be a list of {', '.join(PANELS)}, not {shown(panels)}")
    for place, name in enumerate(panels):
        if not isinstance(name, str) or name not in PANELS:
            raise ValueError(f"no panel {shown(name)}; panels are {', '.join(PANELS)}")
        if name in panels[:place]:
            raise ValueError(f"panel '{name}' is named twice")
    return [name for name in PANELS if name in panels]


def chosen_front(score: dict[str, Any], panels: Sequence[str], front: str | None) -> str:
    """Return the panel that is in front of the others, "" where there is none; None chooses the first.

    Raises ValueError for one that does not stand there.
    """
    standing = standing_panels(score, panels)
    if front is None:
        return standing[0] if standing else ""
    if front not in standing:
        choices = ", ".join(standing) if standing else "none"
        raise ValueError(f"no panel {shown(front)} can be in front; panels of this player are {choices}")
    return front


def checked_opened(score: dict[str, Any], names: str) -> str:
    """Return the names of opened nodes in order; ValueError shows the choices, and which two cannot both be opened."""
    openings = {opening["node"]: opening["swaps"][0][0] for opening in score.get("openings", ())}
    standing: dict[str, str] = {}
    for name in names.split():
        if name not in openings:
            raise ValueError(f"'opened' cannot be {shown(name)}; what can be opened is {', '.join(openings) or 'none'}")
        if openings[name] in standing:
            raise ValueError(f"'opened' has {standing[openings[name]]} and {name}, but one neuron of a layer is opened")
        standing[openings[name]] = name
    return " ".join(sorted(standing.values()))


def standing_panels(score: dict[str, Any], panels: Sequence[str]) -> list[str]:
    """Return those of the named panels that have a room of their own and something to show of this score."""
    without = {"switches"}
    without |= set() if _trains(score) else {"training", "slice", "data"}
    without |= set() if any(len(v["program"]["trained"]) > 1 for v in score["variants"]) else {"surface"}
    without |= {name for name in ("data", "schedules") if name not in score}
    return [name for name in panels if name not in without]


def _trains(score: dict[str, Any]) -> bool:
    return any(variant["program"]["trained"] for variant in score["variants"])


def check_surface(score: dict[str, Any]) -> None:
    """Raise ValueError where no variant of this score trains the two values that a surface stands on."""
    trained = max((v["program"]["trained"] for v in score["variants"]), key=len)
    if len(trained) < 2:
        which = f"only {trained[0]!r} learns" if trained else "nothing learns"
        raise ValueError(
            f"the panel 'surface' needs two values that learn, but {which} here; in a graph, learn=(...) names them"
        )


def beat_number(score: dict[str, Any], start: int) -> int:
    """Return the beat `start` counted from 0, where −1 is the last; ValueError names the choices."""
    count = len(score["variants"][0]["beats"])
    number = number_of(start, count)
    if number is None:
        raise ValueError(f"no beat {shown(start)}; beats are 0 to {count - 1}")
    return number


def first_history(score: dict[str, Any]) -> Moments:
    """Return the history of undo and redo as it is before anything has changed."""
    return first_moments(Moment(0, [given["value"] for given in score["givens"]], table=first_table(score) or None))


def first_table(score: dict[str, Any]) -> dict[str, Any]:
    """Return the table of data that a player begins with, in order; {} where its score has no data."""
    return {"rows": score["data"]["rows"], "shuffled": False, "seed": 1} if "data" in score else {}
