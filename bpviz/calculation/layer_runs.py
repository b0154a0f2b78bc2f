"""A learner's layer, run on copies: its output, the gradients that it returns, and slopes by central differences."""

import copy
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpviz.calculation.gradient_check import STEP
from bpviz.ground.checked import finite, real, shown

SMALLEST_SCALE = 1e-2
"""A number nearer to 0 than this takes the step of this one."""

MOST = 10_000
"""Two forward passes for each number: more numbers than these would take too long."""


@dataclass(frozen=True)
class Returned:
    """What one backward pass gave: by name a gradient (float, array, or None), and what the layer changed."""

    output: Any
    gradients: Mapping[str, Any]
    changed: frozenset[str]
    changed_arriving: bool


@dataclass(frozen=True)
class Subject:
    """A layer with the names and values of its inputs; `labels` go to forward after them, as they are."""

    layer: Any
    inputs: Mapping[str, Any]
    labels: tuple[Any, ...]

    def copied(self) -> Any:
        """Return a copy of the layer, so that the learner's own stays as it is; TypeError where it has none."""
        try:
            return copy.deepcopy(self.layer)
        except Exception as problem:
            raise TypeError(
                f"{type(self.layer).__name__} cannot be copied, so it cannot be checked: {problem}"
            ) from None

    def forward(self, layer: Any, inputs: Mapping[str, Any]) -> Any:
        """Return the output of a forward pass, a float or an array; TypeError or ValueError for any other one."""
        output = layer.forward(*(_copy(inputs[name]) for name in inputs), *copy.deepcopy(self.labels))
        return _checked_output(output)

    def returned(self, layer: Any, inputs: Mapping[str, Any], arriving: Any, parameters: tuple[str, ...]) -> Returned:
        """Return what forward and then backward give; `parameters` W, b leave their gradients in dW, db."""
        handed = {name: _copy(value) for name, value in inputs.items()}
        output = _checked_output(layer.forward(*handed.values(), *copy.deepcopy(self.labels)))
        own = _copy(arriving)
        found = self._by_name(layer.backward(own))
        found |= {name: getattr(layer, f"d{name}") for name in parameters}
        gradients = {name: None if value is None else _number(name, value) for name, value in found.items()}
        changed = frozenset(name for name in inputs if not np.array_equal(handed[name], inputs[name]))
        return Returned(output, gradients, changed, not np.array_equal(own, arriving))

    def _by_name(self, back: Any) -> dict[str, Any]:
        if back is None:
            return dict.fromkeys(self.inputs)
        several = isinstance(back, tuple) or (isinstance(back, list) and len(self.inputs) > 1)
        back = tuple(back) if several else (back,)
        if len(back) != len(self.inputs):
            raise ValueError(
                f"backward returned {_count(len(back), 'gradient')}, but forward has "
                f"{_count(len(self.inputs), 'input')}: {', '.join(self.inputs)}; return one for each, "
                "as a tuple. What has no gradient, such as labels, is handed over as labels=..."
            )
        return dict(zip(self.inputs, back, strict=True))

    def parameters(self, other: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the layer's own numbers, such as W, that no forward pass changes and that have a dW."""
        before = _numbers_of(self.copied())
        layer = self.copied()
        for inputs in (self.inputs, other):
            layer.backward(arriving_at(self.forward(layer, inputs)))
        after = _numbers_of(layer)
        same = (name for name in before if name in after and np.array_equal(before[name], after[name]))
        return tuple(name for name in same if f"d{name}" in layer.__dict__ and name not in self.inputs)

    def slopes(self, name: str, arrivings: Mapping[str, Any], inputs: Mapping[str, Any] | None = None) -> "Slopes":
        """Return the slopes of the sum of output · arriving by an input or parameter, for each of `arrivings`."""
        inputs = inputs or self.inputs
        layer = self.copied()
        start = inputs[name] if name in inputs else real(name, getattr(layer, name))
        if np.size(start) > MOST:
            raise ValueError(f"{name} holds {np.size(start):,} numbers; differences take at most {MOST:,}: use fewer")

        def at(value: Any) -> Any:
            if name in inputs:
                return self.forward(layer, {**inputs, name: value})
            setattr(layer, name, _copy(value))
            return self.forward(layer, inputs)

        return _slopes(at, start, arrivings)


@dataclass(frozen=True)
class Slopes:
    """Slopes by central differences, one array for each thing that could arrive; `kinks`: where there is no one slope.

    `noise` (scalar) is how far rounding alone can move them.
    """

    by: Mapping[str, np.ndarray]
    kinks: np.ndarray
    noise: float


def _slopes(function: Callable[[Any], Any], at: Any, arrivings: Mapping[str, Any]) -> Slopes:
    here, shape = function(at), np.shape(at)
    by = {key: np.zeros(shape) for key in arrivings}
    kinks, noise = np.zeros(shape, bool), 0.0
    first = next(iter(arrivings.values()))
    for place in np.ndindex(shape):
        x = float(np.asarray(at)[place])
        h = STEP * max(SMALLEST_SCALE, abs(x))
        above, below = function(_moved(at, place, x + h)), function(_moved(at, place, x - h))
        for key, arriving in arrivings.items():
            by[key][place] = np.sum(arriving * (above - below)) / ((x + h) - (x - h))
        right, left = np.sum(first * (above - here)) / h, np.sum(first * (here - below)) / h
        rounding = 10 * np.finfo(float).eps * float(np.sum(np.abs(first * here))) / h
        if abs(right - left) > 1e-3 * max(abs(right), abs(left)) + 10 * rounding:
            # the two sides of a smooth curve part in proportion to the step; those of a kink do not
            far = 8 * h
            above, below = function(_moved(at, place, x + far)), function(_moved(at, place, x - far))
            kinks[place] = abs(np.sum(first * (above - 2 * here + below))) / far < 4 * abs(right - left)
        noise = max(noise, rounding)
    return Slopes(by, kinks, noise)


def subject_of(layer: Any, inputs: tuple[Any, ...], labels: Any) -> Subject:
    """Return a checked layer with its inputs; TypeError or ValueError names the culprit."""
    if isinstance(layer, type):
        raise TypeError(f"check_layer takes an object, not a class: {layer.__name__}() instead of {layer.__name__}")
    for method in ("forward", "backward"):
        if not callable(getattr(layer, method, None)):
            raise TypeError(
                f"{shown(layer)} has no method {method!r}: a layer has forward(self, ...) and backward(self, dout)"
            )
    if not inputs:
        raise ValueError("check_layer needs the inputs of forward, as in check_layer(layer, 100, 2)")
    names = _names(layer, len(inputs))
    values = {name: finite(f"the input {name}", value) for name, value in zip(names, inputs, strict=True)}
    return Subject(layer, values, () if labels is None else (labels,))


def arriving_at(output: Any) -> Any:
    """Return 1 for every number of an output, in its shape."""
    return 1.0 if isinstance(output, float) else np.ones_like(output)


def _names(layer: Any, count: int) -> tuple[str, ...]:
    """The names of forward's parameters; those behind a star are numbered."""
    parameters = inspect.signature(layer.forward).parameters.values()
    named = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    star = next((p.name for p in parameters if p.kind is p.VAR_POSITIONAL), None)
    if count > len(named) and star is None:
        raise ValueError(
            f"forward takes {_count(len(named), 'input')}: {', '.join(named) or 'none'}; {count} were handed over"
        )
    return tuple([*named, *(f"{star}_{k}" for k in range(1, count - len(named) + 1))][:count])


def _checked_output(output: Any) -> Any:
    if output is None:
        raise ValueError("forward returned None: end it with 'return ...'")
    if getattr(output, "dtype", None) in (np.float32, np.float16):
        raise ValueError(f"forward computes in {output.dtype}, too coarse for differences: use float64")
    return finite("the output of forward", output)


def _number(name: str, value: Any) -> Any:
    return real(f"the gradient of {name}", value)


def _numbers_of(layer: Any) -> dict[str, Any]:
    """Return the numbers among a layer's attributes, as floats and arrays."""
    kinds = (int, float, np.number, np.ndarray)
    found = {n: v for n, v in getattr(layer, "__dict__", {}).items() if isinstance(v, kinds)}
    return {n: real(n, v) for n, v in found.items() if np.asarray(v).dtype.kind in "iuf"}


def _copy(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def _moved(at: Any, place: tuple[int, ...], value: float) -> Any:
    if isinstance(at, float):
        return value
    moved = at.copy()
    moved[place] = value
    return moved


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
