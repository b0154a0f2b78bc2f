"""Networks from saved files: `load`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from typing import Any, NoReturn

from bpviz.cases.network import network_example
from bpviz.cases.network_shape import Shape, checked_shape
from bpviz.cases.perceptron import perceptron_example
from bpviz.cases.textbook import as_textbook
from bpviz.example.saving import FORMAT, VERSION
from bpviz.ground import files
from bpviz.ground.checked import finite_number, shown
from bpviz.networks.optimizers import remembered
from bpviz.worked import WorkedExample

KEYS = (
    *("bpviz", "version", "sizes", "activation", "loss", "optimizer", "biases", "shared_biases"),
    *("skips", "labels", "detail", "values", "data"),
)
NEWER: dict[int, dict[str, Any]] = {2: {"names": {}, "textbook": None}, 3: {"derived": False}}
"""What a version has that those before it had not, and what it stands for there."""


def load(path: str | PathLike[str]) -> WorkedExample:
    """Return the network, or the perceptron, that `ex.save(path)`, or `save` of a player, has written.

    Raises OSError where the file cannot be read; TypeError for what can be no path; ValueError, with the reason, for a
    file that is damaged, of something else, or of a newer version.
    """
    text = files.read(path)
    try:
        return _network(_read(text))
    except (TypeError, ValueError, KeyError, RecursionError) as problem:
        reason = problem.args[0] if problem.args else "it is damaged"
        raise ValueError(f"cannot load '{path}': {reason}") from None


def _read(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        raise ValueError(f"it is damaged, or no JSON: {problem.msg} in line {problem.lineno}") from None
    if not isinstance(told, dict) or told.get("bpviz") != FORMAT:
        raise ValueError("it is no network that bpviz saved")
    version = told.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ValueError(f"its version is {shown(version)}, which is none")
    if version > VERSION:
        raise ValueError(f"it is of version {version}, and this bpviz reads up to {VERSION}: a newer one wrote it")
    keys = [*KEYS, *(key for since, news in NEWER.items() if since <= version for key in news)]
    for key in keys:
        if key not in told:
            raise ValueError(f"it is damaged: it lacks {key!r}")
    for key in told:
        if key not in keys:
            raise ValueError(f"it has {shown(key)}, which version {version} does not know")
    return {key: value for news in NEWER.values() for key, value in news.items()} | told


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"it holds {text}, which is no number")


def _network(told: Mapping[str, Any]) -> WorkedExample:
    shape = _shape(told)
    values = told["values"]
    if not isinstance(values, dict):
        raise ValueError(f"its values must be numbers by name, not {shown(values)}")
    needed = [*_named(shape), *remembered(shape.optimizer, shape.wiring().trained(shape.biases))]
    for name in needed:
        if name not in values:
            raise ValueError(f"it is damaged: there is no value for {name!r}")
    for name in values:
        if name not in needed:
            raise ValueError(f"it has a value for {shown(name)}, which this network does not have")
    numbers = {name: finite_number(name, value) for name, value in values.items()}
    if not isinstance(told["derived"], bool):
        raise ValueError(f"its derived must be true or false, not {shown(told['derived'])}")
    ex = _derived(shape, numbers, told) if told["derived"] else network_example(shape, numbers, told["data"])
    givens = tuple(replace(given, default=numbers[given.name]) for given in ex.program.givens)
    ex = replace(ex, program=replace(ex.program, givens=givens))
    return ex if told["textbook"] is None else _as_textbook(ex, told["textbook"])


def _derived(shape: Shape, numbers: Mapping[str, float], told: Mapping[str, Any]) -> WorkedExample:
    """The perceptron, with its derivation."""
    if told["data"] is not None or told["textbook"] is not None:
        raise ValueError("it is derived: then it has neither data nor a textbook")
    return perceptron_example(shape, numbers)


def _as_textbook(ex: WorkedExample, told: Any) -> WorkedExample:
    """The network with its citation and printed figures."""
    if not isinstance(told, dict) or not all(isinstance(text, str) for text in told.values()) or "name" not in told:
        raise ValueError(f"its textbook must be a name and choices, not {shown(told)}")
    return as_textbook(ex, told["name"], {switch: choice for switch, choice in told.items() if switch != "name"})


def _shape(told: Mapping[str, Any]) -> Shape:
    if not isinstance(told["biases"], bool):
        raise ValueError(f"its biases must be true or false, not {shown(told['biases'])}")
    labels = told["labels"]
    if not isinstance(labels, list) or not all(isinstance(entry, list) and len(entry) == 3 for entry in labels):
        raise ValueError(f"its labels must be a list of [layer, neuron, text], not {shown(labels)}")
    names = told["names"]
    if not isinstance(names, dict):
        raise ValueError(f"its names must be texts by the names of weights and biases, not {shown(names)}")
    return checked_shape(
        told["sizes"],
        told["activation"],
        told["loss"],
        told["optimizer"],
        biases=told["biases"],
        skips=told["skips"],
        shared_biases=told["shared_biases"],
        labels={(layer, k): text for layer, k, text in labels} | names,
        detail=told["detail"],
    )


def _named(shape: Shape) -> list[str]:
    """The givens of a network by plain descent."""
    wiring = shape.wiring()
    names = [*wiring.inputs, *wiring.edges.carrying, *wiring.biases.values(), *wiring.targets.values(), "eta"]
    return list(dict.fromkeys(names))
