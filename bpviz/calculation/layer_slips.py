"""What went wrong in a gradient, told by its value: every slip that people make gives a number of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from bpviz.calculation.layer_runs import Slopes

TOLERANCE = 1e-5
ARRIVE = {"dout": (), "ones": ("no_dout",), "squares": ("dout_twice",)}
"""What a gradient may be multiplied by: what arrives, nothing, or what arrives twice."""


@dataclass(frozen=True)
class Claim:
    """A gradient that a layer returns, beside the slopes that it should have."""

    name: str
    gradient: Any
    slopes: Slopes
    value: Any

    @property
    def right(self) -> np.ndarray:
        """The slopes for what arrives."""
        return self.slopes.by["dout"]

    def fits(self, expected: Any, found: Any = None) -> bool:
        """Whether the gradient (or `found`) is `expected`, as well as differences can tell; kinks are left out."""
        found = np.asarray(self.gradient if found is None else found)
        expected = np.asarray(expected)
        if found.shape != expected.shape:
            return False
        if not np.isfinite(found).all():
            return False
        counts = ~self.slopes.kinks if self.slopes.kinks.shape == found.shape else np.ones(found.shape, bool)
        size = max(
            np.max(np.abs(expected), initial=0.0, where=counts), np.max(np.abs(found), initial=0.0, where=counts)
        )
        apart = np.max(np.abs(found - expected), initial=0.0, where=counts)
        return bool(apart <= TOLERANCE * size + 10 * self.slopes.noise)

    @property
    def is_right(self) -> bool:
        """Whether the gradient is the slope."""
        return self.gradient is not None and self.fits(self.right)

    def factor(self) -> float | None:
        """Return the one number that the slope is multiplied by in the gradient; None where there is none."""
        found = np.asarray(self.gradient)
        if found.shape != self.right.shape or not np.isfinite(found).all() or not self.right.any():
            return None
        counts = ~self.slopes.kinks
        squares = np.sum(self.right[counts] ** 2)
        factor = float(np.sum((found * self.right)[counts]) / squares) if squares else 1.0
        return float(f"{factor:.5g}") if self.fits(factor * self.right) else None  # as exact as differences are


def slips(claim: Claim, others: tuple[Claim, ...], output: Any, arriving: Any) -> tuple[str, ...]:
    """Return the likely slips in a wrong gradient, as the keys of their words; the fewest that explain its value.

    `others`: the claims of the layer's other inputs. `output` and `arriving` (dout) have one shape.
    """
    if claim.gradient is None:
        return ("none",)
    if not np.isfinite(claim.gradient).all():
        return ("nan",)
    found, shaped = _shaped(claim)
    if found is None:
        return ("shape",)
    if not found.any():
        return ("zero",)
    candidates = sorted(_candidates(claim, others, output, arriving), key=lambda c: len(c[0]))
    named = next((names for names, expected in candidates if claim.fits(expected, found)), ())
    return (*shaped, *named) or ("factor" if claim.factor() is not None else "other",)


def _shaped(claim: Claim) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """Return the gradient in the shape of its input, and the slip that gave it another shape; None where none fits."""
    found, shape = np.asarray(claim.gradient), claim.right.shape
    if found.shape == shape:
        turned = found.ndim == 2 and found.shape == found.T.shape and claim.fits(claim.right.T, found)
        return (found.T, ("transposed",)) if turned and not claim.fits(claim.right, found) else (found, ())
    if found.ndim == 2 and found.T.shape == shape:
        return found.T, ("transposed",)
    try:
        fits = np.broadcast_shapes(found.shape, shape) == found.shape
    except ValueError:
        fits = False
    if not fits or found.size <= claim.right.size:
        return None, ("shape",)
    summed = found.sum(axis=tuple(range(found.ndim - len(shape))))
    stretched = tuple(k for k, n in enumerate(shape) if n == 1)
    return summed.sum(axis=stretched, keepdims=True), ("not_summed",)


def _candidates(
    claim: Claim, others: tuple[Claim, ...], output: Any, arriving: Any
) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
    """Yield slips and the gradient that each of them would give."""
    swapped = [o for o in others if o.right.shape == claim.right.shape]
    for (who, names), (key, slip), sign in product(
        [(claim, ()), *((o, ("swapped",)) for o in swapped)], ARRIVE.items(), (1.0, -1.0)
    ):
        expected = sign * who.slopes.by[key]
        if expected.any():
            yield (*names, *slip, *(("sign",) if sign < 0 else ())), expected
    rows = np.shape(output)[0] if np.ndim(output) else np.shape(claim.value)[0] if np.ndim(claim.value) else 1
    if rows > 1:
        yield (("mean",), claim.right / rows) if np.ndim(output) else (("not_mean",), claim.right * rows)
    if np.shape(output) == claim.right.shape:
        yield from _elementwise(claim.value, output, arriving)


def _elementwise(x: Any, out: Any, arriving: Any) -> Iterator[tuple[tuple[str, ...], np.ndarray]]:
    for sign, names in ((1.0, ()), (-1.0, ("sign",))):
        yield ("only_dout", *names), np.asarray(sign * arriving)
    given: Mapping[str, Any] = {"out_squared": out * out, "net_for_out": x * (1.0 - x)}
    for name, slope in given.items():
        yield (name,), np.asarray(arriving * slope)
    yield ("net_for_out",), np.asarray(arriving * (1.0 - x * x))
