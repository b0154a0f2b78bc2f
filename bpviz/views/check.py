"""What the widget and the HTML page both ask of a score before they play it."""

import functools
import json
import pathlib
from typing import Any

import jsonschema

_SCHEMA = pathlib.Path(__file__).with_name("score.schema.json")


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def check_score(score: dict[str, Any]) -> None:
    """Raise ValueError, saying where, when a score breaks score.schema.json."""
    problem = jsonschema.exceptions.best_match(_validator().iter_errors(score))
    if problem is not None:
        raise ValueError(f"damaged score at {problem.json_path}: {problem.message}")


def beat_index(score: dict[str, Any], start: str | int | None) -> int:
    """Return the index of the beat that `start` names by id or index; None is the first.

    An unknown beat raises ValueError with the choices.
    """
    ids = [beat["id"] for beat in score["beats"]]
    if start is None:
        return 0
    if isinstance(start, str) and start in ids:
        return ids.index(start)
    if isinstance(start, int) and not isinstance(start, bool) and 0 <= start < len(ids):
        return start
    raise ValueError(f"no beat {start!r}; beats are 0 to {len(ids) - 1} or {', '.join(ids)}")


def first_history(score: dict[str, Any]) -> dict[str, Any]:
    """Return the state that js/history.js keeps undo and redo in, as it is before anything has changed."""
    now = {"rounds": 0, "start": None, "givens": [given["value"] for given in score["givens"]]}
    return {"past": [], "now": now, "future": []}
