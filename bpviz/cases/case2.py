"""CASE 2: the numeric 2-2-2 network with every printed figure.

Source: M. Mazur, "A Step by Step Backpropagation Example" (2015); retold in many articles.
"""

from collections.abc import Mapping
from functools import partial

from bpviz.calculation.chain_rule import with_gradients
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.updates import UPDATE_RULES
from bpviz.example.example import SliderGroup
from bpviz.example.family import Family, Switch
from bpviz.example.published import Published
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layout import layered_scene
from bpviz.networks.portrait import portrait_scene
from bpviz.networks.telling import LayeredTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.tell import tell
from bpviz.worked import WorkedExample
from bpviz.writing.notation import Notation, with_derived
from bpviz.writing.symbols import Symbol

CITATION = "Mazur 2015"

LAYERS = (("i1", "i2"), ("h1", "h2"), ("o1", "o2"))
WEIGHTS = {
    ("i1", "h1"): "w1",
    ("i2", "h1"): "w2",
    ("i1", "h2"): "w3",
    ("i2", "h2"): "w4",
    ("h1", "o1"): "w5",
    ("h2", "o1"): "w6",
    ("h1", "o2"): "w7",
    ("h2", "o2"): "w8",
}
BIASES = {"h1": "b1", "h2": "b1", "o1": "b2", "o2": "b2"}
TARGETS = {"o1": "target_o1", "o2": "target_o2"}

DEFAULTS = {
    "i1": 0.05, "i2": 0.10,
    "w1": 0.15, "w2": 0.20, "w3": 0.25, "w4": 0.30, "b1": 0.35,
    "w5": 0.40, "w6": 0.45, "w7": 0.50, "w8": 0.55, "b2": 0.60,
    "target_o1": 0.01, "target_o2": 0.99,
    "eta": 0.5,
}  # fmt: skip
RANGES: Mapping[Kind, tuple[float, float]] = {
    Kind.INPUT: (0, 1),
    Kind.WEIGHT: (-2, 2),
    Kind.BIAS: (-2, 2),
    Kind.TARGET: (0, 1),
    Kind.LEARNING_RATE: (0, 10),
}

SWITCHES = (Switch("update", tuple(UPDATE_RULES)), Switch("train_biases", (False, True)))

_OLD_WEIGHTS = {"sequential": "cases.case2.notes.old_weights"}

PUBLISHED = (
    Published("net_h1", "0.3775"),
    Published("out_h1", "0.593269992"),
    Published("out_h2", "0.596884378"),
    Published("net_o1", "1.105905967"),
    Published("out_o1", "0.75136507"),
    Published("out_o2", "0.772928465"),
    Published("E_o1", "0.274811083"),
    Published("E_o2", "0.023560026"),
    Published("E_total", "0.298371109"),
    Published("dE_dout_o1", "0.74136507"),
    Published("dout_dnet_o1", "0.186815602"),
    Published("dnet_o1_dw5", "0.593269992"),
    Published("dE_dw5", "0.082167041"),
    Published("w5_next", "0.35891648"),
    Published("w6_next", "0.408666186"),
    Published("w7_next", "0.511301270"),
    Published("w8_next", "0.561370121"),
    Published("delta_o1", "0.138498562"),
    Published("dE_o1_dout_h1", "0.055399425", notes=_OLD_WEIGHTS),
    Published(
        "dE_o2_dout_h1", "-0.019049119", notes={**_OLD_WEIGHTS, "simultaneous": "cases.case2.notes.rounded_early"}
    ),
    Published("dE_dout_h1", "0.036350306", notes=_OLD_WEIGHTS),
    Published("dout_dnet_h1", "0.241300709"),
    Published("dE_dw1", "0.000438568", notes=_OLD_WEIGHTS),
    Published("w1_next", "0.149780716", notes=_OLD_WEIGHTS),
    Published("w2_next", "0.19956143", notes=_OLD_WEIGHTS),
    Published("w3_next", "0.24975114", notes=_OLD_WEIGHTS),
    Published("w4_next", "0.29950229", notes=_OLD_WEIGHTS),
    Published("E_total", "0.291027924", 1, {"simultaneous": "cases.case2.notes.changed_weights"}),
    Published(
        "E_total",
        "0.0000351085",
        10_000,
        {"simultaneous": "cases.case2.notes.before_last_change", "sequential": "cases.case2.notes.other_program"},
    ),
    Published("out_o1", "0.015912196", 10_000, {"simultaneous": "cases.case2.notes.changed_weights"}),
    Published("out_o2", "0.984065734", 10_000, {"simultaneous": "cases.case2.notes.changed_weights"}),
)


def case2(update: str = "simultaneous", train_biases: bool = False, activation: str = "sigmoid") -> WorkedExample:
    """Return CASE 2 as a worked example.

    `update`: "simultaneous" (every gradient at the old weights) or "sequential" (the output layer's weights change
    before the error goes on). `train_biases`: the two shared biases learn too. `activation`: of all four neurons.
    Raises ValueError for a choice that does not exist, TypeError where `train_biases` is not a bool.
    """
    if update not in list(UPDATE_RULES):  # a list: what cannot be hashed is no rule either
        raise ValueError(f"no update rule {update!r}; update rules are {', '.join(UPDATE_RULES)}")
    if not isinstance(train_biases, bool):
        raise TypeError(f"train_biases must be True or False, not {train_biases!r}")
    wiring = Wiring(LAYERS, WEIGHTS, BIASES, TARGETS, dict.fromkeys(("h1", "h2", "o1", "o2"), activation))
    program = Program(layered_givens(wiring, DEFAULTS, RANGES), forward_steps(wiring), wiring.loss)
    program = UPDATE_RULES[update](with_gradients(program, wiring.trained(train_biases)))
    scene = layered_scene(wiring)
    return WorkedExample(
        name="case2",
        program=program,
        notation=_notation(program),
        scene=scene,
        tall_scene=portrait_scene(wiring),
        beats=tell(program, scene, LayeredTelling(wiring, program, scene)),
        groups=_groups(wiring),
        rule=update,
        figures=_figures(train_biases, activation),
        citation=CITATION,
        family=Family(SWITCHES, (update, train_biases), partial(case2, activation=activation)),
    )


def _groups(wiring: Wiring) -> tuple[SliderGroup, ...]:
    return (
        SliderGroup("learning_rate", "update", ("eta",)),
        SliderGroup("weights_to_hidden", "forward", wiring.into_layer(1)),
        SliderGroup("weights_to_output", "forward", wiring.into_layer(2)),
        SliderGroup("biases", "forward", ("b1", "b2")),
        SliderGroup("inputs_and_targets", "forward", (*wiring.inputs, *wiring.targets.values())),
    )


def _notation(program: Program) -> Notation:
    symbols = {name: Symbol(name[0], name[1:]) for name in ("i1", "i2", "h1", "h2", "o1", "o2", "b1", "b2")}
    symbols |= {name: Symbol("w", name[1:]) for name in WEIGHTS.values()}
    symbols |= {f"{word}_{n}": Symbol(word, n) for word in ("net", "out") for n in ("h1", "h2", "o1", "o2")}
    symbols |= {f"{word}_{n}": Symbol(word, n) for word in ("E", "target") for n in ("o1", "o2")}
    return with_derived(symbols | {"E_total": Symbol("E", "total"), "eta": Symbol("η")}, program)


def _figures(train_biases: bool, activation: str) -> tuple[Published, ...]:
    """The source's figures; none where its network or its training is another one."""
    if activation != "sigmoid":
        return ()
    return tuple(f for f in PUBLISHED if not (train_biases and f.rounds))
