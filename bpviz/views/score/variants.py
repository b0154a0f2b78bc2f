"""The variants of a score: what a player shows for one choice per switch; `js/score/variants.js` does the same."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


_NOTHING: Json = {key: [] for key in ("formula", "reveals", "focus", "lit", "forward", "backward")} | {"about": ""}


def plain(score: Json, variant: int = 0) -> Json:
    """Return one variant of a score on its own: program, quantities, notes, and beats with their rows and chips."""
    chosen, pool = score["variants"][variant], score["quantities"]
    quantities = pool | chosen["quantities"]
    return {
        **{key: part for key, part in score.items() if key not in ("switches", "variants", "rows")},
        "program": chosen["program"],
        "quantities": {name: quantities[name] for name in chosen["program"]["names"] if name in quantities},
        "notes": chosen["notes"],
        "beats": [_beat(score, place, chips) for place, chips in chosen["beats"]],
    }


def _beat(score: Json, place: int, chips: list[int]) -> Json:
    beat = _NOTHING | _at(score["beats"], place)
    rows = [_at(score["rows"], row) for row in beat["formula"]]
    return beat | {"formula": rows, "chips": [_at(score["scene"]["chips"], chip) for chip in chips]}


def _at(pool: list[Json], place: float) -> Json:
    return pool[int(place)]  # JSON knows 2 as 2.0 too


def chips_in(beats: list[Json], index: int) -> list[Json]:
    """Return the chips that are seen in a beat of `plain`: those that stay from earlier beats, then its own."""
    standing: Json = {}
    for beat in beats[:index]:
        standing |= {chip["anchor"]: chip for chip in beat["chips"] if "stays" in chip}
    seen = {anchor: chip for anchor, chip in standing.items() if beats[index]["phase"] in chip["stays"]}
    return list((seen | {chip["anchor"]: chip for chip in beats[index]["chips"]}).values())


def beat_in(score: Json, variant: int, other: int, beat: int) -> int:
    """Return the beat of the variant `other` with the id of a beat of `variant`, else of the nearest earlier one."""
    here, there = ([_at(score["beats"], k)["id"] for k, _ in score["variants"][v]["beats"]] for v in (variant, other))
    return next((there.index(name) for name in reversed(here[: beat + 1]) if name in there), 0)


def variant_with(score: Json, variant: int, choices: Mapping[str, object]) -> int:
    """Return the variant with these choices, by switch, and those of `variant` for the other switches.

    Raises ValueError, naming the culprit and what there is, for an unknown switch or choice.
    """
    switches = {switch["name"]: switch["choices"] for switch in score["switches"]}
    wanted = list(score["variants"][variant]["choices"])
    for name, choice in choices.items():
        if name not in switches:
            raise ValueError(f"no switch {name!r}; switches are {', '.join(switches) or 'none here'}")
        values = [c["value"] for c in switches[name]]
        if not any(choice is value or (isinstance(choice, str) and choice == value) for value in values):
            raise ValueError(f"{name} cannot be {choice!r}; choices are {', '.join(map(repr, values))}")
        wanted[list(switches).index(name)] = values.index(choice)
    return next(k for k, v in enumerate(score["variants"]) if v["choices"] == wanted)
