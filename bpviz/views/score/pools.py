"""Pools: what several variants or beats of a score share, each written once and pointed at by its place."""

import json
from typing import Any

Json = dict[str, Any]


class Pool:
    """Pieces of JSON in the order in which they first came."""

    def __init__(self) -> None:
        """Start empty."""
        self.pieces: list[Json] = []
        self._places: dict[str, int] = {}

    def place(self, piece: Json) -> int:
        """Return the place of a piece; an equal one before it has the same."""
        place = self._places.setdefault(json.dumps(piece), len(self.pieces))
        if place == len(self.pieces):
            self.pieces.append(piece)
        return place


class Pools:
    """The pools of one score: chips, beats and rows by their places, quantities by their names."""

    def __init__(self) -> None:
        """Start empty."""
        self.chips, self.beats, self.rows = Pool(), Pool(), Pool()
        self.quantities: Json = {}
