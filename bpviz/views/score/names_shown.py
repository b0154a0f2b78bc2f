"""Which quantities a part of a score shows."""

from collections.abc import Iterator
from typing import Any


def names_shown(part: Any) -> Iterator[str]:
    """Yield the name of every quantity that a part of a score shows or reveals, wherever it stands in it."""
    if isinstance(part, dict):
        yield from (part[key] for key in ("bp", "ref") if key in part)
        yield from part.get("reveals", ())
    for child in part.values() if isinstance(part, dict) else part:
        if isinstance(child, dict | list):
            yield from names_shown(child)
