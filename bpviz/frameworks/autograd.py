"""A program's forward steps as PyTorch tensors, and the gradients that autograd finds on the way back."""

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


def autograd(program: Program, givens: Mapping[str, float]) -> dict[str, float]:
    """Return ∂loss by every given (scalars, float64) as PyTorch's autograd finds them from the forward steps alone.

    0 for a given that the loss does not depend on. ImportError where PyTorch is not installed.
    """
    torch = pytorch()
    operations = _operations(torch)
    leaves = {name: torch.tensor(x, dtype=torch.float64, requires_grad=True) for name, x in givens.items()}
    known = dict(leaves)
    for step in program.steps:
        if step.phase in (Phase.FORWARD, Phase.LOSS):
            known[step.name] = _tensor(torch, operations, step.expr, known)
    loss = known[program.loss]
    if loss.requires_grad:
        loss.backward()
    return {name: 0.0 if leaf.grad is None else leaf.grad.item() for name, leaf in leaves.items()}


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
        "max": torch.maximum,
        "min": torch.minimum,
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
