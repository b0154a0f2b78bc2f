"""The backward half of a layered network's story: at the neurons, then along the edges."""

from collections.abc import Iterator

from bpviz.algebra.traversal import references
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.teller import Teller
from bpviz.telling.scene import Chip, Piece, name_over_value
from bpviz.telling.story import Beat, Text


class BackwardTeller(Teller):
    """Tells local derivatives, deltas, terms, sums and gradients."""

    def _overview(self, neuron: str) -> Iterator[Beat]:
        """Before the first derivative of a layer: which way the first weight acts on the error."""
        layer = self.wiring.layer_of(neuron)
        if not self.once(f"overview {layer}"):
            return
        source, w = self.wiring.into(neuron)[0]
        single = neuron in self.wiring.outputs
        params = {"w": w, "n": neuron, "net": f"net_{neuron}", "out": f"out_{neuron}", "loss": self.program.loss}
        params["count"] = str(self._count_paths(neuron))
        key = "path" if single else "paths"
        edges = (w, *self.downstream(neuron))
        lit = (source, *self.nodes_downstream(neuron), *edges)
        chips = self.standing_in(Phase.BACKWARD)
        title, caption = Text(f"titles.{key}", params), Text(f"captions.{key}", params)
        yield Beat(f"{key}_{w}", Phase.BACKWARD, title, caption, lit=lit, forward=edges, chips=chips)

    def _count_paths(self, neuron: str) -> int:
        return 1 if neuron in self.wiring.outputs else sum(self._count_paths(t) for t, _ in self.wiring.out_of(neuron))

    def gradient(self, step: Step) -> Iterator[Beat]:
        """Tell the gradient of a weight, of a bias, or of the loss by a neuron's output."""
        about = self.program[step.subject[-1]].quantity
        if about.kind is Kind.WEIGHT:
            yield from self._weight_gradient(step, *about.edge)
        elif about.kind is Kind.BIAS:
            yield from self._bias_gradient(step)
        elif about.place in self.wiring.outputs:
            yield from self._output_error(step, str(about.place))
        else:
            yield from self._hidden_error(step, str(about.place))

    def _output_error(self, step: Step, n: str) -> Iterator[Beat]:
        yield from self._overview(n)
        key = "dout_first" if self.once("dout") else "dout"
        params = {"n": n, "out": f"out_{n}", "loss": self.program.loss, "dout": step.name}
        lit = (*self.nodes_downstream(n), *self.downstream(n), self.wiring.targets[n])
        chip = name_over_value(f"{n}.right", step.name, "backward")
        yield self.beat(
            step,
            Text("titles.dout", params),
            Text(f"captions.{key}", params),
            focus=(n,),
            lit=lit,
            backward=self.downstream(n),
            chips=[chip],
        )

    def local(self, step: Step) -> Iterator[Beat]:
        """Tell a local derivative, in a frame of its own where it is the first of its sort."""
        n = step.quantity.place
        by = self.program[step.subject[1]].quantity
        if by.kind is Kind.WEIGHT and self.once("dnet"):
            source, target = by.edge
            params = {"w": by.name, "x": self.wiring.signal(source), "net": f"net_{target}"}
            chip = name_over_value(by.name, step.name, "backward")
            title, caption = Text("titles.dnet", params), Text("captions.dnet_first", params)
            yield self.beat(step, title, caption, focus=(source,), lit=(source, target, by.name), chips=[chip])
        elif isinstance(n, str) and self.first_in_layer(n):
            activation = self.wiring.activations[n]
            key = f"local_first_{activation}" if self.once(f"local {activation}") else "local"
            params = {"n": n, "out": f"out_{n}", "net": f"net_{n}"}
            chips = [name_over_value(f"{n}.left", step.name, "backward"), self._arrived(n)]
            yield self.beat(
                step, Text("titles.local", params), Text(f"captions.{key}", params), focus=(n,), lit=(n,), chips=chips
            )
        else:
            self.pending.append(step.name)

    def _identity(self, n: str) -> str:
        """The ending of words for a neuron whose activation passes its net input on: no slope, no factor."""
        return "_identity" if self.wiring.activations[n] == "identity" else ""

    def _arrived(self, n: str) -> Chip:
        return name_over_value(f"{n}.right", f"dE_dout_{n}", "backward")

    def delta(self, step: Step) -> Iterator[Beat]:
        """Tell the delta of a neuron."""
        n = str(step.quantity.place)
        merged = tuple(self.pending)
        key = ("delta_first" if self.once("delta") else "delta") + self._identity(n)
        params = {"n": n, "delta": step.name, "out": f"out_{n}"}
        forms = (frozenset[str](), frozenset(merged)) if merged else (frozenset[str](),)
        self.standing[f"{n}.left"] = name_over_value(f"{n}.left", step.name, "backward", "symbol")
        title, caption = Text("titles.delta", params), Text(f"captions.{key}", params)
        yield self.beat(step, title, caption, forms=forms, focus=(n,), lit=(n,), chips=[self._arrived(n)])

    # -- backward: along edges ----------------------------------------------------------------------------------------

    def term(self, step: Step) -> Iterator[Beat]:
        """Tell what comes back over one edge, in a frame of its own for the first neuron of a layer."""
        n, c = step.quantity.edge
        yield from self._overview(n)
        if not self.first_in_layer(n):
            self.pending.append(step.name)
            return
        w = self.wiring.weights[n, c]
        params = {"c": c, "w": self._weight_read(c, n)}
        key = "term_first" if self.once("term") else "term"
        forms = (frozenset[str](), frozenset(self.pending))
        title, caption = Text("titles.term", params), Text(f"captions.{key}", params)
        lit, chips = (n, c, w), self._term_chips(n, until=c)
        yield self.beat(step, title, caption, forms=forms, focus=(n,), lit=lit, backward=(w,), chips=chips)

    def _term_chips(self, n: str, until: str = "") -> list[Chip]:
        """The term on every edge out of n, as far as `until`: delta · weight above its value."""
        chips = []
        for c, w in self.wiring.out_of(n):
            name = f"dE_{c}_d{self.wiring.signal(n)}"
            if name in self.program:
                above = (Piece("symbol", f"delta_{c}"), Piece("text", " · "), Piece("symbol", self._weight_read(c, n)))
                chips.append(Chip(w, "backward", (above, (Piece("value", name, bold=True),))))
            if c == until:
                break
        return chips

    def _weight_read(self, c: str, n: str) -> str:
        """The weight by which the error comes back from c to n: the old one; if updates are sequential, the new."""
        local = self.program[f"dnet_{c}_d{self.wiring.signal(n)}"]
        return next(references(local.expr)) if isinstance(local, Step) else ""

    def _hidden_error(self, step: Step, n: str) -> Iterator[Beat]:
        yield from self._overview(n)
        merged = tuple(self.pending)
        targets = self.wiring.out_of(n)
        edges = tuple(w for _, w in targets)
        params = {"n": n, "out": f"out_{n}", "loss": self.program.loss}
        params |= {"c": targets[0][0], "w": self._weight_read(targets[0][0], n)}
        key = "sum_one" if len(targets) == 1 else "sum_first" if self.once("sum") else "sum"
        forms = (frozenset[str](), frozenset(merged)) if merged else (frozenset[str](),)
        title, caption = Text("titles.sum", params), Text(f"captions.{key}", params)
        lit = (n, *edges, *(t for t, _ in targets))
        chips = [*self._term_chips(n), self._arrived(n)]
        yield self.beat(step, title, caption, forms=forms, focus=(n,), lit=lit, backward=edges, chips=chips)

    def _weight_gradient(self, step: Step, source: str, target: str) -> Iterator[Beat]:
        w, delta = step.subject[-1], f"delta_{target}"
        first = self.once(f"gradient {self.wiring.layer_of(target)}")
        key = (
            "gradient"
            if not first
            else "gradient_first"
            if target in self.wiring.outputs
            else "gradient_deep" + self._identity(target)
        )
        forms = (frozenset({delta}),) if first else (frozenset[str](), frozenset(self.pending))
        params = {
            "w": w,
            "x": self.wiring.signal(source),
            "delta": delta,
            "out": f"out_{target}",
            "loss": self.program.loss,
        }
        chip = name_over_value(w, step.name, "backward")
        title, caption = Text("titles.gradient", params), Text(f"captions.{key}", params)
        lit = (source, target, w)
        yield self.beat(step, title, caption, forms=forms, lit=lit, backward=(w,), chips=[chip])

    def _bias_gradient(self, step: Step) -> Iterator[Beat]:
        b = step.subject[-1]
        places = tuple(n for n, name in self.wiring.biases.items() if name == b)
        anchors = tuple(f"{b}@{n}" for n in places)
        params = {"w": b, "b": b}
        chips = [name_over_value(a, step.name, "backward") for a in anchors]
        key = "gradient_bias" if len(places) > 1 else "gradient_bias_one"
        title, caption = Text("titles.gradient", params), Text(f"captions.{key}", params)
        yield self.beat(step, title, caption, focus=places, lit=(*places, *anchors), chips=chips)
