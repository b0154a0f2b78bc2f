"""Every example in every variant, and layered networks of other shapes made of the same parts."""

from itertools import pairwise

from bpviz import case1, case2, neuron
from bpviz.chain_rule import UPDATE_RULES, with_gradients
from bpviz.error_signals import RULES
from bpviz.example import SliderGroup, WorkedExample
from bpviz.layered import ACTIVATIONS, Wiring, forward_steps
from bpviz.layered_scene import layered_scene
from bpviz.layered_story import layered_story
from bpviz.notation import Symbol, with_derived
from bpviz.program import Given, Kind, Program, Quantity


class Labelled:
    """An example that a test's id names by its variant."""

    def __init__(self, label: str, example: WorkedExample) -> None:
        self.label, self.example = label, example

    def __getattr__(self, name):
        return getattr(self.example, name)

    def __str__(self) -> str:
        return self.label


def layered(sizes: tuple[int, ...], update: str = "simultaneous", biases: bool = True) -> WorkedExample:
    """Return a sigmoid network with so many neurons per layer; weights are w1, w2, ... in the order of the layers."""
    letters = "xhgo"[: len(sizes) - 1] + "o"
    layers = tuple(tuple(f"{letter}{k}" for k in range(1, n + 1)) for letter, n in zip(letters, sizes, strict=True))
    edges = [(a, b) for here, there in pairwise(layers) for b in there for a in here]
    neurons = [n for layer in layers[1:] for n in layer]
    wiring = Wiring(
        layers=layers,
        weights={edge: f"w{k}" for k, edge in enumerate(edges, 1)},
        biases={n: f"b_{n}" for n in neurons} if biases else {},
        targets={n: f"target_{n}" for n in layers[-1]},
        activations=dict.fromkeys(neurons, "sigmoid"),
    )
    quantities = [Quantity(n, Kind.INPUT, n) for n in layers[0]]
    quantities += [Quantity(w, Kind.WEIGHT, edge) for edge, w in wiring.weights.items()]
    quantities += [Quantity(b, Kind.BIAS) for b in wiring.biases.values()]
    quantities += [Quantity(t, Kind.TARGET, n) for n, t in wiring.targets.items()]
    givens = [Given(q, 0.1 * k, -2, 2) for k, q in enumerate(quantities, 1)]
    givens.append(Given(Quantity("eta", Kind.LEARNING_RATE), 0.5, 0, 10))
    program = Program(tuple(givens), forward_steps(wiring), wiring.loss)
    program = UPDATE_RULES[update](with_gradients(program, wiring.trained(biases)))
    plain = {
        name: Symbol(name[0], name[1:]) for name in [*wiring.weights.values(), *(n for lay in layers for n in lay)]
    }
    split = {
        q: Symbol(*q.split("_", 1)) for q in [*program.names] if q.startswith(("net_", "out_", "E_", "b_", "target"))
    }
    return WorkedExample(
        "case2",
        program,
        with_derived(plain | split | {"eta": Symbol("η")}, program),
        layered_scene(wiring),
        layered_story(wiring, program),
        (SliderGroup("weights", "forward", tuple(g.name for g in givens)),),
    )


CASE2 = [
    Labelled(f"case2-{update}-{activation}{'-biases' * biases}", case2(update, biases, activation))
    for update in UPDATE_RULES
    for biases in (False, True)
    for activation in ACTIVATIONS
]
CASE1 = [
    Labelled(f"case1-{rule}-{activation}", case1(rule, activation))
    for rule in RULES
    for activation in ("sigmoid", "identity")
]
CASE1 += [
    Labelled("case1-exact-mixed", case1("exact", {1: "tanh", 2: "relu", 6: "identity"})),
    Labelled("case1-illustrated-tanh", case1("illustrated", "tanh")),
]
NEURONS = [Labelled(f"neuron-{activation}", neuron(activation)) for activation in ACTIVATIONS]
OTHER_SHAPES = [
    Labelled("1-1", layered((1, 1), biases=False)),
    Labelled("2-1-1", layered((2, 1, 1))),
    Labelled("1-1-1-1", layered((1, 1, 1, 1), biases=False)),
    Labelled("2-2-2-2", layered((2, 2, 2, 2))),
    Labelled("2-2-2-sequential", layered((2, 2, 2), "sequential", biases=False)),
]
EVERY_EXAMPLE = [*CASE1, *CASE2, *NEURONS, *OTHER_SHAPES]
