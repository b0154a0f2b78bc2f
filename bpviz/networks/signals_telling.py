"""The story of a layered network with error signals, in the order of the classic illustrations."""

from collections.abc import Iterator

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase
from bpviz.networks.signals import rule_gradient_name, signal_name, slope_name, term_name
from bpviz.networks.teller import Teller
from bpviz.networks.wiring import Wiring
from bpviz.telling.scene import Chip, Piece, name_over_value, old_to_new
from bpviz.telling.story import Beat, Shown, Text


def signals_story(wiring: Wiring, program: Program, rule: str) -> tuple[Beat, ...]:
    """Return the beats: the network, one neuron opened, forward, the error, back, every neuron's new weights.

    `program` has its error signals by `rule`, one of `signals.RULES`.
    """
    return tuple(_StoryTeller(wiring, program, exact=rule == "exact").tell())


class _StoryTeller(Teller):
    def __init__(self, wiring: Wiring, program: Program, exact: bool) -> None:
        super().__init__(wiring, program)
        self.exact = exact  # slopes are needed on the way back, before any weight changes

    def tell(self) -> Iterator[Beat]:
        neurons = self.wiring.neurons
        yield Beat("network", Phase.FORWARD, Text("titles.network"), Text("captions.network"))
        yield self._opened(neurons[0])
        yield from (self._forward(n) for n in neurons)
        yield self._error(neurons[-1])
        yield from (self._back(n) for layer in self.wiring.layers[-2:0:-1] for n in layer)
        yield from (self._update(n) for n in neurons)
        done = Text("titles.done"), Text("captions.done")
        yield Beat("done", Phase.UPDATE, *done, chips=self.standing_in(Phase.UPDATE))

    def _around(self, n: str) -> tuple[str, ...]:
        """A neuron with everything that feeds it."""
        return (n, *(part for pair in self.wiring.into(n) for part in pair))

    def _weights_into(self, n: str) -> tuple[str, ...]:
        return tuple(w for _, w in self.wiring.into(n))

    def _opened(self, n: str) -> Beat:
        net, out = self.wiring.net(n), self.wiring.signal(n)
        params = {"net": net, "out": out, "f": f"f{n}"}
        formulas = (Shown(net, numbers="none"), Shown(out, numbers="none", also=f"f{n}"))
        words = Text("signals.titles.neuron"), Text("signals.captions.neuron", params)
        chips = _half(f"{n}.left", Piece("text", "Σ w·x"), net), _half(f"{n}.right", Piece("symbol", f"f{n}"), out)
        lit, edges = self._around(n), self._weights_into(n)
        return Beat("neuron", Phase.FORWARD, *words, formulas, focus=(n,), lit=lit, forward=edges, chips=chips)

    def _forward(self, n: str) -> Beat:
        net, out = self.wiring.net(n), self.wiring.signal(n)
        params = {"n": n, "net": net, "out": out}
        layer = self.wiring.layer_of(n)
        if n in self.wiring.outputs:
            key = "forward_last"
        elif self.once(f"forward {layer}"):
            key = "forward_first" if layer == 1 else "forward_deeper"
        else:
            key = "forward"
        return Beat(
            out,
            Phase.FORWARD,
            Text("signals.titles.forward", params),
            Text(f"signals.captions.{key}", params),
            formulas=(Shown(net), Shown(out, numbers="beside", also=f"f{n}")),
            reveals=(net, out),
            focus=(n,),
            lit=self._around(n),
            forward=self._weights_into(n),
        )

    def _error(self, n: str) -> Beat:
        delta, loss, target = signal_name(self.wiring, n), self.program.loss, self.wiring.targets[n]
        params = {"delta": delta, "target": target, "out": self.wiring.signal(n), "loss": loss}
        self.standing[f"{n}.right"] = name_over_value(f"{n}.right", delta, "backward", "symbol")
        return Beat(
            delta,
            Phase.LOSS,
            Text("signals.titles.error"),
            Text("signals.captions.error", params),
            formulas=(Shown(delta), Shown(loss, numbers="beside")),
            reveals=(loss, delta),
            focus=(n, loss),
            lit=(n, loss, f"{n}→E", target),
            forward=(f"{n}→E",),
            chips=tuple(self.standing.values()),
        )

    def _back(self, n: str) -> Beat:
        """What reaches a neuron: one part, or several that are added."""
        delta, targets = signal_name(self.wiring, n), self.wiring.out_of(n)
        (first, w), *others = targets
        self.pending += [self._term(n, over) for over, _ in targets if others]
        steep = [over for over, _ in targets if self.exact and self.once(f"slope {over}")]
        self.pending += [slope_name(self.wiring, over) for over in steep]
        params = {"n": n, "w": w, "c": first, "delta": signal_name(self.wiring, first), "count": str(len(targets))}
        key = ("meet" if others else "back") + ("_first" if self.once(f"back {len(targets)}") else "")
        key += "" if others else "_exact" if self.exact else "_illustrated"
        terms = frozenset(self._term(n, over) for over, _ in targets if others)
        reveals, self.pending = (*sorted(self.pending, key=self.program.names.index), delta), []
        edges = tuple(w for _, w in targets)
        chips = [*self.standing_in(Phase.BACKWARD), *(self._on_edge(n, over, w) for over, w in targets)]
        self.standing[f"{n}.right"] = name_over_value(f"{n}.right", delta, "backward", "symbol")
        return Beat(
            delta,
            Phase.BACKWARD,
            Text("signals.titles.back", params),
            Text(f"signals.captions.{key}", params),
            formulas=(*map(self._slope, steep), Shown(delta, (terms,))),
            reveals=reveals,
            focus=(n,),
            lit=(n, *edges, *(over for over, _ in targets)),
            backward=edges,
            chips=(*chips, self.standing[f"{n}.right"]),
        )

    def _term(self, n: str, over: str) -> str:
        return term_name(self.wiring, n, over)

    def _slope(self, n: str) -> Shown:
        """The slope of a neuron's activation, by both its names."""
        return Shown(slope_name(self.wiring, n), numbers="beside", also=f"df{n}/de")

    def _on_edge(self, n: str, over: str, weight: str) -> Chip:
        """What comes back over an edge: weight · error signal (· slope) above its value."""
        factors = [weight, signal_name(self.wiring, over)]
        above = [Piece("symbol", factors[0]), Piece("text", "·"), Piece("symbol", factors[1])]
        if self.exact:
            above += [Piece("text", "·"), Piece("symbol", f"f{over}′")]
        only = len(self.wiring.out_of(n)) == 1
        value = signal_name(self.wiring, n) if only else self._term(n, over)
        return Chip(weight, "backward", (tuple(above), (Piece("value", value, bold=True),)))

    def _update(self, n: str) -> Beat:
        delta, slope, weights = signal_name(self.wiring, n), slope_name(self.wiring, n), self._weights_into(n)
        key = "update_first" if self.once("update") else "update"
        params = {"n": n, "eta": "eta", "delta": delta}
        news = tuple(f"{w}_next" for w in weights)
        new_slope = [slope] if self.once(f"slope {n}") else []
        first, *rest = news
        self.standing |= {w: old_to_new(w, w, f"{w}_next") for w in weights}
        used = [name_over_value(f"{n}.left", slope, "backward", "symbol")]
        used.append(name_over_value(f"{n}.right", delta, "backward", "symbol"))
        return Beat(
            f"update_{n}",
            Phase.UPDATE,
            Text("signals.titles.update", params),
            Text(f"signals.captions.{key}", params),
            formulas=(
                *(self._slope(n) for _ in new_slope),
                Shown(first),
                *(Shown(name, numbers="beside") for name in rest),
            ),
            reveals=(*new_slope, *(rule_gradient_name(w) for w in weights), *news),
            focus=(n,),
            lit=self._around(n),
            chips=(*self.standing_in(Phase.UPDATE), *used),
        )


def _half(anchor: str, work: Piece, result: str) -> Chip:
    """What one half of a neuron does, and what comes out of it, in symbols."""
    return Chip(anchor, "forward", ((work,), (Piece("text", "→ "), Piece("symbol", result))))
