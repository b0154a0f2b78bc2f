"""What the widget and the HTML page both ask of a score before they play it."""

import functools
import json
import pathlib
from typing import Any

import jsonschema

from bpviz.checked import shown
from bpviz.story import number_of

_SCHEMA = pathlib.Path(__file__).with_name("score.schema.json")


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def check_score(score: dict[str, Any]) -> None:
    """Raise ValueError, saying where, when a score breaks score.schema.json."""
    problem = jsonschema.exceptions.best_match(_validator().iter_errors(score))
    if problem is not None:
        raise ValueError(f"damaged score at {problem.json_path}: {problem.message}")


def beat_number(score: dict[str, Any], start: int) -> int:
    """Return the beat `start` counted from 0, where −1 is the last; ValueError names the choices."""
    count = len(score["beats"])
    number = number_of(start, count)
    if number is None:
        raise ValueError(f"no beat {shown(start)}; beats are 0 to {count - 1}")
    return number


def first_history(score: dict[str, Any]) -> dict[str, Any]:
    """Return the state that js/history.js keeps undo and redo in, as it is before anything has changed."""
    now = {"rounds": 0, "start": None, "givens": [given["value"] for given in score["givens"]]}
    return {"past": [], "now": now, "future": []}
