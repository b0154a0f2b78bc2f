"""What is made once for equal examples: many tests ask for the same page."""

from collections.abc import Callable
from typing import Any

COMPARED = ("name", "rule", "program", "scene", "large_scene", "tall_scene", "beats", "groups", "data", "figures")


def are_alike(one: Any, other: Any) -> bool:
    """True where two worked examples are shown alike."""
    same = all(getattr(one, part) == getattr(other, part) for part in COMPARED)
    return same and dict(one.notation) == dict(other.notation) and (one.family is None) is (other.family is None)


class Remembered:
    """Calls `make(example, **options)` once for all examples that are alike and for equal options."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make, self._made = make, []

    def __call__(self, example: Any, **options: Any) -> Any:
        for known, same_options, result in self._made:
            if same_options == options and are_alike(known, example):
                return result
        result = self._make(example, **options)
        self._made.append((example, options, result))
        return result
