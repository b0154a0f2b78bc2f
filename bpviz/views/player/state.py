"""What a player holds before anything has changed: the widget's traits, and the state that stands in an HTML page."""

from collections.abc import Mapping, Sequence
from typing import Any

from bpviz.ground.checked import shown
from bpviz.views.score.check import beat_number, check_score, first_history, first_table
from bpviz.views.score.schema_walk import SCHEMA

PANELS: tuple[str, ...] = tuple(SCHEMA["$defs"]["panel"]["enum"])
"""What may stand there: training with the loss curve, the slice, the truth panel, the data set, schedules of the
learning rate, the table's button, the switches."""
ONLY_BY_NAME = ("schedules",)
"""What stands there only where it is named."""

MOST_MOMENTS = 50
"""What one may take back, here and in js/state/timeline.js."""


def first_state(score: dict[str, Any], start: int, panels: Sequence[str] | None) -> dict[str, Any]:
    """Return the state of a new player by the names of its traits: everything but the values of the givens.

    `start` is the number of a beat, −1 for the last; `panels` as in `chosen_panels`. A damaged score, or a beat that
    does not exist, raises ValueError.
    """
    check_score(score)
    return {
        "score": score,
        "variant": 0,
        "beat": beat_number(score, start),
        "rounds": 0,
        "history": first_history(score),
        "slice_of": "",
        "random_seed": 0,
        "data": first_table(score),
        "largest_rate": score.get("schedules", {"largest": 1.0})["largest"],
        "panels": chosen_panels(panels),
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


def settled(
    history: dict[str, Any], variant: int, here: Mapping[str, float], columns: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the undo history with `here` as its last moment; changed values are the beginning of a new run.

    Only `columns` of the table of data may change while its epochs go on, as in js/state/timeline.js.
    """
    values, now = list(here.values()), history["now"]
    if (now["variant"], now["givens"]) == (variant, values):
        return history
    before = zip(here, now["givens"], strict=True)
    same = now["variant"] == variant and all(name in columns or here[name] == value for name, value in before)
    epochs = now.get("epochs", 0) if same else 0
    begun = {"epochs": epochs} if "epochs" in now else {}
    start = now["start"] if epochs else None
    return _next(history, now | begun | {"variant": variant, "rounds": 0, "start": start, "givens": values})


def history_after(
    history: dict[str, Any], rounds: int, after: Mapping[str, float], variant: int | None = None
) -> dict[str, Any]:
    """Return a settled undo history after so many rounds of training led the givens to `after`.

    The rounds come on top of those applied before; with a `variant` they begin anew in it, where those began.
    """
    now = history["now"]
    start = (now["start"] if now["rounds"] else None) or now["givens"]
    begun = {"epochs": 0} if "epochs" in now else {}
    total = rounds + (now["rounds"] if variant is None else 0)
    return _next(
        history,
        now
        | begun
        | {
            "variant": now["variant"] if variant is None else variant,
            "rounds": total,
            "start": start if total else None,
            "givens": list(after.values()),
        },
    )


def history_after_epochs(
    history: dict[str, Any], epochs: int, start: list[float], after: Mapping[str, float], variant: int
) -> dict[str, Any]:
    """Return a settled undo history after so many epochs on its table, all told, led the givens from `start`."""
    begun = {"rounds": 0, "epochs": epochs, "start": start if epochs else None}
    return _next(history, history["now"] | begun | {"variant": variant, "givens": list(after.values())})


def _next(history: dict[str, Any], moment: dict[str, Any]) -> dict[str, Any]:
    return {"past": [*history["past"], history["now"]][-MOST_MOMENTS:], "now": moment, "future": []}
