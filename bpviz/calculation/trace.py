"""Running a program: the trace of one run."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.faults import faults
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Phase, Step
from bpviz.ground.words import DEFAULT, words

_FORWARD = (Phase.FORWARD, Phase.LOSS)


class Trace(Mapping[str, Any]):
    """Read-only mapping of every name to its value in one run: floats, or float64 arrays where a given was an array."""

    def __init__(self, program: Program, givens: Mapping[str, Any]) -> None:
        """Run `program` on `givens`, a value for every given (see `Program.values_of_givens`)."""
        self._program = program
        self._givens = in_order(program, givens)
        registers = self._registers = program.tape.run(self._givens.values())
        shape = np.broadcast_shapes(*(np.shape(v) for v in self._givens.values()))
        self._values = {name: _frozen(registers[program.tape.names[name]], shape) for name in program.names}

    def __getitem__(self, name: str) -> Any:
        """Return the value called `name`, of a list in its shape; KeyError names the choices."""
        if self._is_list(name):
            return self._in_shape(name, lambda n: self._values[n] if isinstance(n, str) else n)
        self._program[name]
        return self._values[name]

    def _is_list(self, name: Any) -> bool:
        return isinstance(name, str) and name in self._program.lists

    def _in_shape(self, name: str, value: Callable[[str | float], Any]) -> Any:
        """Return an array of a value for each element of a list; where those are arrays, the list's axes come last."""
        elements = self._program.lists[name]
        side_by_side = np.stack(np.broadcast_arrays(*(value(n) for n in elements.names)), axis=-1)
        shape = (*side_by_side.shape[:-1], *elements.shape)
        return _frozen(side_by_side.reshape(shape), shape)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._values, *self._program.lists))

    def __len__(self) -> int:
        return len(self._values) + len(self._program.lists)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle by running again, so that a copied array is as read-only as the original."""
        return Trace, (self._program, self._givens)

    def __repr__(self) -> str:
        return f"<Trace of {len(self)} values, {self._program.loss} = {self[self._program.loss]}>"

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Where finite numbers give something that is none: (step, sentence) in order; empty when all is well."""
        return self.faults_in(DEFAULT)

    def faults_in(self, lang: str) -> list[tuple[str, str]]:
        """Return `faults` with sentences in a language."""
        table = words(lang)
        return [(step, table[f"player.{key}"]) for step, key in faults(self._program, self._registers)]

    def gradient(self, name: str) -> Any:
        """Return the derivative of the loss by `name` (scalar or array as the trace), from the forward steps.

        Later steps do not move the loss: theirs is 0. Of a list it has the list's shape. KeyError names the choices.
        """
        if self._is_list(name):
            return self._in_shape(name, lambda n: self.gradient(n) if isinstance(n, str) else 0.0)
        item = self._program[name]
        if isinstance(item, Step) and item.phase not in _FORWARD:
            return _frozen(0.0, np.shape(self[name]))
        step, program = _gradient_program(self._program, name)
        return Trace(program, self._givens)[step]


def in_order(program: Program, givens: Mapping[str, Any]) -> dict[str, Any]:
    """Return `givens` in the order of the program."""
    return {given.name: givens[given.name] for given in program.givens}


@lru_cache(maxsize=256)
def _derived(givens: tuple[Given, ...], steps: tuple[Step, ...], loss: str, name: str) -> tuple[str, Program]:
    program = with_gradients(Program(givens, steps, loss), [name])
    return program.gradients[name], program


def _gradient_program(program: Program, name: str) -> tuple[str, Program]:
    forward = tuple(s for s in program.steps if s.phase in _FORWARD)
    return _derived(program.givens, forward, program.loss, name)


def _frozen(value: Any, shape: tuple[int, ...]) -> Any:
    # + 0.0 makes a zero of −0.0, which a factor 0 leaves behind: a slope that is nothing has no sign
    if not shape:
        return float(value) + 0.0
    array = np.broadcast_to(np.asarray(value, dtype=np.float64) + 0.0, shape)
    array.flags.writeable = False
    return array


def refuse_arrays(task: str, givens: Mapping[str, Any]) -> None:
    """Raise TypeError, naming the given, where one of the `givens` of a `task` is an array."""
    for name, value in givens.items():
        if np.ndim(value):
            shape = np.shape(value)
            raise TypeError(f"{task} starts from one value for each given, but {name} is an array of shape {shape}")
