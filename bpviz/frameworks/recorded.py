"""Graphs of a calculation: the one that PyTorch recorded on the way to a tensor, and our own in the same form."""

from collections.abc import Iterable
from typing import Any

from bpviz.algebra.expr import Apply, Expr, Ref
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given

Graph = list[tuple[str, list[int]]]
"""For each node its name and the places of what it reads; the first node is the result."""


def recorded(result: Any, **leaves: Any) -> Graph:
    """Return the graph that PyTorch recorded on the way to `result`, a tensor: each node with those that it reads.

    `leaves` give tensors names: `recorded(loss, w=w)`. TypeError for a result that records nothing.
    """
    first = getattr(result, "grad_fn", None)
    if first is None:
        raise TypeError("this has no recorded graph: it must be a tensor computed from one that requires a gradient")
    names = {id(tensor): name for name, tensor in leaves.items()}
    graph: Graph = []
    nodes = [first]
    for node in nodes:  # it grows on the way
        reads = [origin for origin, _ in node.next_functions if origin is not None]
        nodes += [origin for origin in dict.fromkeys(reads) if origin not in nodes]
        name = node.name().rpartition("::")[2]
        if hasattr(node, "variable"):
            name = f"{name} {names.get(id(node.variable), '')}".rstrip()
        graph.append((name, [nodes.index(origin) for origin in reads]))
    return graph


def calculated(program: Program) -> Graph:
    """Return the graph of a program's forward steps on the way to its loss, its operations by the names of our table.

    Constants are left out.
    """
    graph: Graph = []
    places: dict[str, list[int]] = {}

    def node(name: str, args: Iterable[Expr]) -> list[int]:
        reads: list[int] = []
        at = len(graph)
        graph.append((name, reads))
        for arg in args:
            reads += place(arg)
        return [at]

    def place(expr: Expr) -> list[int]:
        """Where an expression stands: nowhere for a constant."""
        if isinstance(expr, Apply):
            return node(expr.op, expr.args)
        if not isinstance(expr, Ref):
            return []
        if expr.name not in places:
            item = program[expr.name]
            places[expr.name] = node(expr.name, ()) if isinstance(item, Given) else place(item.expr)
        return places[expr.name]

    place(Ref(program.loss))
    return graph
