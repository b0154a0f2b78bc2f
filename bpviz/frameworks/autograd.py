"""A program's forward steps as PyTorch tensors, and the gradients that autograd finds on the way back."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.ops import LEAK
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase


def pytorch() -> Any:
    """Return the module torch; ImportError that says how to get it where it is not installed."""
    try:
        import torch
    except ImportError:
        raise ImportError(
            "this needs PyTorch, which is not installed: pip install -r requirements-frameworks.txt"
        ) from None
    return torch


def is_imported() -> bool:
    """Return whether somebody has imported PyTorch already: doing so takes a second or more."""
    return sys.modules.get("torch") is not None


def autograd(program: Program, givens: Mapping[str, float], steps: bool = False) -> dict[str, float]:
    """Return ∂loss by every given (scalars, float64) as PyTorch's autograd finds them from the forward steps alone.

    With `steps` also by each of these steps. 0 by what the loss does not depend on. ImportError where PyTorch is not
    installed.
    """
    torch = pytorch()
    operations = _operations(torch)
    leaves = {name: torch.tensor(x, dtype=torch.float64, requires_grad=True) for name, x in givens.items()}
    known = dict(leaves)
    for step in program.steps:
        if step.phase in (Phase.FORWARD, Phase.LOSS):
            value = _tensor(torch, operations, step.expr, known)
            # a step that only names another one is a tensor of its own, so that it has a gradient of its own
            known[step.name] = value.clone() if isinstance(step.expr, Ref) else value
    asked = known if steps else leaves
    for tensor in asked.values():
        if tensor.requires_grad:
            tensor.retain_grad()
    loss = known[program.loss]
    if loss.requires_grad:
        loss.backward()
    return {n: t.grad.item() if t.requires_grad and t.grad is not None else 0.0 for n, t in asked.items()}


def _tensor(torch: Any, operations: Mapping[str, Callable[..., Any]], expr: Expr, known: Mapping[str, Any]) -> Any:
    match expr:
        case Const(value):
            return torch.tensor(value, dtype=torch.float64)
        case Ref(name):
            return known[name]
        case Apply(op, args):
            return operations[op](*(_tensor(torch, operations, a, known) for a in args))
    raise TypeError(f"no expression: {expr!r}")


def _operations(torch: Any) -> dict[str, Callable[..., Any]]:
    """Return PyTorch's own function for every operation of the table."""
    return {
        "add": torch.add,
        "sub": torch.sub,
        "mul": torch.mul,
        "div": torch.div,
        "pow": torch.pow,
        # of two equal numbers one gets all that arrives, as in ours and in torch.max of a list; torch.maximum shares it
        "max": lambda x, y: torch.where(x > y, x, y),
        "min": lambda x, y: torch.where(x < y, x, y),
        "neg": torch.neg,
        "square": torch.square,
        "reciprocal": torch.reciprocal,
        "sqrt": torch.sqrt,
        "exp": torch.exp,
        "log": torch.log,
        "sin": torch.sin,
        "cos": torch.cos,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "relu": torch.relu,
        "leaky_relu": lambda x: torch.nn.functional.leaky_relu(x, LEAK),
        "softplus": lambda x: torch.logaddexp(x, torch.zeros_like(x)),
        "abs": torch.abs,
        "step": lambda x: (x > 0.0).to(x.dtype),
        "fixed": torch.Tensor.detach,
    }
