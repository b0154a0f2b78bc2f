"""Openings: nodes that can be opened in place of the one that stands for its layer, and what is told of them then."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpviz.telling.chips import Chip
from bpviz.telling.story import Beat


@dataclass(frozen=True)
class Opening:
    """What changes where `node` is opened.

    `swaps`: pairs of nodes that change places, one that is opened at first before the one that is then; the first pair
    ends with `node`. `anchors`: an anchor of what is opened then → the one whose place it takes. `labels`: what stands
    at these anchors. `beats`: number of a beat → the beat as it is told then.
    """

    node: str
    swaps: tuple[tuple[str, str], ...]
    anchors: Mapping[str, str]
    labels: tuple[Chip, ...]
    beats: Mapping[int, Beat]
