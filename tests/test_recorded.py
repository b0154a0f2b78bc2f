"""The graph that PyTorch records, our own in the same form, the figure of both; and what is stored for lesson 16."""

import importlib.util
import json

import pytest

import bpviz
from bpviz.frameworks import found_or_stored, recorded
from bpviz.frameworks.recorded import calculated
from bpviz.frameworks.stored import stored

needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="PyTorch is not installed")


class Node:
    """Stands in for what PyTorch calls a grad_fn."""

    def __init__(self, name, *reads, variable=None):
        self.next_functions = tuple((node, 0) for node in reads)
        self.name = lambda: name
        if variable is not None:
            self.variable = variable


class Tensor:
    def __init__(self, grad_fn):
        self.grad_fn = grad_fn


def test_a_recorded_graph_is_followed_to_its_leaves_and_each_node_once():
    w, other = object(), object()
    leaf, unnamed = (Node("torch::autograd::AccumulateGrad", variable=v) for v in (w, other))
    shared = Node("MulBackward0", leaf, None)
    assert recorded(Tensor(Node("AddBackward0", shared, Node("SubBackward0", shared, unnamed))), w=w) == [
        ("AddBackward0", [1, 2]),
        ("MulBackward0", [3]),
        ("SubBackward0", [1, 4]),
        ("AccumulateGrad w", []),
        ("AccumulateGrad", []),
    ]
    for nothing in (Tensor(None), 3.0):
        with pytest.raises(TypeError, match="this has no recorded graph: it must be a tensor computed from one"):
            recorded(nothing)


def neuron():
    return bpviz.graph("h = w*x + b; (h - t)**2 / 2 + h", name="E", w=0.5, x=2, b=0.1, t=1)


def test_our_own_graph_has_the_same_form_and_each_value_once():
    graph = calculated(neuron().program)
    names = [name for name, _ in graph]
    assert sorted(names) == sorted(["add", "div", "square", "sub", "add", "mul", "w", "x", "b", "t"])
    h = names.index("add", 1)
    assert [names[k] for k in graph[h][1]] == ["mul", "b"]
    assert [name for name, reads in graph if h in reads] == ["add", "sub"], "h is read twice, and there once"


@needs_torch
def test_pytorch_records_what_leads_to_a_gradient():
    import torch

    w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (0.5, 0.1))
    h = w * 2 + b
    names = [name for name, _ in recorded((h - 1) ** 2 / 2 + h, w=w, b=b)]
    assert names.count("AddBackward0") == 2
    assert set(names) == {
        *(f"{op}Backward0" for op in ("Add", "Div", "Pow", "Sub", "Mul")),
        "AccumulateGrad w",
        "AccumulateGrad b",
    }


def test_the_figure_shows_both_graphs():
    theirs = [("AddBackward0", [1, 2]), ("AccumulateGrad $w$", []), ("AccumulateGrad b", [])]
    figure = neuron().draw_recorded(theirs)
    ours, other = figure.axes
    assert [text.get_text().split("\n")[-1] for text in other.texts] == ["Backward0", "$w$", "b"]
    assert sorted(text.get_text() for text in ours.texts) == sorted(name for name, _ in calculated(neuron().program))
    assert len(ours.lines) == sum(len(reads) for _, reads in calculated(neuron().program))
    spots = [text.get_position() for text in ours.texts]
    assert len(set(spots)) == len(spots)
    for at, (_, reads) in enumerate(calculated(neuron().program)):
        assert all(spots[origin][0] < spots[at][0] for origin in reads), "what is read stands left"
    assert "AddBackward0 ← AccumulateGrad $w$, AccumulateGrad b" in figure.description
    assert figure.to_png().startswith(b"\x89PNG")


def test_what_is_found_is_returned_and_else_what_is_stored_with_a_line(capsys):
    assert found_or_stored("PyTorch", "CASE 2", [1.5, [2.5]]) == [1.5, [2.5]]
    assert capsys.readouterr().out == ""
    found = found_or_stored("PyTorch", "CASE 2")
    run = bpviz.case2().run()
    assert found == pytest.approx([run[f"dE_dw{k}"] for k in range(1, 9)], rel=1e-12)
    version = stored()["PyTorch"]["version"]
    assert capsys.readouterr().out == f"PyTorch is not installed here. This is what PyTorch {version} found:\n"
    for wanted, choices in ((("JAX", "CASE 2"), "PyTorch, TensorFlow"), (("TensorFlow", "x"), "CASE 2, softmax")):
        with pytest.raises(KeyError, match=f"nothing is stored for .*; there is {choices}"):
            found_or_stored(*wanted)


def test_stored_results_are_of_the_version_that_is_asked_for(repo_root):
    wanted = (repo_root / "requirements-frameworks.txt").read_text(encoding="utf-8")
    assert f"\ntorch=={stored()['PyTorch']['version']}\n" in wanted
    assert json.dumps(stored()).count("NaN") == 0
