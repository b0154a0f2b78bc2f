"""A learner's own layer, checked: what its `backward` returns beside central differences of its `forward`."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from inspect import signature
from typing import Any

import numpy as np

from bpviz.calculation.layer_report import LayerCheck, LayerRow
from bpviz.calculation.layer_runs import Returned, Subject, arriving_at, subject_of
from bpviz.calculation.layer_slips import Claim, slips
from bpviz.ground.seeded import random_numbers
from bpviz.ground.words import DEFAULT, words

SEED = 16


def check_layer(layer: Any, *inputs: Any, labels: Any = None, lang: str = DEFAULT) -> LayerCheck:
    """Return what a layer's `backward(dout)` gives beside central differences of its `forward(*inputs)`.

    `inputs`: numbers or arrays, in the order of forward. `labels`: what forward takes after them, without a gradient.
    The layer's own numbers, such as W, are checked where it leaves their gradients in dW. dout is random, of the
    output's shape, the same every time; the slopes are those of the sum of dout · output. Layer and inputs stay as they
    are: all runs on copies.
    Raises TypeError or ValueError, naming the culprit, for what is no such layer, for inputs, outputs or gradients that
    are no finite numbers, and where forward gives another output for the same inputs.
    """
    words(lang)
    with np.errstate(all="ignore"):
        subject = subject_of(layer, inputs, labels)
        output = _steady_output(subject)
        arriving = _random(output)
        rows, notes = _judged(subject, arriving)
        slips_found = {row.slips for row in rows} - {()}
        if slips_found == {("no_dout",)} and _may_be_last(layer, output):
            arriving = 1.0
            rows, notes = _judged(subject, arriving)[0], ("last_layer",)
    return LayerCheck(type(layer).__name__, rows, arriving, notes, lang)


def _judged(subject: Subject, arriving: Any) -> tuple[tuple[LayerRow, ...], tuple[str, ...]]:
    """Return the rows for what arrives, and the keys of what else is worth knowing."""
    others = _other_inputs(subject)
    parameters = subject.parameters(others[0] if others else subject.inputs)
    returned = subject.returned(subject.copied(), subject.inputs, arriving, parameters)
    claims = _claims(subject, returned, arriving)
    rows = tuple(_row(subject, claim, claims, returned, arriving) for claim in claims)
    if all(row.agrees for row in rows):
        rows = _after_another(subject, rows, claims, others, arriving, parameters)
    return rows, ("changes_dout",) if returned.changed_arriving else ()


def _steady_output(subject: Subject) -> Any:
    layer = subject.copied()
    first, second = (subject.forward(layer, subject.inputs) for _ in range(2))
    if not np.array_equal(first, second):
        raise ValueError("forward gives another output for the same inputs, so differences tell nothing")
    return first


def _random(output: Any) -> Any:
    """Numbers that are far from 0 and from ±1, so that a forgotten or doubled factor shows."""
    chance = random_numbers(SEED)
    numbers = [(1.25 + 0.75 * next(chance)) * (-1.0 if next(chance) < 0.5 else 1.0) for _ in range(np.size(output))]
    return numbers[0] if isinstance(output, float) else np.reshape(numbers, np.shape(output))


def _other_inputs(subject: Subject) -> tuple[Mapping[str, Any], ...]:
    """Return up to two sets of other inputs that the layer can take: one with every sign turned, one without."""
    found = []
    for sign in (-1.0, 1.0):
        chance = random_numbers(SEED + 1)
        other = {name: _moved(value, sign, chance) for name, value in subject.inputs.items()}
        with suppress(Exception):  # a logarithm, say, takes no negative number
            layer = subject.copied()
            subject.returned(layer, other, arriving_at(subject.forward(layer, other)), ())
            found.append(other)
    return tuple(found)


def _moved(value: Any, sign: float, chance: Iterator[float]) -> Any:
    factors = np.reshape([0.5 + 0.4 * next(chance) for _ in range(np.size(value))], np.shape(value))
    moved = sign * np.where(np.asarray(value) == 0.0, 0.3, value) * factors
    return float(moved) if isinstance(value, float) else moved


def _claims(subject: Subject, returned: Returned, arriving: Any) -> tuple[Claim, ...]:
    arrivings = {"dout": arriving, "ones": np.ones_like(arriving), "squares": np.square(arriving)}
    return tuple(
        Claim(name, gradient, subject.slopes(name, arrivings), subject.inputs.get(name, 0.0))
        for name, gradient in returned.gradients.items()
    )


def _row(subject: Subject, claim: Claim, claims: tuple[Claim, ...], returned: Returned, arriving: Any) -> LayerRow:
    found: tuple[str, ...] = ()
    factor = None
    if not claim.is_right:
        others = tuple(other for other in claims if other is not claim)
        found = slips(claim, others, returned.output, arriving)
        factor = None if claim.gradient is None else claim.factor()
    if found in (("factor",), ("other",)) and _stands_still(subject, claim, arriving):
        found = ("kept",)
    if claim.name in returned.changed:
        found = (*found, "changed")
    numeric = float(claim.right) if claim.right.ndim == 0 else claim.right
    return LayerRow(claim.name, claim.gradient, numeric, found, factor, int(claim.slopes.kinks.sum()))


def _stands_still(subject: Subject, claim: Claim, arriving: Any) -> bool:
    """Whether the gradient is the same for other inputs, where the slope is not: it comes from inputs of long ago."""
    for other in _other_inputs(subject):
        parameters = () if claim.name in subject.inputs else (claim.name,)
        gradient = subject.returned(subject.copied(), other, arriving, parameters).gradients[claim.name]
        slopes = subject.slopes(claim.name, {"dout": arriving}, other)
        if np.array_equal(gradient, claim.gradient) and not claim.fits(slopes.by["dout"], claim.right):
            return True
    return False


def _after_another(
    subject: Subject,
    rows: tuple[LayerRow, ...],
    claims: tuple[Claim, ...],
    others: tuple[Mapping[str, Any], ...],
    arriving: Any,
    parameters: tuple[str, ...],
) -> tuple[LayerRow, ...]:
    """Return the rows of gradients that are right at first, judged again after passes with other inputs."""
    for other, way in [(other, way) for other in others for way in ("kept", "adds_up")]:
        layer = subject.copied()
        if way == "kept":
            subject.forward(layer, other)
        else:
            subject.returned(layer, other, arriving, ())
        again = subject.returned(layer, subject.inputs, arriving, parameters).gradients
        judged = [Claim(c.name, again[c.name], c.slopes, c.value) for c in claims]
        if not all(claim.is_right for claim in judged):
            return tuple(
                row if claim.is_right else LayerRow(row.name, claim.gradient, row.numeric, (way,), claim.factor())
                for row, claim in zip(rows, judged, strict=True)
            )
    return rows


def _may_be_last(layer: Any, output: Any) -> bool:
    """Whether a layer is a loss whose backward(self, dout=1) may leave dout out: only 1 arrives at the last one."""
    default = next(iter(signature(layer.backward).parameters.values())).default
    return isinstance(default, int | float) and default == 1 and isinstance(output, float)
