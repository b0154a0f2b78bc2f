"""The general three-layer perceptron, derived: `perceptron`. It is the network of CASE 2's first half, in any size."""

from collections.abc import Mapping
from typing import Any

from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.cases.network import checked_network, slider_ranges
from bpviz.cases.network_numbers import named_weights
from bpviz.cases.network_shape import Shape, checked_shape
from bpviz.example.example import SliderGroup
from bpviz.ground.checked import checked_count, shown
from bpviz.networks.crowd import crowded_scene
from bpviz.networks.distances import LOW, fits_low
from bpviz.networks.error_signals import with_changes, with_error_signals
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layout import layered_scene
from bpviz.networks.names import network_naming
from bpviz.networks.perceptron_letters import general_of
from bpviz.networks.perceptron_symbols import perceptron_notation
from bpviz.networks.perceptron_telling import PerceptronTelling
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.tall_crowd import tall_crowd
from bpviz.networks.wiring import Wiring
from bpviz.telling.story import Text
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample

LAYERS = 3
MOST, MOST_APART = 6, 3
"""Neurons in a layer: so many there may be; with more than so many, only the first stands apart in the picture."""
OPTIONS: Mapping[str, Any] = {
    "activation": "sigmoid",
    "loss": "half_squared_error",
    "optimizer": "plain",
    "shared_biases": False,
    "skips": (),
    "labels": None,
    "detail": "neuron",
}
"""Those of `network` that its derivation is about."""


def perceptron(  # noqa: PLR0913
    n: int,
    m: int,
    l: int,  # noqa: E741
    inputs: Any = None,
    targets: Any = None,
    weights: Any = None,
    biases: Any = None,
    eta: float = 0.5,
    seed: int = 1,
) -> WorkedExample:
    """Return the perceptron of n inputs, m hidden neurons and l outputs, 1 to 6 each, derived with its index sums.

    E = ½ Σ (d − o)², all activations sigmoids. On the screen it has its book's symbols: x_i, v_ij, y_j, w_jk, o_k, d_k,
    the error signals δ = −∂E/∂net, and Δw = −η ∂E/∂w. In code its names are those of `network([n, m, l])`: x1, z1_2,
    a1_2, w1_2_3 (layer 1, to 2, from 3), t1, L, dL_dw1_2_3, dz1_2, w1_2_3_next; and delta1_2, change_w1_2_3 besides.
    `inputs`, `targets`: a number each. `weights`: name → number, or `weights[l][to][from]`; what is left out is drawn
    by `seed`. `biases[l][to]`: numbers that are added and do not learn; None for none.
    Raises TypeError or ValueError, showing the culprit and the choices or both shapes.
    """
    sizes = [_size(letter, size) for letter, size in zip("nml", (n, m, l), strict=True)]
    matrices, named = (None, weights) if isinstance(weights, Mapping) else (weights, {})
    shape, values = checked_network(
        sizes,
        matrices,
        biases,
        inputs=inputs,
        targets=targets,
        eta=eta,
        init="xavier",
        seed=seed,
        **OPTIONS,
    )
    return perceptron_example(shape, values | named_weights(named, shape))


def _size(letter: str, size: Any) -> int:
    try:
        return checked_count(letter, size, MOST, least=1)
    except TypeError:
        raise TypeError(f"{letter} must be a whole number from 1 to {MOST}, not {shown(size)}") from None


def perceptron_example(shape: Shape, values: Mapping[str, float]) -> WorkedExample:
    """Return the perceptron of a shape with a value for each of its givens.

    Raises ValueError for another shape than those of `perceptron`.
    """
    if len(shape.sizes) != LAYERS or max(shape.sizes) > MOST:
        raise ValueError(f"a derived perceptron has {LAYERS} layers of 1 to {MOST}, not {list(shape.sizes)}")
    if shape != checked_shape(shape.sizes, biases=shape.biases, **OPTIONS):
        raise ValueError("a derived perceptron has no options but its sizes and whether it has biases")
    wiring = shape.wiring()
    program = _program(wiring, values)
    general = general_of(wiring, program)
    sizes = tuple(map(len, wiring.layers))
    wide, tall = (layered_scene, portrait_scene) if max(sizes) <= MOST_APART else (crowded_scene, tall_crowd)
    scene = wide(wiring)
    return WorkedExample(
        name="perceptron",
        program=program,
        notation=perceptron_notation(wiring, program, general),
        scene=scene,
        large_scene=layered_scene(wiring, LOW) if fits_low(wiring) else None,
        tall_scene=tall(wiring),
        beats=tell(program, scene, PerceptronTelling(wiring, program, scene, general)),
        groups=_groups(wiring),
        heading=Text("perceptron.title", {"sizes": "-".join(map(str, sizes))}),
        kept={**shape.kept(), "derived": True},
    )


def _program(wiring: Wiring, values: Mapping[str, float]) -> Program:
    givens = layered_givens(wiring, values, slider_ranges(wiring, values))
    program = Program(givens, forward_steps(wiring), wiring.loss)
    return with_changes(with_error_signals(with_gradients(program, wiring.trained(False), network_naming())))


def _groups(wiring: Wiring) -> tuple[SliderGroup, ...]:
    groups = (
        SliderGroup("learning_rate", "update", ("eta",)),
        SliderGroup("weights_to_hidden", "forward", wiring.into_layer(1)),
        SliderGroup("weights_to_output", "forward", wiring.into_layer(2)),
        SliderGroup("biases", "forward", tuple(wiring.biases.values())),
        SliderGroup("inputs_and_targets", "forward", (*wiring.inputs, *wiring.targets.values())),
    )
    return tuple(group for group in groups if group.givens)
