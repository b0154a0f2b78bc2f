"""The shape of a network of your own, checked: how many neurons, which activations, skips and labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import index
from typing import Any

from bpviz.ground.checked import shown
from bpviz.ground.texts import one_line
from bpviz.networks.crowd import Detail
from bpviz.networks.losses import check_loss
from bpviz.networks.names import Place, neuron_name, numbered_wiring
from bpviz.networks.optimizers import DECAYS
from bpviz.networks.wiring import ACTIVATIONS, SOFTMAX, Wiring

MOST_NODES, MOST_WEIGHTS = 60, 720
DETAILS = ("neuron", "layer")

Skip = tuple[Place, Place]


@dataclass(frozen=True)
class Shape:
    """All of a network but its numbers; every field is checked by `checked_shape`."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimizer: str
    skips: tuple[Skip, ...] = ()
    biases: bool = False
    shared_biases: bool = False
    labels: Mapping[Place, str] = field(default_factory=dict)
    detail: Detail | None = None

    def kept(self) -> dict[str, Any]:
        """Return the shape as JSON, with the options of `network` as keys; `biases` is true or false."""
        return {
            "sizes": list(self.sizes),
            "activation": list(self.activations),
            "loss": self.loss,
            "optimizer": self.optimizer,
            "biases": self.biases,
            "shared_biases": self.shared_biases,
            "skips": [[list(source), list(target)] for source, target in self.skips],
            "labels": [[*place, text] for place, text in self.labels.items()],
            "detail": self.detail,
        }

    def wiring(self) -> Wiring:
        """Return who feeds whom, by names."""
        return numbered_wiring(self.sizes, self.activations, self.skips, self.biases, self.shared_biases)


def checked_shape(
    sizes: Any, activation: Any, loss: Any, optimizer: Any, *, biases: bool, skips: Any, **others: Any
) -> Shape:
    """Return the shape; `others` are shared_biases, labels and detail.

    Raises TypeError or ValueError, showing the culprit and the choices or both shapes.
    """
    counts = _sizes(sizes)
    edges = checked_skips(skips, counts)
    _check_room(counts, len(edges))
    activations = _activations(activation, counts)
    check_loss(loss, activations[-1])
    _check_choice("optimizer", optimizer, DECAYS)
    shared, detail = others["shared_biases"], others["detail"]
    if not isinstance(shared, bool):
        raise TypeError(f"shared_biases must be True or False, not {shown(shared)}")
    if shared and not biases:
        raise ValueError('shared_biases needs biases: a number for each layer, or biases="init"')
    if detail is not None:
        _check_choice("detail", detail, DETAILS)
    labels = _labels(others["labels"], counts)
    return Shape(counts, activations, loss, optimizer, tuple(edges), biases, shared, labels, detail)


def _check_choice(what: str, value: Any, choices: Iterable[str]) -> None:
    if not isinstance(value, str) or value not in list(choices):
        raise ValueError(f"no {what} {shown(value)}; choices are {', '.join(choices)}")


def _sizes(sizes: Any) -> tuple[int, ...]:
    if isinstance(sizes, str) or not isinstance(sizes, Sequence) or len(sizes) < 2:
        raise TypeError(
            f"the sizes must be a list of at least two numbers of neurons, as in [3, 2, 1], not {shown(sizes)}"
        )
    return tuple(_whole(f"the size of layer {k}", size, 1) for k, size in enumerate(sizes))


def _whole(what: str, value: Any, least: int) -> int:
    try:
        if isinstance(value, bool):
            raise TypeError
        number = index(value)
    except TypeError:
        raise TypeError(f"{what} must be a whole number, not {shown(value)}") from None
    if number < least:
        raise ValueError(f"{what} must be {least} or more, not {number}")
    return number


def _check_room(sizes: tuple[int, ...], skips: int) -> None:
    nodes = sum(sizes)
    weights = sum(a * b for a, b in pairwise(sizes)) + skips
    for count, most, what in ((nodes, MOST_NODES, "neurons, inputs counted"), (weights, MOST_WEIGHTS, "weights")):
        if count > most:
            raise ValueError(
                f"{list(sizes)} has {count:,} {what}; there is room for {most}: "
                "take fewer neurons in a layer, or fewer layers"
            )


def _activations(activation: Any, sizes: tuple[int, ...]) -> tuple[str, ...]:
    layers = len(sizes) - 1
    if isinstance(activation, str):
        chosen = [activation] * layers
    elif isinstance(activation, Sequence):
        chosen = list(activation)
    else:
        raise TypeError(f"activation must be a name, or a list with one for each layer, not {shown(activation)}")
    if len(chosen) != layers:
        raise ValueError(
            f"activation has {len(chosen)} names, {shown(activation)}, but {list(sizes)} has {layers} layers "
            "behind the inputs: one name for each"
        )
    for k, name in enumerate(chosen, 1):
        _check_choice("activation", name, (*ACTIVATIONS, SOFTMAX))
        if name == SOFTMAX and k < layers:
            example = ["sigmoid"] * (layers - 1) + [SOFTMAX]
            raise ValueError(f"softmax can only be in the last layer, as in activation={example}")
    if chosen[-1] == SOFTMAX and sizes[-1] == 1:
        raise ValueError("softmax shares 1 out among several outputs, but there is one: take sigmoid, or two outputs")
    return tuple(chosen)


def checked_skips(skips: Any, sizes: tuple[int, ...]) -> list[Skip]:
    """Return edges as ((layer, neuron), (layer, neuron)); those of a mapping are its keys."""
    if isinstance(skips, str) or not isinstance(skips, Sequence | Mapping):
        raise TypeError(f"skips must be a list such as [((0, 1), (2, 1))], not {shown(skips)}")
    found: list[Skip] = []
    for skip in skips:
        if isinstance(skip, str) or not isinstance(skip, Sequence) or len(skip) != 2:
            raise TypeError(f"a skip is ((layer, neuron), (layer, neuron)), not {shown(skip)}")
        source, target = (_place("a skip", place, sizes) for place in skip)
        if target[0] - source[0] < 2:
            last = len(sizes) - 1
            choices = f"layers {source[0] + 2} to {last}" if source[0] + 2 <= last else "no layer"
            raise ValueError(
                f"the skip {(source, target)} skips no layer; from layer {source[0]} one leads to {choices}"
            )
        if (source, target) in found:
            raise ValueError(f"the skip {(source, target)} is given twice")
        found.append((source, target))
    return found


def _place(what: str, place: Any, sizes: tuple[int, ...]) -> Place:
    if isinstance(place, str) or not isinstance(place, Sequence) or len(place) != 2:
        raise TypeError(f"{what} names a neuron as (layer, neuron), not {shown(place)}")
    layer, k = (_whole(f"a number in {what}", number, 0) for number in place)
    if layer >= len(sizes) or not 1 <= k <= sizes[layer]:
        there = ", ".join(f"{n} in layer {number}" for number, n in enumerate(sizes))
        raise ValueError(f"{what} names {(layer, k)}, which is no neuron; there are {there}, counted from 1")
    return layer, k


def _labels(labels: Any, sizes: tuple[int, ...]) -> dict[Place, str]:
    """Labels by place, from a mapping or from a list per layer, where None or "" is no label."""
    if labels is None:
        return {}
    named: dict[Place, str] = {}
    for place, text in _pairs(labels, sizes):
        if text is not None and not isinstance(text, str):
            raise TypeError(f"the label of {place} must be a text, not {shown(text)}")
        if text and one_line(text).strip():
            named[place] = one_line(text).strip()
    last = len(sizes) - 1
    taken: dict[str, Place] = {neuron_name((0, k)): (0, k) for k in range(1, sizes[0] + 1) if (0, k) not in named}
    numbers = {str(k): (last, k) for k in range(1, sizes[-1] + 1) if (last, k) not in named}
    for place, text in named.items():
        if text in taken or (place[0] == last and text in numbers):
            taken = numbers | taken
            raise ValueError(f"the label {text!r} of {place} is that of {taken[text]}, too: give each neuron its own")
        taken[text] = place
    return named


def _pairs(labels: Any, sizes: tuple[int, ...]) -> Iterator[tuple[Place, Any]]:
    if isinstance(labels, Mapping):
        yield from ((_place("a label", place, sizes), text) for place, text in labels.items())
        return
    if isinstance(labels, str) or not isinstance(labels, Sequence):
        raise TypeError(
            f'labels must be a mapping such as {{(1, 2): "dog"}}, or a list for each layer, not {shown(labels)}'
        )
    if len(labels) != len(sizes):
        raise ValueError(f"labels has {len(labels)} lists, but {list(sizes)} has {len(sizes)} layers, inputs counted")
    for layer, (texts, size) in enumerate(zip(labels, sizes, strict=True)):
        if texts is None:
            continue
        if isinstance(texts, str) or not isinstance(texts, Sequence) or len(texts) != size:
            raise ValueError(f"labels[{layer}] must be a list of {size} texts, one for each neuron, not {shown(texts)}")
        yield from (((layer, k), text) for k, text in enumerate(texts, 1))
