"""The telling of a three-layer perceptron: every formula in general, then for one neuron with numbers, then for all."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind, Phase, Step
from bpviz.networks.error_signals import change_of, signal_of
from bpviz.networks.perceptron_formulas import HIDDEN, OUTPUT, PerceptronFormulas, Rows
from bpviz.networks.perceptron_letters import LETTERS, SIZES, General, letter_name
from bpviz.networks.perceptron_pictures import PerceptronPictures
from bpviz.networks.perceptron_symbols import FUNCTION
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene
from bpviz.telling.story import Beat, Text
from bpviz.telling.tell import Group, Telling

_SORTS = {Kind.NET: "net", Kind.ACTIVATION: "output", Kind.LOSS: "error", Kind.UPDATED: "update", Kind.CHANGE: "change"}

_REST = {"net": "rest", "output": "rest", "signal": "signals", "change": "changes"}
"""Where all but the first are told together: what that is called."""

Where = tuple[str, int]
"""A part of the derivation, and the layer that it is about; 0 for the error."""


class PerceptronTelling(Telling):
    """Tells the derivation: sums over a layer and their terms, E as it follows the weights, error signals, changes."""

    def __init__(self, wiring: Wiring, program: Program, scene: Scene, general: General) -> None:
        """Tell `program`, which has error signals and changes, on its scene."""
        self.wiring, self.program, self.scene = wiring, program, scene
        self.formula = PerceptronFormulas(wiring, program, general)
        self.pictures = PerceptronPictures(wiring, scene)
        self.letters = self._letters(general)

    def _letters(self, general: General) -> dict[str, str]:
        """What words may name: gap → a name with letters."""
        first = {k: self.formula.first(k) for k in (0, HIDDEN, OUTPUT)}
        named = {
            "x": first[0],
            "v": self.formula.first_weight(HIDDEN),
            "y": self.wiring.signal(first[HIDDEN]),
            "w": self.formula.first_weight(OUTPUT),
            "o": self.wiring.signal(first[OUTPUT]),
            "d": self.wiring.targets[first[OUTPUT]],
            "net_y": self.wiring.net(first[HIDDEN]),
            "net_o": self.wiring.net(first[OUTPUT]),
            "delta_y": signal_of(first[HIDDEN]),
            "delta_o": signal_of(first[OUTPUT]),
            "change_v": change_of(self.formula.first_weight(HIDDEN)),
            "change_w": change_of(self.formula.first_weight(OUTPUT)),
        }
        letters = {gap: general.name_of(name) for gap, name in named.items()}
        own = {letter: letter_name(letter) for letter in (*LETTERS, *SIZES, FUNCTION)}
        return letters | own | {"E": self.program.loss, "eta": "eta"}

    def _where(self, step: Step) -> Where:
        """The part of the derivation that a step belongs to."""
        kind, place = step.role.kind, self.program[step.role.by or step.name].quantity.place
        if kind is Kind.LOSS:
            return "error", 0
        neuron = place if isinstance(place, str) else place[1]
        if kind in (Kind.LOCAL, Kind.GRADIENT) and self.program[step.role.by].quantity.kind is Kind.WEIGHT:
            return "change", self.wiring.layer_of(neuron)
        return _SORTS.get(kind, "signal"), self.wiring.layer_of(neuron)

    def _is_first(self, step: Step) -> bool:
        """True for a step of the first neuron of its layer, or of its first weight."""
        sort, layer = self._where(step)
        about = self.program[step.role.by or step.name].quantity.place
        if sort == "change":
            return about == self.program[self.formula.first_weight(layer)].quantity.place
        return about == self.formula.first(layer)

    def beat_of(self, step: Step) -> Hashable:
        """A beat for what the first neuron of a layer does, and one for all the others."""
        sort, layer = self._where(step)
        if sort in ("error", "update"):
            return sort, layer
        return (sort if self._is_first(step) else _REST[sort]), layer

    def name_of(self, group: Group) -> str:
        """Return the id of a beat: what it computes, or the part of the derivation and the layer."""
        sort, layer = self._key(group)
        return f"{sort}_{layer}" if sort in (*_REST.values(), "update") else group.last.name

    def _key(self, group: Group) -> Where:
        sort, layer = self._where(group.last)
        return (sort, layer) if sort in ("error", "update") or self._is_first(group.last) else (_REST[sort], layer)

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Title and caption by the part of the derivation and the layer."""
        sort, layer = self._key(group)
        key = f"{sort}_{'yo'[layer - 1]}" if layer else f"{sort}_terms"
        return self._words(key)

    def _words(self, key: str) -> tuple[Text, Text]:
        return Text(f"perceptron.titles.{key}", self.letters), Text(f"perceptron.captions.{key}", self.letters)

    def formulas(self, group: Group, first: bool) -> Rows:
        """Return the formulas of a beat: in general, then with numbers, but for the others, who are told at once."""
        sort, layer = self._key(group)
        if sort == "error":
            return self.formula.error_terms()
        rows: dict[str, Callable[[int], Rows]] = {
            "net": self.formula.net,
            "rest": self.formula.signals_forward,
            "output": self.formula.output,
            "signal": self.formula.signal_terms,
            "signals": lambda layer: self.formula.signal_terms(layer)[:1],
            "change": self.formula.change_numbers,
            "changes": lambda layer: self.formula.change_numbers(layer)[:1],
            "update": self.formula.new_value,
        }
        return rows[sort](layer)

    def picture(self, group: Group, default: Picture) -> Picture:
        """What the formula speaks of, with the chips of what is told."""
        sort, layer = self._key(group)
        told = tuple(dict.fromkeys(str(s.quantity.place) for s in group.steps if s.role.kind is Kind.ERROR_SIGNAL))
        if sort in ("signal", "signals"):
            default = self.pictures.signals(layer, told, told if sort == "signal" else self.wiring.layers[layer])
        elif sort == "rest":
            default = replace(default, lit=self.pictures.into(self.wiring.layers[layer]))
        return replace(default, chips=self._standing(self._chips(sort, layer, told)))

    def _chips(self, sort: str, layer: int, told: tuple[str, ...]) -> Iterator[Chip]:
        """Error signals below their neurons and what comes back over the edges; changes and new values at weights."""
        if sort == "signal" and layer == HIDDEN:
            yield from self.pictures.coming_back(told[0])
        if sort in ("change", "changes"):
            ends = self.wiring.layers[layer]
            yield from self.pictures.signals_of(ends[:1] if sort == "change" else ends, stay=False)
        if sort in ("change", "changes", "update"):
            yield from self.pictures.weights(layer, sort)
        yield from self.pictures.signals_of(told)

    def _standing(self, chips: Iterator[Chip]) -> tuple[Chip, ...]:
        """The chips for which the scene has a place."""
        return tuple(chip for chip in chips if chip.anchor in self.scene.anchors)

    def before(self, group: Group) -> Iterator[Beat]:
        """Before the first neuron of a layer: the formula in general."""
        sort, layer = self._key(group)
        ending = "yo"[layer - 1]
        if sort == "net":
            yield self._general(f"sum_{ending}", Phase.FORWARD, self.formula.sum(layer), layer)
        elif sort == "error":
            yield self._general("error", Phase.LOSS, self.formula.error(), 0)
        elif sort == "signal":
            if layer == OUTPUT:
                yield from self._derivation()
            yield self._general(f"about_signal_{ending}", Phase.BACKWARD, self.formula.signal(layer), layer)
        elif sort == "change":
            yield self._general(f"about_change_{ending}", Phase.UPDATE, self.formula.change(layer), layer)

    def _derivation(self) -> Iterator[Beat]:
        """E as it follows the weights, layer by layer, and the rule by which they change."""
        for layer, ending in ((OUTPUT, "hidden"), (HIDDEN, "input")):
            yield self._general(f"error_{ending}", Phase.LOSS, self.formula.error_by(layer), layer)
            rows = self.formula.error_by_terms(layer)
            yield self._general(f"error_{ending}_terms", Phase.LOSS, rows, layer)
        yield self._general("rule", Phase.BACKWARD, self.formula.rule(), 0)

    def _general(self, key: str, phase: Phase, rows: Rows, layer: int) -> Beat:
        """A beat that computes nothing, about a layer, or, for 0, about the whole network."""
        picture = self.pictures.general(key, layer)
        where = picture.focus, picture.lit, picture.forward, picture.backward
        return Beat(key, phase, *self._words(key), rows, (), *where, self._standing(iter(picture.chips)))

    def opening(self) -> Iterator[Beat]:
        """Return the beat that says what the letters stand for."""
        yield self._general("network", Phase.FORWARD, (), 0)

    def closing(self) -> Iterator[Beat]:
        """Return the two questions."""
        for name, key in (("how_to_change", "how_to_change"), ("done", "where_smallest")):
            asked = self._general(key, Phase.UPDATE, (), 0)
            yield replace(asked, id=name, about=self.formula.first_weight(OUTPUT))
