"""CASE 1: the illustrated 2-3-2-1 network, by the rule as drawn or by the exact one.

Source: M. Bernacki and P. Włodarczyk, "Principles of training multi-layer neural network using backpropagation",
AGH University (2004). It prints no numbers: the defaults are this project's own.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from bpviz.calculation.epochs import beginning_with, data_set
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.cases.case1_presets import PRESETS
from bpviz.example.example import SliderGroup
from bpviz.example.family import Family, Switch
from bpviz.ground.checked import shown
from bpviz.ground.words import DEFAULT
from bpviz.networks.distances import DENSE, DENSE_LARGE
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layout import layered_scene
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.signals import RULES, rule_gradient_name, signal_name, slope_name, term_name, with_error_signals
from bpviz.networks.signals_telling import SignalsTelling
from bpviz.networks.wiring import StepNames, Wiring
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.worked.rule_comparison import RuleComparison
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import PRIME, AnySymbol, Derivative, Symbol

LAYERS = (("x1", "x2"), ("1", "2", "3"), ("4", "5"), ("6",))
NEURONS = tuple(n for layer in LAYERS[1:] for n in layer)
EDGES = tuple((a, b) for here, there in pairwise(LAYERS) for b in there for a in here)

DEFAULT_ETA = 0.5
RANGES: Mapping[Kind, tuple[float, float]] = {
    Kind.INPUT: (-2, 2),
    Kind.WEIGHT: (-2, 2),
    Kind.TARGET: (-1, 1),
    Kind.LEARNING_RATE: (0, 10),
}


def weight_name(edge: tuple[str, str]) -> str:
    """Return the name of the weight from one neuron to the next: w14, or w_x1_1 from an input."""
    source, target = edge
    return f"w_{source}_{target}" if source in LAYERS[0] else f"w{source}{target}"


Activation = str | Mapping[str | int, str]


def case1(
    rule: str = "illustrated",
    activation: Activation = "sigmoid",
    preset: str = "default",
    data: str | Sequence[Any] | None = None,
) -> WorkedExample:
    """Return CASE 1 as a worked example.

    `rule`: "illustrated" (the error goes back through weights only, as drawn) or "exact" (the gradient).
    `activation`: one for all six neurons, or a mapping neuron → activation for some; the others stay sigmoid.
    `preset`: the givens to start from: "default", or "agree", "apart" or "wrong_way" to compare the two rules.
    `data`: a data set to train on, "xor", "and", "or" or 1 to 8 rows (x1, x2, z); the player then has a table of it
    and begins with its first row.
    Raises ValueError for a rule, a neuron, an activation, a preset or a data set that does not exist.
    """
    wiring = _wiring(activation)
    givens = layered_givens(wiring, _defaults(preset), RANGES)
    program = with_error_signals(Program(givens, forward_steps(wiring), wiring.loss), wiring, rule)
    rows = None if data is None else data_set(program, data)
    if rows:
        program = beginning_with(program, rows[0])
    scene = layered_scene(wiring, DENSE)
    return WorkedExample(
        name="case1",
        program=program,
        notation=_notation(wiring),
        scene=scene,
        large_scene=layered_scene(wiring, DENSE_LARGE),
        tall_scene=portrait_scene(wiring),
        beats=tell(program, scene, SignalsTelling(wiring, program, scene, rule)),
        groups=_groups(wiring),
        rule=rule,
        family=Family(
            (Switch("rule", RULES),), (rule,), partial(case1, activation=activation, preset=preset, data=data)
        ),
        data=rows,
    )


def compare_rules(
    activation: Activation = "sigmoid",
    preset: str = "default",
    rounds: int = 1_000,
    lang: str = DEFAULT,
    **givens: float,
) -> RuleComparison:
    """Return the rule as drawn beside the exact one, on the same network with the same givens.

    `rounds` of training give the two curves of the loss. A table and a figure in a notebook; see `RuleComparison`.
    Raises what `case1`, `WorkedExample.run` and `WorkedExample.train` raise.
    """
    drawn, exact = (case1(rule, activation, preset) for rule in RULES)
    return RuleComparison.of(drawn.program, exact.program, drawn.program.values_of_givens(givens), rounds, lang)


def _wiring(activation: Activation) -> Wiring:
    return Wiring(
        layers=LAYERS,
        weights={edge: weight_name(edge) for edge in EDGES},
        biases={},
        targets={"6": "z"},
        activations=_activations(activation),
        names=StepNames(net="e{}", out="y{}", error="E"),
    )


def _activations(activation: Activation) -> dict[str, str]:
    if isinstance(activation, str):
        return dict.fromkeys(NEURONS, activation)
    if not isinstance(activation, Mapping):
        raise TypeError(f"activation must be a name, or a mapping like {{6: 'identity'}}, not {shown(activation)}")
    chosen: dict[str, str] = {}
    for key, name in activation.items():
        neuron = str(key)
        if neuron not in NEURONS:
            raise ValueError(f"no neuron {shown(key)}; neurons are {', '.join(NEURONS)}")
        if neuron in chosen:
            raise ValueError(f"neuron {neuron} has two activations, under {neuron!r} and {int(neuron)}")
        chosen[neuron] = name
    return dict.fromkeys(NEURONS, "sigmoid") | chosen


def _defaults(preset: str) -> Mapping[str, float]:
    if not isinstance(preset, str) or preset not in PRESETS:
        raise ValueError(f"no preset {shown(preset)}; presets are {', '.join(PRESETS)}")
    return PRESETS[preset] | {"eta": DEFAULT_ETA}


def _groups(wiring: Wiring) -> tuple[SliderGroup, ...]:
    return (
        SliderGroup("learning_rate", "update", ("eta",)),
        SliderGroup("inputs_and_target", "forward", (*wiring.inputs, "z")),
        SliderGroup("weights_to_first", "forward", wiring.into_layer(1)),
        SliderGroup("weights_to_second", "forward", wiring.into_layer(2)),
        SliderGroup("weights_to_last", "forward", wiring.into_layer(3)),
    )


def _notation(wiring: Wiring) -> Notation:
    symbols: dict[str, AnySymbol] = {"x1": Symbol("x", "1"), "x2": Symbol("x", "2")}
    symbols |= {"z": Symbol("z"), "E": Symbol("E"), "eta": Symbol("η")}
    for n in NEURONS:
        last = n in wiring.outputs
        symbols[wiring.net(n)] = Symbol("e", n)
        symbols[wiring.signal(n)] = Symbol("y") if last else Symbol("y", n)
        symbols[signal_name(wiring, n)] = Symbol("δ") if last else Symbol("δ", n)
        symbols[f"f{n}"] = Symbol("f", n, argument=Symbol("e", n))
        symbols[f"f{n}′"] = Symbol("f", n, PRIME)
        symbols[f"df{n}/de"] = Derivative(Symbol("f", n, argument=Symbol("e")), Symbol("e"), sign="d")
        symbols[slope_name(wiring, n)] = Symbol("f", n, PRIME, argument=Symbol("e", n))
        for over, _ in wiring.out_of(n):
            symbols[term_name(wiring, n, over)] = Symbol("δ", f"{n}←{over}")
    for (source, target), w in wiring.weights.items():
        sub = f"({source}){target}" if source in LAYERS[0] else f"{source}{target}"
        symbols |= {w: Symbol("w", sub), f"{w}_next": Symbol("w", sub, PRIME), rule_gradient_name(w): Symbol("g", sub)}
    return Notation(symbols)
