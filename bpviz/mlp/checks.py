"""What a network and a training can be: checked, or refused with TypeError or ValueError that names the choices."""

from typing import Any

import numpy as np

from bpviz.ground.checked import checked_count, finite_number, shown
from bpviz.matrices.losses import LOSSES, ONLY_AFTER, default_loss

MOST_NEURONS = 1_000_000


def checked_sizes(sizes: Any, output: Any) -> tuple[int, ...]:
    """Return the sizes of two or more layers, of neurons 1 to a million."""
    if not isinstance(sizes, list | tuple | np.ndarray) or len(sizes) < 2:
        raise ValueError(f"sizes must list two or more layers, such as [784, 50, 10], not {shown(sizes)}")
    checked = tuple(checked_count(f"sizes[{k}]", n, MOST_NEURONS, least=1) for k, n in enumerate(sizes))
    if output == "softmax" and checked[-1] == 1:
        raise ValueError("softmax of one output is always 1: it needs two classes or more; for one output take sigmoid")
    return checked


def checked_loss(loss: Any, output: str) -> str:
    """Return a loss that can stand after this output's activation; None is the one that goes with it."""
    known = one_of("loss", default_loss(output) if loss is None else loss, LOSSES)
    after = ONLY_AFTER.get(known, output)
    if after != output:
        fitting = [name for name in LOSSES if ONLY_AFTER.get(name, output) == output]
        raise ValueError(f"{known} stands after {after}, not after {output}; there: {', '.join(fitting)}")
    return known


def one_of(what: str, value: Any, choices: tuple[str, ...]) -> str:
    """Return `value`, one of the choices."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{what} must be one of {', '.join(choices)}, not {shown(value)}")
    return value


def above_zero(what: str, value: Any, or_zero: bool = False) -> float:
    """Return a finite number above 0, or from 0 on."""
    number = finite_number(what, value)
    if number < 0.0 or (number == 0.0 and not or_zero):
        raise ValueError(f"{what} must be {'0 or more' if or_zero else 'above 0'}, not {number:g}")
    return number


def checked_pair(validation: Any) -> tuple[Any, Any] | None:
    """Return the pair (X, y), or None where there is none; what stands in it is not looked at."""
    if validation is None:
        return None
    if not isinstance(validation, list | tuple) or len(validation) != 2:
        raise TypeError(f"validation must be a pair (X, y), not {shown(validation)}")
    return validation[0], validation[1]
