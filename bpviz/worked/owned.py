"""Names that no given can have, since a player or a method has them already."""

from functools import cache


def is_owned(name: str) -> bool:
    """Return whether a player has an attribute of this name already, so that no given can be one there."""
    return name in _attributes()


@cache
def _attributes() -> frozenset[str]:
    from bpviz.views.player.player import Player

    return frozenset(dir(Player))
