"""What frameworks found for the lessons, stored: it is shown where they are not installed."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from bpviz.ground.words import DEFAULT, words


def found_or_stored(framework: str, name: str, found: Any = None, lang: str = DEFAULT) -> Any:
    """Return what a framework finds, as lists of numbers; for None say in a line that it is absent, and return what
    is stored under this name.

    `found`: a tensor, or lists of them. KeyError, naming the choices, for a framework or a name that is not stored.
    """
    if found is not None:
        return _listed(found)
    everything = stored()
    for choices, wanted in ((everything, framework), (everything.get(framework, {}).get("results", {}), name)):
        if wanted not in choices:
            raise KeyError(f"nothing is stored for {wanted!r}; there is {', '.join(choices)}")
    version = everything[framework]["version"]
    print(words(lang)["frameworks.absent"].format(framework=framework, version=version))  # noqa: T201 - in a cell
    return everything[framework]["results"][name]


@cache
def stored() -> dict[str, Any]:
    """Return all results, by framework: its `version`, and `results` by name."""
    text = files(__package__).joinpath("stored.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _listed(found: Any) -> Any:
    if isinstance(found, list | tuple):
        return [_listed(one) for one in found]
    for turned in ("detach", "numpy", "tolist"):
        found = getattr(found, turned)() if hasattr(found, turned) else found
    return found
