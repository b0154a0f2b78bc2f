"""Names of a layered network by numbers, as the matrix form writes them: w1_2_3 is in layer 1, to 2, from 3.

Neurons are 1_2 (layer 1, neuron 2), inputs x1, x2, ...; a weight that skips layers, w2_1_0_3, tells its source's layer
too. z1_2 and a1_2 are net input and output, L1 the error of the first output, L the loss (of a single output, its
error). dL_dw1_2_3 is a gradient, dz1_2 a delta, da1_2_dz1_2 a local derivative, and dL_da1_2_over_2_1 what comes back
to a1_2 over neuron 2_1.
"""

from collections.abc import Sequence

from bpviz.calculation.chain_rule import Naming
from bpviz.calculation.quantities import Given, Kind, Step
from bpviz.networks.wiring import StepNames, Wiring

Place = tuple[int, int]
"""A neuron as (layer, number in the layer, from 1); layer 0 are the inputs."""

AnyPlace = tuple[int, int | str]
"""A place, or all of a layer: a letter stands for their numbers."""

TOTAL = "L"


def neuron_name(place: AnyPlace) -> str:
    """Return the name of the neuron there: "x1" or "1_2"; in general "xi" or "1_j"."""
    layer, k = place
    return f"{layer}_{k}" if layer else f"x{k}"


def weight_name(source: AnyPlace, target: AnyPlace) -> str:
    """Return the name of the weight between two neurons."""
    (before, k), (layer, j) = source, target
    return f"w{layer}_{j}_{k}" if before == layer - 1 else f"w{layer}_{j}_{before}_{k}"


def bias_name(place: AnyPlace, shared: bool) -> str:
    """Return the name of a neuron's bias, or of the one that its whole layer shares."""
    layer, k = place
    return f"b{layer}" if shared else f"b{layer}_{k}"


def target_name(k: int | str) -> str:
    """Return the name of the target of the k-th output."""
    return f"t{k}"


def step_names(outputs: int) -> StepNames:
    """Return what the forward steps are called in a network with so many outputs."""
    return StepNames(net="z{}", out="a{}", error="L{k}" if outputs > 1 else TOTAL, total=TOTAL)


def numbered_wiring(
    sizes: Sequence[int],
    activations: Sequence[str],
    skips: Sequence[tuple[Place, Place]] = (),
    biases: bool = False,
    shared_biases: bool = False,
) -> Wiring:
    """Return the wiring of a network with so many neurons per layer, inputs first, each layer joined to the next.

    `activations`: one for each layer behind the inputs. `skips`: edges besides, each from one neuron to another.
    """
    layers = [[(layer, k) for k in range(1, size + 1)] for layer, size in enumerate(sizes)]
    joined = [(a, b) for layer in range(1, len(layers)) for b in layers[layer] for a in layers[layer - 1]]
    behind = [place for layer in layers[1:] for place in layer]
    return Wiring(
        layers=tuple(tuple(map(neuron_name, layer)) for layer in layers),
        weights={(neuron_name(a), neuron_name(b)): weight_name(a, b) for a, b in (*joined, *skips)},
        biases={neuron_name(place): bias_name(place, shared_biases) for place in behind if biases},
        targets={neuron_name(place): target_name(place[1]) for place in layers[-1]},
        activations={neuron_name(place): activations[place[0] - 1] for place in behind},
        names=step_names(sizes[-1]),
    )


def network_naming() -> Naming:
    """Return how derived steps are called."""

    def gradient(q: Given | Step) -> str:
        return f"d{q.name}" if q.quantity.kind is Kind.NET else f"d{TOTAL}_d{q.name}"

    def local(c: Given | Step, q: Given | Step) -> str:
        return f"d{c.name}_d{q.name}"

    def term(c: Given | Step, q: Given | Step) -> str:
        over = c.quantity.place if c.quantity.kind is Kind.NET else c.name
        return f"d{TOTAL}_d{q.name}_over_{over}"

    return Naming(gradient, local, term)
