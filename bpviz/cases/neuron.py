"""One neuron that learns: the smallest example of a forward pass, an error, gradients and updates."""

from bpviz.calculation.chain_rule import with_gradients, with_updates
from bpviz.calculation.program import Given, Kind, Program, Quantity
from bpviz.example.example import SliderGroup
from bpviz.networks.layout import layered_scene
from bpviz.networks.telling import layered_story
from bpviz.networks.wiring import Wiring, forward_steps
from bpviz.worked import WorkedExample
from bpviz.writing.notation import Symbol, with_derived


def neuron(activation: str = "sigmoid") -> WorkedExample:
    """Return one neuron with two inputs, a bias and a target as a worked example; all its three parameters learn.

    Raises ValueError for an activation that does not exist.
    """
    wiring = Wiring(
        layers=(("x1", "x2"), ("n",)),
        weights={("x1", "n"): "w1", ("x2", "n"): "w2"},
        biases={"n": "b"},
        targets={"n": "target"},
        activations={"n": activation},
    )
    program = Program(_givens(), forward_steps(wiring), wiring.loss)
    program = with_updates(with_gradients(program, wiring.trained(biases=True)))
    symbols = {name: Symbol(name[0], name[1:]) for name in ("x1", "x2", "w1", "w2", "b")}
    symbols |= {"net_n": Symbol("net"), "out_n": Symbol("out"), "E_n": Symbol("E")}
    symbols |= {"target": Symbol("target"), "eta": Symbol("η"), "delta_n": Symbol("δ")}
    return WorkedExample(
        name="neuron",
        program=program,
        notation=with_derived(symbols, program),
        scene=layered_scene(wiring),
        beats=layered_story(wiring, program),
        groups=(
            SliderGroup("weights", "forward", ("w1", "w2")),
            SliderGroup("biases", "forward", ("b",)),
            SliderGroup("inputs_and_targets", "forward", ("x1", "x2", "target")),
            SliderGroup("learning_rate", "update", ("eta",)),
        ),
    )


def _givens() -> tuple[Given, ...]:
    return (
        Given(Quantity("x1", Kind.INPUT, "x1"), 1.0, -2, 2),
        Given(Quantity("x2", Kind.INPUT, "x2"), 0.5, -2, 2),
        Given(Quantity("w1", Kind.WEIGHT, ("x1", "n")), 0.8, -2, 2),
        Given(Quantity("w2", Kind.WEIGHT, ("x2", "n")), -0.6, -2, 2),
        Given(Quantity("b", Kind.BIAS), 0.1, -2, 2),
        Given(Quantity("target", Kind.TARGET, "n"), 1.0, 0, 1),
        Given(Quantity("eta", Kind.LEARNING_RATE), 0.5, 0, 10),
    )
