"""The examples that properties are tested on, a dozen that differ in kind; each is made when a test first asks."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from bpviz import case1, case2, network, neuron, perceptron
from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.updates import UPDATE_RULES
from bpviz.example.example import SliderGroup
from bpviz.networks.crowd import crowded_scene, detail_of
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layer_telling import telling_of
from bpviz.networks.layout import layered_scene
from bpviz.networks.losses import ENTROPIES, SQUARES
from bpviz.networks.optimizers import DECAYS
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.tall_crowd import tall_crowd
from bpviz.networks.wiring import Wiring
from bpviz.telling.story import Text
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import with_derived
from bpviz.writing.symbols import Symbol


class Labelled:
    """An example that a test's id names by its variant, made when it is first asked for."""

    def __init__(self, label: str, make: Callable[[], WorkedExample]) -> None:
        self.label, self.make = label, make

    @cached_property
    def example(self) -> WorkedExample:
        return self.make()

    def __getattr__(self, name):
        return getattr(self.example, name)

    def __str__(self) -> str:
        return self.label


def layered(
    sizes: tuple[int, ...],
    update: str = "simultaneous",
    biases: bool = True,
    skips: tuple[tuple[str, str], ...] = (),
    shared: Mapping[tuple[str, str], str] = {},
) -> WorkedExample:
    """Return a sigmoid network with so many neurons per layer; weights are w1, w2, ... in the order of the layers.

    `skips`: edges that skip layers; theirs are the last weights. `shared`: weights of some edges in place of their own.
    """
    letters = "x" + "hgklmnpqrsuvyz"[: len(sizes) - 2] + "o"
    if len(letters) < len(sizes):
        letters = ["x", *(f"h{k}_" for k in range(1, len(sizes) - 1)), "o"]
    layers = tuple(tuple(f"{letter}{k}" for k in range(1, n + 1)) for letter, n in zip(letters, sizes, strict=True))
    edges = [(a, b) for here, there in pairwise(layers) for b in there for a in here]
    edges += skips
    neurons = [n for layer in layers[1:] for n in layer]
    wiring = Wiring(
        layers=layers,
        weights={edge: f"w{k}" for k, edge in enumerate(edges, 1)} | shared,
        biases={n: f"b_{n}" for n in neurons} if biases else {},
        targets={n: f"target_{n}" for n in layers[-1]},
        activations=dict.fromkeys(neurons, "sigmoid"),
    )
    names = [*layers[0], *wiring.weights.values(), *wiring.biases.values(), *wiring.targets.values()]
    defaults = {name: 0.1 * k for k, name in enumerate(names, 1)} | {"eta": 0.5}
    if detail_of(wiring) == "layer":
        defaults |= {name: (17 * k % 83 - 41) / 100 for k, name in enumerate(names, 1)}
    givens = layered_givens(wiring, defaults, dict.fromkeys(Kind, (-2, 2)) | {Kind.LEARNING_RATE: (0, 10)})
    program = Program(givens, forward_steps(wiring), wiring.loss)
    program = UPDATE_RULES[update](with_gradients(program, wiring.trained(biases)))
    plain = {
        name: Symbol(name[0], name[1:]) for name in [*wiring.weights.values(), *(n for lay in layers for n in lay)]
    }
    split = {
        q: Symbol(*q.split("_", 1)) for q in [*program.names] if q.startswith(("net_", "out_", "E_", "b_", "target"))
    }
    crowded = detail_of(wiring) == "layer"
    scene = (crowded_scene if crowded else layered_scene)(wiring)
    return WorkedExample(
        "case2",
        program,
        with_derived(plain | split | {"eta": Symbol("η")}, program),
        scene,
        tell(program, scene, telling_of(wiring, program, scene)),
        _groups(wiring) if crowded else (SliderGroup("weights", "forward", tuple(g.name for g in givens)),),
        large_scene=scene if crowded else None,
        tall_scene=(tall_crowd if crowded else portrait_scene)(wiring),
    )


def _groups(wiring: Wiring) -> tuple[SliderGroup, ...]:
    """A group of sliders for the weights into each layer, and for each other sort of given."""
    into = [(Text("layers.groups.weights", {"k": str(k)}), wiring.into_layer(k)) for k in range(1, len(wiring.layers))]
    return (
        SliderGroup("learning_rate", "update", ("eta",)),
        *(SliderGroup(label, "forward", weights) for label, weights in into),
        SliderGroup("biases", "forward", tuple(dict.fromkeys(wiring.biases.values()))),
        SliderGroup("inputs_and_targets", "forward", (*wiring.inputs, *wiring.targets.values())),
    )


def _case2(update: str, activation: str, biases: bool = False) -> Labelled:
    label = f"case2-{update}-{activation}{'-biases' * biases}"
    return Labelled(label, lambda: case2(update, biases, activation))


CASE2 = [
    _case2("simultaneous", "sigmoid"),
    _case2("sequential", "sigmoid", biases=True),
    _case2("simultaneous", "tanh", biases=True),
    _case2("sequential", "relu"),
    _case2("simultaneous", "identity"),
]
CASE1 = [
    Labelled("case1-illustrated", case1),
    Labelled("case1-exact", lambda: case1("exact")),
    Labelled("case1-exact-mixed", lambda: case1("exact", {1: "tanh", 2: "relu", 6: "identity"})),
    Labelled("case1-illustrated-identity", lambda: case1("illustrated", "identity")),
]
SHARED = {("x1", "h1"): "k1", ("x2", "h2"): "k1", ("x2", "h1"): "k2", ("x1", "h2"): "k2"}
"""Two weights, each on two edges, as in a convolution."""


def every_network() -> Iterator[WorkedExample]:
    """Yield networks that between them say every word of theirs: each loss, activation and optimizer, both tellings."""
    for detail in ("neuron", "layer"):
        for loss in SQUARES:
            yield network([2, 2, 2], ["leaky_relu", "softmax"], loss, detail=detail)
        for loss, activation in ENTROPIES:
            yield network([2, 2, 2], ["softplus", activation], loss, detail=detail)
        for optimizer in DECAYS:
            yield network([2, 2, 1], ["softplus", "leaky_relu"], optimizer=optimizer, biases="init", detail=detail)
        yield network([2, 2, 1], labels={(1, 1): "h"}, detail=detail)


PERCEPTRONS = [
    Labelled("perceptron-2-3-2", lambda: perceptron(2, 3, 2)),
    Labelled("perceptron-3-1-1", lambda: perceptron(3, 1, 1, biases="init")),
]
NEURONS = [Labelled("neuron", neuron)]
OTHER_SHAPES = [
    Labelled("1-1", lambda: layered((1, 1), biases=False)),
    Labelled("1-1-1-1", lambda: layered((1, 1, 1, 1), biases=False)),
    Labelled("2-2-2-2", lambda: layered((2, 2, 2, 2))),
    Labelled("2-6-1", lambda: layered((2, 6, 1), biases=False)),
    Labelled("2-2-2-1-shared", lambda: layered((2, 2, 2, 1), shared=SHARED)),
    Labelled("2-2-2-1-skip", lambda: layered((2, 2, 2, 1), skips=(("h1", "o1"),))),
]
EVERY_EXAMPLE = [*CASE1, *CASE2, *NEURONS, *OTHER_SHAPES, *PERCEPTRONS]
