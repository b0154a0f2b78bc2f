"""The shape of a network of your own, checked: how many neurons, which activations, skips and labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from bpviz.cases.network_labels import checked_labels
from bpviz.cases.network_places import Skip, checked_skips, whole
from bpviz.ground.checked import shown
from bpviz.networks.crowd import Detail
from bpviz.networks.losses import check_loss
from bpviz.networks.names import Place, numbered_wiring
from bpviz.networks.optimizers import DECAYS
from bpviz.networks.wiring import ACTIVATIONS, SOFTMAX, Wiring

MOST_NODES, MOST_WEIGHTS = 60, 720
DETAILS = ("neuron", "layer")


@dataclass(frozen=True)
class Shape:
    """All of a network but its numbers; every field is checked by `checked_shape`.

    `labels`: what neurons are called on the screen; `names`: what weights and biases are.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimizer: str
    skips: tuple[Skip, ...] = ()
    biases: bool = False
    shared_biases: bool = False
    labels: Mapping[Place, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
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
            "names": dict(self.names),
            "textbook": None,
            "derived": False,
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
    shape = Shape(counts, activations, loss, optimizer, tuple(edges), biases, shared, detail=detail)
    wiring = shape.wiring()
    labels, names = checked_labels(others["labels"], counts, (*wiring.edges.carrying, *wiring.biases.values()))
    return replace(shape, labels=labels, names=names)


def _check_choice(what: str, value: Any, choices: Iterable[str]) -> None:
    if not isinstance(value, str) or value not in list(choices):
        raise ValueError(f"no {what} {shown(value)}; choices are {', '.join(choices)}")


def _sizes(sizes: Any) -> tuple[int, ...]:
    if isinstance(sizes, str) or not isinstance(sizes, Sequence) or len(sizes) < 2:
        raise TypeError(
            f"the sizes must be a list of at least two numbers of neurons, as in [3, 2, 1], not {shown(sizes)}"
        )
    return tuple(whole(f"the size of layer {k}", size, 1) for k, size in enumerate(sizes))


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
