"""Error signals over an edge that skips layers: a term of their own, by both rules; the exact one is the gradient."""

import pytest
from test_wiring import wiring

from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Kind
from bpviz.calculation.trace import Trace
from bpviz.networks.forward_pass import forward_steps, layered_givens
from bpviz.networks.layout import layered_scene
from bpviz.networks.signals import RULES, with_error_signals
from bpviz.networks.signals_telling import SignalsTelling
from bpviz.telling.tell import tell

SKIPPING = wiring(
    layers=(("i",), ("h",), ("k",), ("o",)),
    weights={("h", "o"): "skip", ("i", "h"): "w1", ("h", "k"): "w2", ("k", "o"): "w3"},
    biases={},
    activations={"h": "tanh", "k": "sigmoid", "o": "sigmoid"},
)
DEFAULTS = {"i": 0.8, "t": 0.9, "skip": 0.7, "w1": 0.3, "w2": -0.5, "w3": 1.1, "eta": 0.5}


def program(rule):
    givens = layered_givens(SKIPPING, DEFAULTS, dict.fromkeys(Kind, (-2, 2)))
    return with_error_signals(Program(givens, forward_steps(SKIPPING), SKIPPING.loss), SKIPPING, rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_skip_brings_its_part_of_the_error_back(rule):
    trace = Trace(program(rule), DEFAULTS)
    slope = trace["dout_o_dnet_o"] if rule == "exact" else 1.0
    assert trace["deltah_from_o"] == pytest.approx(0.7 * trace["delta"] * slope, rel=1e-14)
    assert trace["deltah"] == trace["deltah_from_k"] + trace["deltah_from_o"]
    if rule == "exact":
        for w in ("skip", "w1", "w2", "w3"):
            assert trace[f"g_{w}"] == pytest.approx(trace.gradient(w), rel=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_its_story_tells_every_step_once(rule):
    made = program(rule)
    scene = layered_scene(SKIPPING)
    beats = tell(made, scene, SignalsTelling(SKIPPING, made, scene, rule))
    told = [name for beat in beats for name in beat.reveals]
    assert sorted(told) == sorted(step.name for step in made.steps)
    met = next(beat for beat in beats if beat.id == "deltah")
    assert set(met.backward) == {"h→k", "h→o"}


def test_a_weight_on_two_edges_is_refused_by_its_name():
    shared = wiring(weights={("i", "h"): "w1", ("h", "o"): "w1"}, biases={})
    givens = layered_givens(shared, DEFAULTS, dict.fromkeys(Kind, (-2, 2)))
    with pytest.raises(ValueError, match="error signals change each weight on its own edge, but 'w1' is on 2"):
        with_error_signals(Program(givens, forward_steps(shared), shared.loss), shared, "exact")
