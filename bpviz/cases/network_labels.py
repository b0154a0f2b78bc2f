"""What neurons, weights and biases of a network of your own are called on the screen, checked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bpviz.cases.network_places import checked_place
from bpviz.ground.checked import shown
from bpviz.ground.texts import one_line
from bpviz.networks.names import Place, neuron_name

MOST_SHOWN = 8
"""Names that an error lists."""


def checked_labels(
    labels: Any, sizes: tuple[int, ...], parameters: Sequence[str]
) -> tuple[dict[Place, str], dict[str, str]]:
    """Return labels of neurons by place, and of weights and biases by name, where None or "" is no label.

    `labels`: a mapping, whose keys are (layer, neuron) or one of `parameters`, or a list for each layer.
    Raises TypeError or ValueError, naming the culprit and the choices, and for two that are called alike.
    """
    named: dict[Place, str] = {}
    told: dict[str, str] = {}
    known = dict.fromkeys(parameters)
    for key, text in _pairs(labels, sizes) if labels is not None else ():
        if text is not None and not isinstance(text, str):
            raise TypeError(f"the label of {key} must be a text, not {shown(text)}")
        shortened = one_line(text or "").strip()
        if not isinstance(key, str):
            named |= {key: shortened} if shortened else {}
        elif key in known:
            told |= {key: shortened} if shortened else {}
        else:
            some = ", ".join([*list(known)[:MOST_SHOWN], *(["..."] if len(known) > MOST_SHOWN else [])])
            raise ValueError(f"no weight or bias {shown(key)} to label; there are {some}")
    _check_apart(named, told, sizes)
    return named, told


def _check_apart(named: Mapping[Place, str], told: Mapping[str, str], sizes: tuple[int, ...]) -> None:
    """Refuse two labels that are alike, what else is called so, and the number of another output."""
    last = len(sizes) - 1
    taken: dict[str, Any] = {neuron_name((0, k)): (0, k) for k in range(1, sizes[0] + 1) if (0, k) not in named}
    taken |= {"L": "the loss", "η": "the learning rate"}
    ends = [str(k) for k in range(1, sizes[-1] + 1)] if sizes[-1] > 1 else [""]
    taken |= {f"t{k}": "a target" for k in ends} | {f"L{k}": "an error" for k in ends if k}
    numbers = {str(k): (last, k) for k in range(1, sizes[-1] + 1) if (last, k) not in named}
    for place, text in named.items():
        if text in taken or (place[0] == last and text in numbers):
            taken = numbers | taken
            raise ValueError(f"the label {text!r} of {place} is that of {taken[text]}, too: give each neuron its own")
        taken[text] = place
    for name, text in told.items():
        if text in taken:
            raise ValueError(f"the label {text!r} of {name} is that of {taken[text]}, too: give each its own")
        taken[text] = name


def _pairs(labels: Any, sizes: tuple[int, ...]) -> Iterator[tuple[Place | str, Any]]:
    if isinstance(labels, Mapping):
        for key, text in labels.items():
            yield key if isinstance(key, str) else checked_place("a label", key, sizes), text
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
