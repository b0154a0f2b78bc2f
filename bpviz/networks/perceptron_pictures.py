"""What each beat of a perceptron's derivation lights, and the chips that it puts there."""

from collections.abc import Iterable, Iterator, Mapping

from bpviz.networks.error_signals import change_of, new_value_of, signal_of
from bpviz.networks.perceptron_formulas import HIDDEN, OUTPUT
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip, Piece, name_over_value, old_to_new, staying
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene, edge_id, under

MOST_CHIPS = 20
"""Between two layers there is room to read so many labels."""

Places = tuple[str, ...]


class PerceptronPictures:
    """Lights what formula and caption of a beat speak of, and nothing else."""

    def __init__(self, wiring: Wiring, scene: Scene) -> None:
        """Draw the network of the wiring on its scene."""
        self.wiring, self.scene = wiring, scene

    def general(self, key: str, layer: int) -> Picture:
        """Return the picture of a beat that computes nothing: about a layer, or, for 0, about the whole network."""
        outputs, neurons = self.wiring.outputs, self.wiring.layers[layer] if layer else ()
        if key == "error":
            onward = self._onward(outputs)
            return Picture(self.scene.where(self.wiring.loss).nodes, self._to_error(outputs), onward)
        if key == "error_hidden":
            return Picture(outputs, tuple(dict.fromkeys((*self.into(outputs), *self._to_error(outputs)))))
        if key in ("error_hidden_terms", "error_input_terms"):
            return self._first_error(down_to=layer)
        if key == "about_signal_o":
            return Picture(outputs, self._to_error(outputs), backward=self._onward(outputs))
        if key == "about_signal_y":
            return self.signals(HIDDEN, neurons, neurons)
        if not layer or key == "error_input":
            return Picture(neurons)
        forward = self._edges(neurons) if key.startswith("sum") else ()
        chips = tuple(self.signals_of(neurons, stay=False)) if key.startswith("about_change") else ()
        return Picture(neurons, self.into(neurons), forward, chips=chips)

    def into(self, neurons: Places) -> Places:
        """Return neurons of one layer, the layer before, the edges between, and their biases."""
        before = self.wiring.layers[self.wiring.layer_of(neurons[0]) - 1]
        return (*neurons, *before, *self._edges(neurons), *self._labels(self.wiring.biases, neurons))

    def signals(self, layer: int, told: Places, lit: Places) -> Picture:
        """Return the picture of error signals of which some are `told`; `lit`: those that the formula is about."""
        if layer == OUTPUT:
            return Picture(told, (*lit, *self._targets(lit)))
        back, shown = (
            tuple(edge_id(n, over) for n in neurons for over, _ in self.wiring.out_of(n)) for neurons in (told, lit)
        )
        return Picture(told, (*lit, *self.wiring.outputs, *shown), backward=back)

    def signals_of(self, neurons: Iterable[str], stay: bool = True) -> Iterator[Chip]:
        """Yield the error signals of neurons, each below its own; they may stay while the error goes back."""
        for n in neurons:
            anchor, name = under(n)[0], signal_of(n)
            yield staying(anchor, name) if stay else name_over_value(anchor, name, "backward", "symbol")

    def coming_back(self, n: str) -> Iterator[Chip]:
        """Yield what comes back over every edge out of `n`: the error signal there, times the weight."""
        for over, weight in self.wiring.out_of(n):
            lines = (_known(signal_of(over)), (Piece("text", "· "), *_known(weight)))
            yield Chip(edge_id(n, over), "backward", lines)

    def weights(self, layer: int, sort: str) -> Iterator[Chip]:
        """Yield the change of each weight into a layer, or of the first, or, for an "update", its new value."""
        weights = self.wiring.into_layer(layer)
        for weight in weights[:1] if sort == "change" or len(weights) > MOST_CHIPS else weights:
            for anchor in self.scene.where(weight).anchors:
                if sort == "update":
                    yield old_to_new(anchor, weight, new_value_of(weight))
                else:
                    yield name_over_value(anchor, change_of(weight), "update")

    def _first_error(self, down_to: int) -> Picture:
        """The error of the first output, with all that it is made of."""
        told = self.wiring.outputs[:1]
        error = self.scene.where(self.wiring.error(told[0])).nodes
        before = self.into(self.wiring.layers[HIDDEN]) if down_to == HIDDEN else ()
        edges = (edge_id(told[0], node) for node in error)
        lit = (*self.into(told), *before, *error, *edges, *self._targets(told))
        return Picture(told, tuple(dict.fromkeys(lit)))

    def _edges(self, neurons: Places) -> Places:
        return tuple(edge_id(source, n) for n in neurons for source, _ in self.wiring.into(n))

    def _targets(self, outputs: Places) -> Places:
        return self._labels(self.wiring.targets, outputs)

    def _labels(self, named: Mapping[str, str], neurons: Places) -> Places:
        """Where the scene has the biases or targets of these neurons; in a crowd it has few."""
        return tuple(a for n in neurons if n in named for a in self.scene.where(named[n]).anchors)

    def _onward(self, outputs: Iterable[str]) -> Places:
        """The edges from outputs to the error."""
        return tuple(dict.fromkeys(e for n in outputs for e in self.scene.downstream(n)[1]))

    def _to_error(self, outputs: Places) -> Places:
        """Outputs with their targets, and all on the way from them to the error."""
        nodes = dict.fromkeys(node for n in outputs for node in self.scene.downstream(n)[0])
        return (*nodes, *self._onward(outputs), *self._targets(outputs))


def _known(name: str) -> tuple[Piece, ...]:
    return Piece("symbol", name), Piece("text", " "), Piece("value", name)
