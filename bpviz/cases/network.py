"""Any layered network as a worked example: `network`."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.epochs import beginning_with
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.cases.network_data import checked_data, with_targets
from bpviz.cases.network_numbers import given_biases, given_inputs, given_skips, given_targets, given_weights
from bpviz.cases.network_shape import Shape, checked_shape
from bpviz.example.example import SliderGroup
from bpviz.ground.checked import finite_number
from bpviz.networks.crowd import crowded_scene, detail_of
from bpviz.networks.distances import LOW, fits_low
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layer_telling import LayerTelling
from bpviz.networks.layout import layered_scene
from bpviz.networks.losses import shortcuts
from bpviz.networks.names import network_naming, neuron_name
from bpviz.networks.network_telling import network_telling
from bpviz.networks.openings import openings
from bpviz.networks.optimizers import DECAYS, with_optimizer
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.starts import starting_inputs, starting_weights
from bpviz.networks.symbols import network_notation
from bpviz.networks.tall_crowd import tall_crowd
from bpviz.networks.wiring import Wiring
from bpviz.telling.story import Text
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample

LEAST_RANGE = 2.0


def network(  # noqa: PLR0913
    sizes: Sequence[int],
    activation: str | Sequence[str] = "sigmoid",
    loss: str = "half_squared_error",
    weights: Any = None,
    biases: Any = None,
    inputs: Any = None,
    targets: Any = None,
    eta: float = 0.5,
    optimizer: str = "plain",
    init: str = "xavier",
    seed: int = 1,
    data: Any = None,
    shared_biases: bool = False,
    skips: Any = (),
    labels: Any = None,
    detail: str | None = None,
) -> WorkedExample:
    """Return a layered network with so many neurons per layer, inputs first, as a worked example.

    `activation`: one for every layer, or a list with one for each behind the inputs: sigmoid, tanh, relu, leaky_relu,
    softplus, identity, and in the last layer softmax. `loss`: half_squared_error, squared_error, mean_squared_error,
    cross_entropy (softmax or sigmoid outputs), binary_cross_entropy (sigmoid).
    `weights[l][to][from]`: a matrix for each layer; what is left out starts by `init` ("xavier", "he", "uniform",
    "zeros", "equal") and `seed`. `biases[l][to]`, None for none, "init" for zeros; they learn. With `shared_biases` a
    layer has one, `biases[l]`. `inputs` and `targets`: a number each; a target may be the index of the right output,
    from 0. `optimizer`: plain, momentum, nesterov, rmsprop, adam, at the rate `eta`.
    `data`: a set to train on, 1 to 8 rows (inputs, then targets), (X, T), "xor", "and" or "or"; the player then has
    a table of it and begins with its first row.
    `skips`: [((0, 1), (2, 1))] joins neuron 1 of layer 0 to neuron 1 of layer 2; a mapping gives the weights, too.
    `labels`: (layer, neuron) → text, or a list for each layer: what a neuron is called on the screen; a name such as
    "w1_2_3" or "b1_2" → text: what a weight or a bias is.
    `detail`: "neuron" or "layer", how it is told; None: by neuron up to 12 of them behind the inputs. More than 12
    weights between two layers have no labels: point at them, or choose one with the keyboard.
    Names: x1, z1_2 and a1_2 (layer 1, neuron 2), w1_2_3 (layer 1, to 2, from 3), b1_2, t1, L1 and L, dL_dw1_2_3, dz1_2,
    w1_2_3_next; w2_1_0_3 skips from layer 0.
    Raises TypeError or ValueError, showing the culprit and the choices or both shapes.
    """
    shape, values = checked_network(
        sizes,
        weights,
        biases,
        activation=activation,
        loss=loss,
        inputs=inputs,
        targets=targets,
        eta=eta,
        optimizer=optimizer,
        init=init,
        seed=seed,
        shared_biases=shared_biases,
        skips=skips,
        labels=labels,
        detail=detail,
    )
    if data is not None and (inputs is not None or targets is not None):
        raise ValueError("inputs and targets come from the first row of data: give either them or data")
    return network_example(shape, values, data)


def checked_network(
    sizes: Any, weights: Any = None, biases: Any = None, **others: Any
) -> tuple[Shape, dict[str, float]]:
    """Return the shape of a network and a value for each of its givens; `others` are the other options of `network`."""
    numbers = {name: others.pop(name) for name in ("inputs", "targets", "eta", "init", "seed")}
    skips = others["skips"]
    shape = checked_shape(sizes, biases=biases is not None, **others)
    wiring = shape.wiring()
    values = starting_weights(wiring, numbers["init"], numbers["seed"])
    values |= starting_inputs(wiring, numbers["seed"])
    values |= given_weights(weights, shape) | given_skips(skips, shape) | given_biases(biases, shape)
    values |= given_inputs(numbers["inputs"], shape) | given_targets(numbers["targets"], shape)
    return shape, values | {"eta": finite_number("eta", numbers["eta"])}


def network_example(shape: Shape, values: Mapping[str, float], data: Any = None) -> WorkedExample:
    """Return the worked example of a shape with a value for each of its givens, and with `data` (see `network`)."""
    wiring = shape.wiring()
    program = network_program(shape, values)
    rows = None if data is None else checked_data(data, shape, program)
    if rows:
        program = beginning_with(program, rows[0])
    by_layer = (shape.detail or detail_of(wiring)) == "layer"
    scene = crowded_scene(wiring) if by_layer else layered_scene(wiring)
    labelled = {*map(neuron_name, shape.labels), *shape.names}
    telling = network_telling(by_layer)(wiring, program, scene, shape.loss, shape.optimizer, labelled)
    beats = tell(program, scene, telling)
    return WorkedExample(
        name="network",
        program=program,
        notation=network_notation(wiring, program, shape.labels, shape.names),
        scene=scene,
        large_scene=layered_scene(wiring, LOW) if fits_low(wiring) and shape.optimizer == "plain" else None,
        tall_scene=tall_crowd(wiring) if by_layer else portrait_scene(wiring),
        openings=tuple(openings(program, scene, telling, beats)) if isinstance(telling, LayerTelling) else (),
        beats=beats,
        groups=tuple(_groups(wiring, shape)),
        data=rows,
        heading=Text("networks.title", {"sizes": "-".join(map(str, shape.sizes))}),
        kept=shape.kept(),
        read_rows=partial(with_targets, shape),
    )


def network_program(shape: Shape, values: Mapping[str, float]) -> Program:
    """Return the program of a shape with a value for each of its givens; memories begin at 0."""
    wiring = shape.wiring()
    givens = layered_givens(wiring, values, slider_ranges(wiring, values))
    program = Program(givens, forward_steps(wiring, shape.loss), wiring.loss)
    closed = shortcuts(wiring, shape.loss)
    program = with_gradients(program, wiring.trained(shape.biases), network_naming(), closed)
    return with_optimizer(program, shape.optimizer)


def slider_ranges(wiring: Wiring, values: Mapping[str, float]) -> dict[Kind, tuple[float, float]]:
    """Return, by kind, the ends of sliders: −2 to 2, or further where a value of their kind is."""
    named = {
        Kind.INPUT: wiring.inputs,
        Kind.WEIGHT: wiring.edges.carrying,
        Kind.BIAS: wiring.biases.values(),
        Kind.TARGET: wiring.targets.values(),
    }
    spans = {kind: _span(max((abs(values[n]) for n in names), default=0.0)) for kind, names in named.items()}
    ranges = {kind: (-span, span) for kind, span in spans.items()}
    if all(0.0 <= values[n] <= 1.0 for n in wiring.targets.values()):
        ranges[Kind.TARGET] = (0.0, 1.0)
    return ranges | {Kind.LEARNING_RATE: (min(0.0, values["eta"]), max(10.0, _span(values["eta"])))}


def _span(largest: float) -> float:
    """Return 2, or 1, 2 or 5 times a power of ten that is more than the largest value."""
    if largest <= LEAST_RANGE:
        return LEAST_RANGE
    power = 10.0 ** math.floor(math.log10(largest))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= largest)


def _groups(wiring: Wiring, shape: Shape) -> Iterator[SliderGroup]:
    """A group of sliders for the rate and the decays, the weights into each layer, the biases, inputs and targets."""
    yield SliderGroup("learning_rate", "update", ("eta", *DECAYS[shape.optimizer]))
    for k in range(1, len(wiring.layers)):
        weights = _by_label(wiring.into_layer(k), shape.names)
        yield SliderGroup(Text("layers.groups.weights", {"k": str(k)}), "forward", weights)
    if wiring.biases:
        yield SliderGroup("biases", "forward", tuple(dict.fromkeys(wiring.biases.values())))
    yield SliderGroup("inputs_and_targets", "forward", (*wiring.inputs, *wiring.targets.values()))


def _by_label(weights: tuple[str, ...], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return weights in the order of their labels, w2 before w10; as they are where one has none."""
    if not all(name in labels for name in weights):
        return weights
    return tuple(sorted(weights, key=lambda name: re.sub(r"\d+", lambda number: number[0].zfill(9), labels[name])))
