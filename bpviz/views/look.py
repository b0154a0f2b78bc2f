"""What figure and player both draw with: the numbers of look.json, by the part of the diagram that they shape.

Lengths are in the scene's units; widths of letters, an index's size, what is left of a faded colour and an arrowhead's
notch are parts of a whole; baselines count downwards from the middle; `beside` is the room left and right of a value
together.
"""

import json
import pathlib
from collections.abc import Mapping

Numbers = Mapping[str, float]

_LOOK = json.loads(pathlib.Path(__file__).with_name("look.json").read_text(encoding="utf-8"))

TEXT: Numbers = _LOOK["text"]
CHIP: Numbers = _LOOK["chip"]
COMPACT: Numbers = _LOOK["compact"]
SETTLE: Numbers = _LOOK["settle"]
LEADER: Numbers = _LOOK["leader"]
CELL: Numbers = _LOOK["cell"]
CIRCLE: Numbers = _LOOK["circle"]
SIGN: Numbers = _LOOK["sign"]
CORNER: Numbers = _LOOK["corner"]
STROKE: Numbers = _LOOK["stroke"]
FADE: Numbers = _LOOK["fade"]
RING: Numbers = _LOOK["ring"]
EDGE: Numbers = _LOOK["edge"]
WRITTEN: Numbers = _LOOK["written"]
THINNEST: Numbers = _LOOK["thinnest"]
DASH: Numbers = _LOOK["dash"]
HEAD: Numbers = _LOOK["head"]
DIAMOND: Numbers = _LOOK["diamond"]
NARROW_LETTERS: str = _LOOK["narrow_letters"]
