"""Our gradients beside autograd's, for every worked example; and what is said where PyTorch is not installed."""

import importlib.util
import subprocess
import sys

import pytest
from variants import EVERY_EXAMPLE

import bpviz
from bpviz.algebra.expr import apply
from bpviz.algebra.ops import OPS
from bpviz.networks.losses import ENTROPIES, SQUARES
from bpviz.networks.wiring import ACTIVATIONS, SOFTMAX

needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="PyTorch is not installed")


@needs_torch
@pytest.mark.parametrize("variant", EVERY_EXAMPLE, ids=str)
def test_every_worked_example_has_the_gradients_of_pytorch(variant):
    ex = variant.example
    check = bpviz.torch_check(ex)
    assert len(check.rows) == sum(g.name != "eta" for g in ex.program.givens)
    if ex.check_gradients().agrees:
        assert check.agrees, check
        assert f"All {len(check.rows)} gradients are those of PyTorch's autograd" in repr(check)
    else:
        assert not check.agrees


@needs_torch
def test_a_rule_that_is_no_gradient_is_named():
    check = bpviz.torch_check(bpviz.case1("illustrated"))
    assert "w14" in check.summary()
    assert "is not the gradient that PyTorch's autograd finds" in check.summary()
    assert bpviz.torch_check(bpviz.case1("exact")).agrees


@needs_torch
@pytest.mark.parametrize("name", OPS)
def test_every_operation_is_known_to_pytorch(name):
    for values in ((0.7, 1.3), (1.3, 0.7), (0.9, 0.9)):
        x, y = bpviz.given(x=values[0], y=values[1])
        ex = bpviz.graph(apply(name, *(x, y)[: OPS[name].arity]) + 0.5 * x * y, name="z")
        check = bpviz.torch_check(ex)
        assert check.agrees, check


@needs_torch
@pytest.mark.parametrize("name", bpviz.textbook())
def test_every_textbook_has_the_gradients_of_pytorch(name):
    assert bpviz.torch_check(bpviz.textbook(name)).agrees


@needs_torch
@pytest.mark.parametrize("output", [*ACTIVATIONS, SOFTMAX])
def test_every_loss_and_activation_has_the_gradients_of_pytorch(output):
    hidden = "tanh" if output == SOFTMAX else output
    for loss in (*SQUARES, *(name for name, activation in ENTROPIES if activation == output)):
        ex = bpviz.network([2, 3, 2], [hidden, output], loss, biases="init", seed=3)
        check = bpviz.torch_check(ex, t1=0.4, x1=0.7)
        assert check.agrees, check


@needs_torch
def test_graphs_with_lists_have_the_gradients_of_pytorch():
    a, b = bpviz.given(a=[1, 2, 0.5], b=[[1, 0, 2], [0, 1, 1]])
    for z in (bpviz.dot(bpviz.softmax(a), a), bpviz.mean(a * a), bpviz.sum(bpviz.max(b)), bpviz.log_softmax(a)[0]):
        check = bpviz.torch_check(bpviz.graph(z, name="z"))
        assert check.agrees, check


@needs_torch
def test_other_givens_are_checked_and_bad_ones_refused():
    ex = bpviz.case2()
    (row,) = (r for r in bpviz.torch_check(ex, w5=0.9).rows if r.name == "w5")
    assert row.ours == ex.run(w5=0.9)["dE_dw5"] == pytest.approx(row.torch, rel=1e-13)
    assert row.ours != ex.run()["dE_dw5"]
    with pytest.raises(KeyError, match="w99"):
        bpviz.torch_check(ex, w99=1.0)
    with pytest.raises(TypeError, match="a check with PyTorch"):
        bpviz.torch_check(ex, w5=[0.1, 0.2])


def test_without_pytorch_it_says_how_to_get_it():
    code = "import sys; sys.modules['torch'] = None; import bpviz; bpviz.torch_check(bpviz.case2())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    expected = "ImportError: this needs PyTorch, which is not installed: pip install -r requirements-frameworks.txt"
    assert done.stderr.strip().splitlines()[-1] == expected


@needs_torch
@pytest.mark.parametrize(
    "make",
    [
        bpviz.case2,
        lambda: bpviz.case1("exact", {4: "identity", 5: "identity", 6: "relu"}),
        lambda: bpviz.network([2, 3, 2], ["identity", "softmax"], "cross_entropy", biases="init"),
        lambda: bpviz.textbook("cs231n"),
    ],
    ids=["case 2", "case 1", "softmax", "cs231n"],
)
def test_players_get_the_slope_by_every_step(make):
    import torch  # noqa: F401 - so that players find it

    ex = make()
    told, trace = ex.player().pytorch, ex.run()
    names = [n for n in ex.program.names if getattr(ex.program[n], "phase", "forward") in ("forward", "loss")]
    assert list(told["slopes"]) == names
    largest = max(map(abs, told["slopes"].values()))
    for name in names:
        assert told["slopes"][name] == pytest.approx(trace.gradient(name), rel=1e-11, abs=1e-13 * largest), name
