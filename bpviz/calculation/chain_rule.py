"""Backward steps derived from forward ones by the chain rule: path by path, every factor a named step.

For a quantity q that feeds consumers c1, c2, ... the gradient is the sum over consumers of
(gradient of c) · (local derivative of c by q). Each local derivative, each term and the sum is a step of its own, so
that every view can show it. A local derivative of exactly 1 passes the gradient on and makes no step. Nor do the errors
that a loss only adds up, and the parts of a shared bias, which are the deltas themselves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bpviz.algebra.expr import Const, Expr, Ref
from bpviz.algebra.traversal import movers, partials
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Given, Kind, Phase, Quantity, Role, Step

Name = Callable[["Given | Step", "Given | Step"], str]

Shortcut = Callable[[Callable[[str], Expr]], Expr]
"""A gradient in closed form: from the gradient of the loss by any name that it asks for to an expression."""


@dataclass(frozen=True)
class Naming:
    """How derived steps are called; every function gets the program's givens or steps.

    `gradient(q)` names ∂loss/∂q, `local(c, q)` names ∂c/∂q, `term(c, q)` names the part of ∂loss/∂q that comes back
    over c.
    """

    gradient: Callable[[Given | Step], str]
    local: Name
    term: Name


def standard_naming(loss: Quantity) -> Naming:
    """Return the usual naming: `delta_o1`, `dE_dw5`, `dout_dnet_o1`, `dnet_o1_dw5`.

    `dE_o1_dout_h1` is the part of ∂E/∂out_h1 that came over o1. E stands for the `loss`: of an error it is the word
    before the first "_", as of E_total; of any other quantity it is the whole name, so that y gives `dy_dx1`.
    """
    is_error = loss.kind is Kind.LOSS
    of = (is_error and loss.name.partition("_")[0]) or loss.name

    def gradient(q: Given | Step) -> str:
        return f"delta_{_place(q)}" if q.quantity.kind is Kind.NET else f"d{of}_d{q.name}"

    def local(c: Given | Step, q: Given | Step) -> str:
        is_slope = (c.quantity.kind, q.quantity.kind) == (Kind.ACTIVATION, Kind.NET)
        return f"dout_dnet_{_place(c)}" if is_slope else f"d{c.name}_d{q.name}"

    def term(c: Given | Step, q: Given | Step) -> str:
        return f"d{of}_{_place(c) if c.quantity.kind is Kind.NET else c.name}_d{q.name}"

    return Naming(gradient, local, term)


def _place(item: Given | Step) -> str:
    place = item.quantity.place
    return (place if isinstance(place, str) else "_".join(place)) or item.name


@dataclass
class _Derivation:
    """One walk back from the loss; a step is made when first needed, so the order of questions orders the steps."""

    program: Program
    naming: Naming
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    done: dict[str, Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reaches_loss = _ancestors(self.program, self.program.loss)
        self.slopes: dict[str, dict[str, Expr]] = {}

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
        if q.name in self.shortcuts:
            return self.whole(q, self.shortcuts[q.name](self.gradient))
        readers = self.program.readers[q.name]
        consumers = [c for c in readers if c.name in self.reaches_loss and q.name in set(movers(c.expr))]
        if len(consumers) == 1:
            total = self._over(consumers[0], q)
        else:
            total = Const(0.0)
            for c in consumers:
                total = total + self._part(c, q)
        if isinstance(total, Const) and q.quantity.kind is Kind.LOSS:
            return total
        return self.whole(q, total)

    def whole(self, q: Given | Step, total: Expr) -> Ref:
        """Add the step that is the gradient of the loss by q."""
        kind = Kind.DELTA if q.quantity.kind is Kind.NET else Kind.GRADIENT
        return self._step(self.naming.gradient(q), q.quantity.place, total, Role(kind, self.program.loss, q.name))

    def _over(self, c: Step, q: Given | Step) -> Expr:
        """The path over consumer c: what arrives at c, times the local derivative of c by q."""
        arriving = self.gradient(c.name)
        local = self._slopes_of(c).get(q.name, Const(0.0))
        if isinstance(local, Const):
            return arriving * local
        if arriving == Const(1.0):
            return local
        return arriving * self._step(self.naming.local(c, q), _at(c, q), local, Role(Kind.LOCAL, c.name, q.name))

    def _slopes_of(self, c: Step) -> dict[str, Expr]:
        if c.name not in self.slopes:
            self.slopes[c.name] = partials(c.expr, Ref(c.name))
        return self.slopes[c.name]

    def _part(self, c: Step, q: Given | Step) -> Expr:
        part = self._over(c, q)
        if isinstance(part, Ref) and q.quantity.kind is Kind.BIAS:
            return part
        return self._step(self.naming.term(c, q), _at(c, q), part, Role(Kind.TERM, self.program.loss, q.name, c.name))

    def _step(self, name: str, place: str | tuple[str, str], expr: Expr, role: Role) -> Ref:
        self.steps.append(Step(Quantity(name, role.kind, place), expr, Phase.BACKWARD, role))
        return Ref(name)


def _at(c: Step, q: Given | Step) -> str | tuple[str, str]:
    """Where a local derivative or a term lives: inside a neuron, on the weight's edge, or between two neurons."""
    here, there = q.quantity.place, c.quantity.place
    if here == there or isinstance(here, tuple):
        return here
    if not here:  # on several edges, or in several neurons
        return there
    return (here, there) if isinstance(there, str) else here


def _ancestors(program: Program, name: str) -> set[str]:
    """Every name that moves `name`, itself included."""
    found = {name}
    for step in reversed(program.steps):
        if step.name in found:
            found.update(movers(step.expr))
    return found


def with_gradients(
    program: Program,
    wrt: Iterable[str],
    naming: Naming | None = None,
    shortcuts: Mapping[str, Shortcut] | None = None,
) -> Program:
    """Return `program` with the backward steps for the gradients of its loss by each name in `wrt`, in that order.

    They are called as `standard_naming` has it, or by the caller's `naming`. The program's `gradients` then map each
    name to its step. `shortcuts`: name → its gradient in closed form, instead of path by path.
    Raises KeyError for an unknown name.
    Source of the rule: dE/dq = Σ_c dE/dc · ∂c/∂q over the consumers c of q.
    """
    walk = _Derivation(program, naming or standard_naming(program[program.loss].quantity), shortcuts or {})
    gradients = {}
    for name in wrt:
        result = walk.gradient(program[name].name)
        if not isinstance(result, Ref):
            # a constant (no influence on the loss, or the same slope everywhere) is a named step all the same
            result = walk.whole(program[name], result)
        gradients[name] = result.name
    return replace(program, steps=(*program.steps, *walk.steps), gradients={**program.gradients, **gradients})
