"""Backward steps derived from forward ones by the chain rule: path by path, every factor a named step.

For a quantity q that feeds consumers c1, c2, ... the gradient is the sum over consumers of
(gradient of c) · (local derivative of c by q). Each local derivative, each term and the sum is a step of its own, so
that every view can show it. A local derivative of exactly 1 passes the gradient on and makes no step.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bpviz.algebra.expr import Const, Expr, Ref
from bpviz.algebra.traversal import partial, references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Step

Name = Callable[["Given | Step", "Given | Step"], str]


@dataclass(frozen=True)
class Naming:
    """How derived steps are called; every function gets the program's givens or steps.

    `gradient(q)` names ∂loss/∂q, `local(c, q)` names ∂c/∂q, `term(c, q)` names the part of ∂loss/∂q that comes back
    over c.
    """

    gradient: Callable[[Given | Step], str]
    local: Name
    term: Name


def _place(item: Given | Step) -> str:
    place = item.quantity.place
    return place if isinstance(place, str) else "_".join(place)


def _gradient_name(q: Given | Step) -> str:
    return f"delta_{_place(q)}" if q.quantity.kind is Kind.NET else f"dE_d{q.name}"


def _local_name(c: Given | Step, q: Given | Step) -> str:
    if (c.quantity.kind, q.quantity.kind) == (Kind.ACTIVATION, Kind.NET):
        return f"dout_dnet_{_place(c)}"
    return f"d{c.name}_d{q.name}"


def _term_name(c: Given | Step, q: Given | Step) -> str:
    return f"dE_{_place(c)}_d{q.name}"


STANDARD_NAMING = Naming(_gradient_name, _local_name, _term_name)
"""`delta_o1`, `dE_dw5`, `dout_dnet_o1`, `dnet_o1_dw5`; `dE_o1_dout_h1` is the part of ∂E/∂out_h1 that came over o1."""


@dataclass
class _Derivation:
    """One walk back from the loss; a step is made when first needed, so the order of questions orders the steps."""

    program: Program
    naming: Naming
    steps: list[Step] = field(default_factory=list)
    done: dict[str, Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reaches_loss = _ancestors(self.program, self.program.loss)
        self.consumers: dict[str, list[Step]] = {}
        for step in self.program.steps:
            if step.name in self.reaches_loss:
                for name in dict.fromkeys(references(step.expr)):
                    self.consumers.setdefault(name, []).append(step)

    def gradient(self, name: str) -> Expr:
        """Return the gradient of the loss by `name` as an expression over named steps; make the steps it needs."""
        if name == self.program.loss:
            return Const(1.0)
        if name not in self.reaches_loss:
            return Const(0.0)
        if name not in self.done:
            self.done[name] = self._derive(self.program[name])
        return self.done[name]

    def _derive(self, q: Given | Step) -> Expr:
        consumers = self.consumers[q.name]
        if len(consumers) == 1:
            total = self._over(consumers[0], q)
        else:
            total = Const(0.0)
            for c in consumers:
                total = total + self._named_term(c, q)
        if isinstance(total, Const):
            return total
        kind = Kind.DELTA if q.quantity.kind is Kind.NET else Kind.GRADIENT
        return self.step(self.naming.gradient(q), kind, q.quantity.place, total, (self.program.loss, q.name))

    def _over(self, c: Step, q: Given | Step) -> Expr:
        """The path over consumer c: what arrives at c, times the local derivative of c by q."""
        arriving = self.gradient(c.name)
        local = partial(c.expr, q.name, Ref(c.name))
        if isinstance(local, Const):
            return arriving * local
        if arriving == Const(1.0):
            return local
        return arriving * self.step(self.naming.local(c, q), Kind.LOCAL, _at(c, q), local, (c.name, q.name))

    def _named_term(self, c: Step, q: Given | Step) -> Expr:
        term = self._over(c, q)
        if isinstance(term, Const | Ref):
            return term
        return self.step(self.naming.term(c, q), Kind.TERM, _at(c, q), term, (c.name, q.name))

    def step(self, name: str, kind: Kind, place: str | tuple[str, str], expr: Expr, subject: tuple[str, ...]) -> Ref:
        """Add a backward step and return the reference to it."""
        self.steps.append(Step(Quantity(name, kind, place), expr, Phase.BACKWARD, subject))
        return Ref(name)


def _at(c: Step, q: Given | Step) -> str | tuple[str, str]:
    """Where a local derivative or a term lives: inside a neuron, on the weight's edge, or between two neurons."""
    here, there = q.quantity.place, c.quantity.place
    if here == there or isinstance(here, tuple):
        return here
    return (here, there) if isinstance(there, str) else here


def _ancestors(program: Program, name: str) -> set[str]:
    """Every name that `name` depends on, itself included."""
    found = {name}
    for step in reversed(program.steps):
        if step.name in found:
            found.update(references(step.expr))
    return found


def with_gradients(program: Program, wrt: Iterable[str], naming: Naming = STANDARD_NAMING) -> Program:
    """Return `program` with the backward steps for the gradients of its loss by each name in `wrt`, in that order.

    The program's `gradients` then map each name to its step. Raises KeyError for an unknown name.
    Source of the rule: dE/dq = Σ_c dE/dc · ∂c/∂q over the consumers c of q.
    """
    walk = _Derivation(program, naming)
    gradients = {}
    for name in wrt:
        result = walk.gradient(program[name].name)
        if not isinstance(result, Ref):
            # a constant (no influence on the loss, or the same slope everywhere) is a named step all the same
            result = walk.step(
                naming.gradient(program[name]),
                Kind.GRADIENT,
                program[name].quantity.place,
                result,
                (program.loss, name),
            )
        gradients[name] = result.name
    return replace(program, steps=(*program.steps, *walk.steps), gradients={**program.gradients, **gradients})
