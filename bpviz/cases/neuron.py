"""One neuron that learns: the smallest example of a forward pass, an error, gradients and updates."""

from collections.abc import Mapping

from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.updates import with_updates
from bpviz.example.example import SliderGroup
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layout import layered_scene
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import with_derived
from bpviz.writing.symbols import Symbol

DEFAULTS = {"x1": 1.0, "x2": 0.5, "w1": 0.8, "w2": -0.6, "b": 0.1, "target": 1.0, "eta": 0.5}
RANGES: Mapping[Kind, tuple[float, float]] = {
    Kind.INPUT: (-2, 2),
    Kind.WEIGHT: (-2, 2),
    Kind.BIAS: (-2, 2),
    Kind.TARGET: (0, 1),
    Kind.LEARNING_RATE: (0, 10),
}


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
    program = Program(layered_givens(wiring, DEFAULTS, RANGES), forward_steps(wiring), wiring.loss)
    program = with_updates(with_gradients(program, wiring.trained(biases=True)))
    scene = layered_scene(wiring)
    symbols = {name: Symbol(name[0], name[1:]) for name in ("x1", "x2", "w1", "w2", "b")}
    symbols |= {"net_n": Symbol("net"), "out_n": Symbol("out"), "E_n": Symbol("E")}
    symbols |= {"target": Symbol("target"), "eta": Symbol("η"), "delta_n": Symbol("δ")}
    return WorkedExample(
        name="neuron",
        program=program,
        notation=with_derived(symbols, program),
        scene=scene,
        tall_scene=portrait_scene(wiring),
        beats=tell(program, scene, LayeredTelling(wiring, program, scene)),
        groups=(
            SliderGroup("weights", "forward", ("w1", "w2")),
            SliderGroup("biases", "forward", ("b",)),
            SliderGroup("inputs_and_targets", "forward", ("x1", "x2", "target")),
            SliderGroup("learning_rate", "update", ("eta",)),
        ),
    )
