"""Optimizers: how a gradient g changes a parameter p, with learning rate η, in place and with a memory of their own.

plain: p ← p − η g.
momentum: v ← μ v + g, p ← p − η v, μ = 0.9 (Polyak 1964; in this form Sutskever et al. 2013 for a constant η).
nesterov: v ← μ v + g, p ← p − η (g + μ v) (Nesterov 1983; in this form Bengio et al. 2013, section 3.5).
rmsprop: s ← ρ s + (1 − ρ) g², p ← p − η g / (√s + ε), ρ = 0.99, ε = 10⁻⁸ (Tieleman and Hinton 2012).
adam: m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², p ← p − η m̂ / (√ŝ + ε), where m̂ = m / (1 − β₁ᵗ),
ŝ = s / (1 − β₂ᵗ) after t steps, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸ (Kingma and Ba 2015, algorithm 1).

Every memory starts at 0.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bpviz.matrices.activations import Array

MU, RHO, BETA_1, BETA_2, EPSILON = 0.9, 0.99, 0.9, 0.999, 1e-8

Change = Callable[[Array, Array, Sequence[Array], float, int], None]
"""Changes p by g, with its memory, η and the number t of this step, counted from 1; g is spent."""


def _plain(p: Array, g: Array, memory: Sequence[Array], eta: float, t: int) -> None:
    p -= g  # which is η times the gradient already: one pass over the arrays less


def _momentum(p: Array, g: Array, memory: Sequence[Array], eta: float, t: int) -> None:
    (v,) = memory
    v *= MU
    v += g
    np.multiply(v, eta, out=g)
    p -= g


def _nesterov(p: Array, g: Array, memory: Sequence[Array], eta: float, t: int) -> None:
    (ahead,) = memory  # μ v, which spares a further array
    ahead += g
    ahead *= MU
    g += ahead
    g *= eta
    p -= g


def _rmsprop(p: Array, g: Array, memory: Sequence[Array], eta: float, t: int) -> None:
    s, root = memory
    s *= RHO
    np.square(g, out=root)
    root *= 1.0 - RHO
    s += root
    np.sqrt(s, out=root)
    root += EPSILON
    g *= eta
    g /= root
    p -= g


def _adam(p: Array, g: Array, memory: Sequence[Array], eta: float, t: int) -> None:
    m, s = memory  # without their factors 1 − β, which come in below: fewer passes over the arrays
    m_scale = (1.0 - BETA_1) / (1.0 - BETA_1**t)
    s_scale = math.sqrt((1.0 - BETA_2) / (1.0 - BETA_2**t))
    m *= BETA_1
    m += g
    s *= BETA_2
    g *= g
    s += g
    np.sqrt(s, out=g)
    g += EPSILON / s_scale
    np.divide(m, g, out=g)
    g *= eta * m_scale / s_scale
    p -= g


@dataclass(frozen=True)
class Rule:
    """A change, how many arrays it remembers for each parameter, and whether it wants g multiplied by η already."""

    change: Change
    memories: int
    scaled: bool = False


OPTIMIZERS: Mapping[str, Rule] = {
    "plain": Rule(_plain, 0, scaled=True),
    "momentum": Rule(_momentum, 1),
    "nesterov": Rule(_nesterov, 1),
    "adam": Rule(_adam, 2),
    "rmsprop": Rule(_rmsprop, 2),
}


class Optimizer:
    """One optimizer with what it remembers; `name` is a key of OPTIMIZERS."""

    def __init__(self, name: str, parameters: Sequence[Array]) -> None:
        self.name, self._steps = name, 0
        self._change = OPTIMIZERS[name].change
        self._memory = [[np.zeros_like(p) for _ in range(OPTIMIZERS[name].memories)] for p in parameters]

    def factor(self, eta: float) -> float:
        """Return what gradients must be multiplied by before a step."""
        return eta if OPTIMIZERS[self.name].scaled else 1.0

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array], eta: float) -> None:
        """Change every parameter by its gradient, which is multiplied by `factor(eta)`; the gradients are spent."""
        self._steps += 1
        for p, g, memory in zip(parameters, gradients, self._memory, strict=True):
            self._change(p, g, memory, eta, self._steps)
