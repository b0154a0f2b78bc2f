"""From named expressions to a tape of register operations, and from the tape to straight-line Python.

The tape is the one flattening: the browser plays it as it is, Python turns it into source and compiles that once.
Registers are called r0, r1, ...; no name or text of a user ever gets into the source.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bpviz.algebra.expr import Apply, Const, Expr, Ref
from bpviz.algebra.ops import OPS

Instruction = tuple[str, int, tuple[int, ...]]
"""(operation, register it writes, registers it reads)."""


@dataclass(frozen=True)
class Tape:
    """Register code of a program: givens first, then constants and results; `names` maps each name to its register."""

    givens: tuple[str, ...]
    constants: Mapping[int, float]
    code: tuple[Instruction, ...]
    names: Mapping[str, int]
    registers: int

    @cached_property
    def floats(self) -> Callable[..., tuple[float, ...]]:
        """Straight-line code on floats: givens in, all registers out. May raise ArithmeticError or ValueError."""
        return _build(self, [f"    return ({''.join(f'r{k}, ' for k in range(self.registers))})"])

    def arrays(self, *givens: Any) -> list[Any]:
        """Run the code on arrays that broadcast: givens in, all registers out. Overflow gives inf or nan, no error."""
        values: list[Any] = [*givens] + [None] * (self.registers - len(givens))
        for register, value in self.constants.items():
            values[register] = value
        with np.errstate(all="ignore"):
            for op, target, sources in self.code:
                values[target] = OPS[op].array(*(values[s] for s in sources))
        return values

    def run(self, givens: Iterable[Any]) -> list[Any]:
        """Run on floats, at full speed where no operation overflows, or on arrays where a given is one."""
        values = list(givens)
        if all(type(v) is float for v in values):
            try:
                return list(self.floats(*values))
            except (ArithmeticError, ValueError):
                return [float(v) for v in self.arrays(*map(np.float64, values))]
        return self.arrays(*values)

    def loop(self, feedback: Mapping[str, str], loss: str) -> Callable[..., None]:
        """Return `rounds(n, losses, state)`: n times run, append the loss, feed back; `state` holds the givens.

        Only what the loss and the feedback need is in the loop. An overflow raises and leaves `state` as it was before
        that round.
        """
        return _build_loop(self, feedback, loss)

    def epochs(self, feedback: Mapping[str, str], loss: str, columns: Iterable[str]) -> Callable[..., None]:
        """Return `epochs(orders, rows, means, state)`: for each order, append the mean loss over all rows, then train.

        A row holds the values of `columns`; an order is the rows as one epoch presents them, each fed back at once.
        `state` holds the givens. An overflow raises and leaves `means` and `state` as they were before that epoch.
        """
        return _build_epochs(self, feedback, loss, tuple(columns))


def flatten(givens: Iterable[str], steps: Iterable[tuple[str, Expr]]) -> Tape:
    """Return the tape of `steps` over `givens`; equal subexpressions share a register."""
    names = {name: register for register, name in enumerate(givens)}
    first = tuple(names)
    seen: dict[tuple[Any, ...], int] = {}
    constants: dict[int, float] = {}
    code: list[Instruction] = []

    def fresh(key: tuple[Any, ...]) -> int:
        seen[key] = len(first) + len(seen)
        return seen[key]

    def place(expr: Expr) -> int:
        match expr:
            case Ref(name):
                return names[name]
            case Const(value):
                # 0.0 and -0.0 are equal but not the same number
                key: tuple[Any, ...] = ("const", value, math.copysign(1.0, value))
                if key not in seen:
                    constants[fresh(key)] = value
                return seen[key]
            case Apply(op, args):
                sources = tuple(place(a) for a in args)
                if (op, sources) not in seen:
                    code.append((op, fresh((op, sources)), sources))
                return seen[op, sources]
        raise TypeError(f"not an expression: {expr!r}")

    for name, expr in steps:
        names[name] = place(expr)
    return Tape(first, constants, tuple(code), names, len(first) + len(seen))


_NAMESPACE: Mapping[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tanh": math.tanh,
    "log1p": math.log1p,
    "pow_": math.pow,
}


def _line(instruction: Instruction) -> str:
    op, target, sources = instruction
    return f"r{target} = " + OPS[op].source.format(*(f"r{s}" for s in sources))


def _build(tape: Tape, tail: list[str]) -> Callable[..., Any]:
    lines = [f"def run({', '.join(f'r{k}' for k in range(len(tape.givens)))}):"]
    lines += [f"    r{register} = {value!r}" for register, value in tape.constants.items()]
    lines += [f"    {_line(i)}" for i in tape.code]
    return _compiled(lines + tail, "run")


def _build_loop(tape: Tape, feedback: Mapping[str, str], loss: str) -> Callable[..., None]:
    outputs = {tape.names[loss], *(tape.names[source] for source in feedback.values())}
    code = _needed(tape.code, outputs)
    givens = ", ".join(f"r{k}" for k in range(len(tape.givens)))
    targets = ", ".join(f"r{tape.names[given]}" for given in feedback)
    sources = ", ".join(f"r{tape.names[source]}" for source in feedback.values())
    lines = ["def rounds(n, losses, state):", f"    [{givens}] = state", "    append = losses.append"]
    lines += [f"    r{register} = {value!r}" for register, value in tape.constants.items()]
    lines += ["    try:", "        for _ in range(n):"]
    lines += [f"            {_line(i)}" for i in code]
    lines += [f"            append(r{tape.names[loss]})"]
    lines += [f"            {targets} = {sources}"] if feedback else []
    lines += ["    finally:", f"        state[:] = [{givens}]"]
    return _compiled(lines, "rounds")


def _build_epochs(tape: Tape, feedback: Mapping[str, str], loss: str, columns: tuple[str, ...]) -> Callable[..., None]:
    fed = {tape.names[source] for source in feedback.values()}
    givens = ", ".join(f"r{k}" for k in range(len(tape.givens)))
    row = "".join(f"r{tape.names[column]}, " for column in columns)
    targets = ", ".join(f"r{tape.names[given]}" for given in feedback)
    sources = ", ".join(f"r{tape.names[source]}" for source in feedback.values())
    lines = ["def epochs(orders, rows, means, state):", f"    [{givens}] = state"]
    lines += [f"    r{register} = {value!r}" for register, value in tape.constants.items()]
    lines += ["    for presented in orders:", "        total = 0.0", f"        for ({row}) in rows:"]
    lines += [f"            {_line(i)}" for i in _needed(tape.code, {tape.names[loss]})]
    lines += [f"            total += r{tape.names[loss]}", f"        for ({row}) in presented:"]
    lines += [f"            {_line(i)}" for i in _needed(tape.code, fed)]
    lines += [f"            {targets} = {sources}" if feedback else "            pass"]
    lines += ["        means.append(total / len(rows))", f"        state[:] = [{givens}]"]
    return _compiled(lines, "epochs")


def _needed(code: tuple[Instruction, ...], outputs: set[int]) -> list[Instruction]:
    wanted, kept = set(outputs), []
    for instruction in reversed(code):
        if instruction[1] in wanted:
            wanted.update(instruction[2])
            kept.append(instruction)
    return kept[::-1]


def _compiled(lines: list[str], name: str) -> Callable[..., Any]:
    space: dict[str, Any] = dict(_NAMESPACE)
    # The source is made of register numbers, float literals and rows of the operation table only.
    exec(compile("\n".join(lines), "<bpviz tape>", "exec"), space)  # noqa: S102
    function: Callable[..., Any] = space[name]
    return function
