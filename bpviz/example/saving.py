"""What a saved example looks like: JSON with its format, its version, its shape, every value and its data.

{"bpviz": "network", "version": 3, "sizes": [2, 2, 1], ..., "values": {"x1": 0.5, ...}, "data": null}. A reader refuses
a version above its own, and a name that it does not know. Version 1 had no `names` (of weights and biases) and no
`textbook`, version 2 no `derived` (true for `bpviz.perceptron`).
"""

import json
from collections.abc import Mapping, Sequence

from bpviz.example.example import Example

FORMAT, VERSION = "network", 3


def saved_text(
    example: Example,
    givens: Mapping[str, float] | None = None,
    rows: Sequence[Sequence[float]] | None = None,
) -> str:
    """Return the text of the file that keeps an example: with its defaults, or with these values and rows of data.

    Raises ValueError for an example that cannot be kept.
    """
    if example.kept is None:
        raise ValueError(
            "only networks can be saved, as bpviz.network(...) and bpviz.perceptron(...) make them; "
            f"this is {example.title()}"
        )
    values = {given.name: (givens or {}).get(given.name, given.default) for given in example.program.givens}
    told = example.data if rows is None else rows
    data = None if told is None else [list(row) for row in told]
    kept = {"bpviz": FORMAT, "version": VERSION, **example.kept, "values": values, "data": data}
    return json.dumps(kept, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
