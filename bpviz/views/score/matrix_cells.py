"""A network in matrix form as JSON: every matrix of both passes, and for each cell its formula and its path."""

from collections.abc import Iterator, Mapping
from typing import Any

from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Kind, Step
from bpviz.example.example import Example
from bpviz.ground.checked import shown
from bpviz.ground.numbers import format_number
from bpviz.telling.story import Shown
from bpviz.views.score.matrices import Json, Matrices, Rows, label, transposed
from bpviz.views.score.small_network import small_network
from bpviz.writing.markup import MathML, Plain
from bpviz.writing.shown import FormulaRow, formula_rows, right_side

PRODUCT, EACH, PLUS, MINUS = "·", "⊙", "+", "−"
HALVES = (Kind.LOCAL, Kind.TERM, Kind.GRADIENT)
"""What is written out in a cell's formula, so that it reads as the formula of the matrices."""
MOST_NEURONS = 8


def matrix_cells(example: Example) -> Json:
    """Return the matrices of a layered network, the formula of each cell of a result, and where both stand.

    ValueError for an example that is no network of layers without skips, for layers of more than 8 neurons, and for
    outputs whose loss has no delta of this form.
    """
    kept = example.kept or {}
    sizes = kept.get("sizes")
    if sizes is None or kept.get("skips") or kept.get("derived"):
        raise ValueError(f"matrices belong to a network of layers without skips, not to {shown(example.title())}")
    if max(sizes) > MOST_NEURONS:
        raise ValueError(f"matrices are shown for layers of up to {MOST_NEURONS} neurons, not {max(sizes)}")
    return _Cells(example, kept).json()


class _Cells:
    def __init__(self, example: Example, kept: Mapping[str, Any]) -> None:
        self.example, self.program = example, example.program
        self.matrices = Matrices(example.program, kept)
        self.sizes = self.matrices.sizes
        self.output_activation, self.loss = kept["activation"][-1], kept["loss"]
        self.targets = [g.name for g in self.program.givens if g.quantity.kind is Kind.TARGET]
        self.trace = example.run()
        self.symbols, self.numbers = MathML(example.notation), MathML(example.notation, values={})
        self.plain = Plain(example.notation), Plain(example.notation, self.trace)

    def json(self) -> Json:
        layers = range(1, len(self.sizes))
        formulas = [f for layer in layers for f in self._forward(layer)]
        formulas += [f for layer in reversed(layers) for f in self._backward(layer)]
        names = {name for f in formulas for part in f["parts"] for row in part.get("rows", ()) for name in row}
        names |= {n for f in formulas for row in f["cells"] for cell in row for n in cell.pop("used")}
        values = {name: float(self.trace[name]) for name in sorted(names)}
        return {"network": small_network(self.example, self.sizes), "formulas": formulas, "values": values}

    def _forward(self, layer: int) -> Iterator[Json]:
        W, a, b = self.matrices.weights(layer), self.matrices.column("a", layer - 1), self.matrices.biases(layer)
        z = self.matrices.column("z", layer)
        operands = [("W", layer, W), PRODUCT, ("a", layer - 1, a), *([PLUS, ("b", layer, b)] if b else [])]
        yield self._formula(
            "z", layer, z, operands, lambda i, j: [(0, i, None), (1, None, 0), (2, i, 0)][: 3 if b else 2]
        )
        a = self.matrices.column("a", layer)
        shared = self._is_softmax(layer)
        yield self._formula("a", layer, a, [("g", layer, z)], lambda i, j: [(0, None if shared else i, 0)])

    def _is_softmax(self, layer: int) -> bool:
        """Whether the activation of a layer reads all net inputs, so that its slopes do not stand alone."""
        return layer == len(self.sizes) - 1 and self.output_activation == "softmax"

    def _backward(self, layer: int) -> Iterator[Json]:
        z, before = self.matrices.column("z", layer), self.matrices.column("a", layer - 1)
        dz = self.matrices.gradients(z)
        operands, read = self._delta(layer)
        yield self._formula("dz", layer, dz, operands, read)
        operands = [("dz", layer, dz), PRODUCT, ("aT", layer - 1, transposed(before))]
        dW = self.matrices.gradients(self.matrices.weights(layer))
        yield self._formula("dW", layer, dW, operands, lambda i, j: [(0, i, 0), (1, 0, j)])
        biases = self.matrices.biases(layer)
        if len({row[0] for row in biases}) == self.sizes[layer]:
            yield self._formula(
                "db", layer, self.matrices.gradients(biases), [("dz", layer, dz)], lambda i, j: [(0, i, 0)]
            )

    def _delta(self, layer: int) -> tuple[list[Any], Any]:
        """What dz is made of: at the output of the loss, elsewhere of the layer that follows."""
        places = zip(self.matrices.column("a", layer), self.matrices.column("z", layer), strict=True)
        slopes = [self.program.find(Kind.LOCAL, of=a, by=z) for (a,), (z,) in places]
        if layer < len(self.sizes) - 1:
            following = self.matrices.gradients(self.matrices.column("z", layer + 1))
            operands = [
                ("WT", layer + 1, transposed(self.matrices.weights(layer + 1))),
                PRODUCT,
                ("dz", layer + 1, following),
            ]
            read = [(0, None), (1, ...)]
        elif all(slopes):
            operands, read = [("da", layer, self.matrices.gradients(self.matrices.column("a", layer)))], [(0, None)]
        else:
            return self._difference(layer), lambda i, j: [(0, i, 0), (1, i, 0)]
        if all(slopes):
            operands += [EACH, ("slope", layer, [[step.name] for step in slopes if step])]
        last = [(len(read), 0)] if all(slopes) else []
        return operands, lambda i, j: [(k, None, 0) if at is ... else (k, i, at) for k, at in (*read, *last)]

    def _difference(self, layer: int) -> list[Any]:
        """Output minus target, times a number: what is left of dz where activation function and loss fit together."""
        factors = _fitting(self.output_activation, self.sizes[-1])
        if self.loss not in factors:
            known = " or ".join(factors)
            raise ValueError(
                f"matrices tell the deltas of {self.output_activation} outputs with {known}, not with {self.loss}"
            )
        factor = factors[self.loss]
        parts = [
            ("a", layer, self.matrices.column("a", layer)),
            MINUS,
            ("t", None, [[target] for target in self.targets]),
        ]
        return parts if factor == 1 else [f"{format_number(factor)} · (", *parts, ")"]

    def _formula(self, key: str, layer: int, result: Rows, operands: list[Any], read: Any) -> Json:
        """`read` of a cell's row and column gives (operand, row, column), None being all of them."""
        parts: list[Json] = [label(key, layer) | {"rows": result}, {"sign": "="}]
        parts += [{"sign": o} if isinstance(o, str) else label(o[0], o[1]) | {"rows": o[2]} for o in operands]
        cells = [
            [self._cell(name, key, layer, i, j, read(i, j)) for j, name in enumerate(row)]
            for i, row in enumerate(result)
        ]
        told = f"{key}_softmax" if key in ("a", "dz") and self._is_softmax(layer) else key
        if told == "dz" and MINUS in operands:
            told = "dz_difference"
        return {"key": key, "told": told, "layer": layer, "parts": parts, "cells": cells}

    def _cell(self, name: str, key: str, layer: int, i: int, j: int, read: list[Any]) -> Json:
        rows = list(formula_rows(self.program, Shown(name, (self._written_out(name),))))
        used = {n for row in rows for n in references(row.expr)} | {name}
        return {
            "name": name,
            "formula": [self._row(row) for row in rows],
            "told": [self._line(row, name) for row in rows],
            "reads": [[part, row, column] for part, row, column in read],
            "used": sorted(n for n in used if n in self.program),
            **self._path(key, layer, i + 1, j + 1),
        }

    def _written_out(self, name: str) -> frozenset[str]:
        """The parts of a gradient that no matrix holds."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            step = self.program[waiting.pop()]
            for read in references(step.expr) if isinstance(step, Step) else ():
                other = self.program[read]
                if isinstance(other, Step) and other.role.kind in HALVES and read not in found:
                    found.add(read)
                    waiting.append(read)
        return frozenset(found)

    def _row(self, row: FormulaRow) -> Json:
        left = self.symbols.symbol(row.left) if row.left else ["mrow"]
        return {"left": left, "right": right_side(row, self.symbols, self.numbers)}

    def _line(self, row: FormulaRow, name: str) -> str:
        symbols, numbers = self.plain
        left = symbols.symbol(name)
        return f"{left if row.left else ' ' * len(left)} = {right_side(row, symbols, numbers)}"

    def _path(self, key: str, layer: int, i: int, j: int) -> Json:
        """The nodes and edges that a cell belongs to, and those over which the error has come there."""
        scene, node = self.example.scene, f"{layer}_{i}"
        into = [edge.id for edge in scene.into.get(node, ()) if edge.carries.startswith("w")]
        focus, edges = [node], into if key == "z" else []
        if key == "dW":
            before = f"x{j}" if layer == 1 else f"{layer - 1}_{j}"
            focus, edges = [before, node], [edge.id for edge in scene.into[node] if edge.source == before]
        back = self._onward(node) if key.startswith("d") else []
        return {"focus": focus, "edges": edges, "back": back}

    def _onward(self, node: str) -> list[str]:
        """All edges from a node on to the loss: over them its error comes back."""
        found, waiting = dict[str, None](), [node]
        for here in waiting:
            for edge in self.example.scene.out_of.get(here, ()):
                found[edge.id] = None
                if edge.target not in waiting:
                    waiting.append(edge.target)
        return list(found)


def _fitting(activation: str, outputs: int) -> dict[str, float]:
    """Return by how much dz is more than output minus target, for the losses that fit an activation function."""
    if activation == "softmax":
        return {"cross_entropy": 1.0}
    if activation == "sigmoid":
        return {"binary_cross_entropy": 1.0} | ({"cross_entropy": 1.0} if outputs == 1 else {})
    return {"half_squared_error": 1.0, "squared_error": 2.0, "mean_squared_error": 2.0 / outputs}
