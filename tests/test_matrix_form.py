"""The boards of the matrix form: what their cells hold and say, where their paths run, what is refused."""

import json
import operator
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

import bpviz
from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.matrices.activations import ACTIVATIONS

SIGNS = {"·": operator.matmul, "⊙": operator.mul, "+": operator.add, "−": operator.sub}
SIZES = [3, 2, 4, 2]
NETWORKS = {
    "softmax": (["tanh", "relu", "softmax"], "cross_entropy", {"biases": "init"}),
    "squares": (["sigmoid", "softplus", "identity"], "half_squared_error", {}),
    "binary": (["leaky_relu", "tanh", "sigmoid"], "binary_cross_entropy", {"biases": "init"}),
}


SQUARES = ("half_squared_error", "squared_error", "mean_squared_error")
TOGETHER = [
    *((activation, loss, n) for activation in ("sigmoid", "tanh", "identity") for loss in SQUARES for n in (1, 2, 3)),
    *(("sigmoid", loss, n) for loss in ("binary_cross_entropy", "cross_entropy") for n in (1, 2, 3)),
    *(("softmax", loss, n) for loss in (*SQUARES, "cross_entropy") for n in (2, 3)),
]
UNFIT = {("softmax", loss, n) for loss in SQUARES for n in (2, 3)} | {("sigmoid", "cross_entropy", n) for n in (2, 3)}


def network(activation, loss, **more):
    return bpviz.network(SIZES, activation, loss, inputs=[0.3, -1, 2], targets=[1, 0], seed=4, **more)


@pytest.fixture(scope="module", params=NETWORKS)
def made(request):
    activation, loss, more = NETWORKS[request.param]
    ex = network(activation, loss, **more)
    return ex, bpviz.matrix_form.cells(ex).content


def matrices(content):
    """Key and layer → the matrices of a formula, the result first, and the signs between them."""
    found = {}
    for f in content["formulas"]:
        parts = [
            np.array([[content["values"][n] for n in row] for row in p["rows"]]) for p in f["parts"] if "rows" in p
        ]
        found[f["key"], f["layer"]] = parts, [p["sign"] for p in f["parts"] if "sign" in p]
    return found


def test_every_result_is_what_its_matrices_make(made):
    ex, content = made
    for (key, layer), ((result, *operands), (_, *signs)) in matrices(content).items():
        if key == "a":
            apply = ACTIVATIONS[ex.kept["activation"][layer - 1]].apply
            value = operands[0].T.copy()
            apply(value)
            np.testing.assert_allclose(result, value.T, rtol=1e-12)
            continue
        value = operands[0]
        for sign, operand in zip(signs, operands[1:], strict=True):
            value = SIGNS[sign](value, operand)
        np.testing.assert_allclose(result, value, rtol=1e-12, atol=1e-15, err_msg=f"{key}[{layer}]")


def test_numbers_are_those_of_the_network(made):
    ex, content = made
    found, run = matrices(content), ex.run()
    for layer in range(1, len(SIZES)):
        dW = found["dW", layer][0][0]
        for to, origin in np.ndindex(dW.shape):
            assert dW[to, origin] == run[f"dL_dw{layer}_{to + 1}_{origin + 1}"]


def test_gradients_are_those_of_mlp():
    ex = network(["tanh", "tanh", "softmax"], "cross_entropy", biases="init")
    found = matrices(bpviz.matrix_form.cells(ex).content)
    net = bpviz.MLP(SIZES, hidden="tanh")
    for layer in range(1, len(SIZES)):
        net.weights[layer - 1][:] = found["z", layer][0][1]
        net.biases[layer - 1][:] = found["z", layer][0][3][:, 0]
    _, gradients = net.loss_and_gradients([[0.3, -1, 2]], [0])
    for layer in range(1, len(SIZES)):
        np.testing.assert_allclose(found["dW", layer][0][0], gradients.weights[layer - 1], rtol=1e-12)
        np.testing.assert_allclose(found["db", layer][0][0][:, 0], gradients.biases[layer - 1], rtol=1e-12)


def test_a_cell_reads_what_its_formula_reads(made):
    _, content = made
    for formula in content["formulas"]:
        operands = [part["rows"] for part in formula["parts"] if "rows" in part][1:]
        if formula["key"] not in ("z", "dW", "db"):
            continue
        for row in formula["cells"]:
            for cell in row:
                marked = {
                    name
                    for part, y, x in cell["reads"]
                    for i, names in enumerate(operands[part])
                    for j, name in enumerate(names)
                    if y in (None, i) and x in (None, j)
                }
                assert marked == numbers_in(cell["formula"]) - {cell["name"]}, cell["name"]


def numbers_in(formula):
    return set(re.findall(r'"(?:bp|ref)": "(\w+)"', json.dumps(formula)))


def test_the_path_of_a_weight_is_its_line_and_the_way_its_error_came(made):
    _, content = made
    cell = next(f for f in content["formulas"] if (f["key"], f["layer"]) == ("dW", 2))["cells"][3][1]
    assert (cell["focus"], cell["edges"]) == (["1_2", "2_4"], ["1_2→2_4"])
    assert {"2_4→3_1", "2_4→3_2"} < set(cell["back"])
    assert not any(edge.startswith(("2_1→", "1_")) for edge in cell["back"])


@pytest.mark.parametrize("sizes", [[1, 1], [2, 3, 2], [8, 8, 8]])
def test_every_neuron_of_the_small_network_has_room(sizes):
    network = bpviz.matrix_form.cells(bpviz.network(sizes)).content["network"]
    places = np.array([(node["x"], node["y"]) for node in network["nodes"]])
    assert len(network["nodes"]) == sum(sizes) + 1 + (sizes[-1] if sizes[-1] > 1 else 0)
    apart = np.linalg.norm(places[:, None] - places[None], axis=-1) + 1e9 * np.eye(len(places))
    assert apart.min() >= 100
    assert places.min() == 0
    assert places.max(axis=0).tolist() == [network["width"], network["height"]]
    assert {end for edge in network["edges"] for end in (edge["source"], edge["target"])} <= {
        node["id"] for node in network["nodes"]
    }


def test_softmax_is_told_where_it_stands(made):
    ex, content = made
    told = {(f["key"], f["layer"]): content["words"][f"told_{f['told']}"] for f in content["formulas"]}
    is_softmax = ex.kept["activation"][-1] == "softmax"
    assert ("divided by the sum S" in told["a", 3]) == is_softmax
    assert ("the targets t add up to 1" in told["dz", 3]) == is_softmax
    assert ("output minus target" in told["dz", 3]) == (not is_softmax)
    assert not any("softmax" in text.lower() for place, text in told.items() if place[1] < 3)
    reads = next(f for f in content["formulas"] if (f["key"], f["layer"]) == ("a", 3))["cells"][0][0]["reads"]
    assert reads == [[0, None if is_softmax else 0, 0]]


@pytest.mark.parametrize(("activation", "loss", "outputs"), TOGETHER)
def test_the_deltas_of_the_outputs_are_what_the_matrices_say(activation, loss, outputs):
    targets = [1.0] + [0.0] * (outputs - 1)
    ex = bpviz.network([2, outputs], activation, loss, inputs=[0.3, -1], targets=targets, seed=4)
    if (activation, loss, outputs) in UNFIT:
        with pytest.raises(ValueError, match=f"of {activation} outputs with .*cross_entropy, not with {loss}"):
            bpviz.matrix_form.cells(ex)
        return
    (dz, a, t), signs = matrices(bpviz.matrix_form.cells(ex).content)["dz", 1]
    if "⊙" in signs:  # da ⊙ slope
        assert dz == pytest.approx(a * t, abs=1e-12)
    else:
        factor = float(signs[1].split()[0]) if len(signs) > 2 else 1.0
        assert dz == pytest.approx(factor * (a - t), rel=1e-3, abs=1e-12)


def test_a_still_says_the_formula_and_opens_where_asked():
    ex = bpviz.network([2, 2, 1], inputs=[1, 0.5], weights=[[[0.4, -0.2], [0.3, 0.1]], [[0.5, -0.6]]])
    board = bpviz.matrix_form.cells(ex, start="dW2")
    assert "∂L/∂w11[2] = δ1[2] · a1[1]" in repr(board)
    board.state = board.state | {"column": 1}
    assert "∂L/∂w12[2]" in repr(board)
    data, metadata = board._repr_mimebundle_()
    assert {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert metadata["image/png"]["alt"] == data["text/plain"] == repr(board)


def test_shapes_say_whether_they_fit():
    board = bpviz.matrix_form.shapes(neurons=4, inputs=3, batch=2)
    assert repr(board).endswith("z is 4×2. 2 columns: 2 examples at once. b is added to each of them.")
    filled = [to_hex(box.get_facecolor()) for box in board.figure.axes[0].patches]
    assert filled.count(LIGHT_AND_DARK["update-soft"][0]) == 8
    board.state = {"sizes": {"W": [4, 3], "a": [2, 2], "b": 3}}
    assert "a row of W has 3 numbers, a column of a has 2" in repr(board)
    assert "W·a has 4 rows, b has 3" in repr(board)
    assert LIGHT_AND_DARK["update-soft"][0] not in [to_hex(b.get_facecolor()) for b in board.figure.axes[0].patches]


def test_times_are_drawn_as_long_as_they_are():
    figure = bpviz.matrix_form.times({"slow": 3.0, "quick": 0.004})
    assert "quick: 0.004000 s" in figure.description
    assert "slow: 3.00 s, 750 times as long" in figure.description
    bars = [bar.get_width() for bar in figure.axes[0].patches]
    assert sum(bars[1:]) == pytest.approx(750 * bars[0])


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: bpviz.matrix_form.cells(bpviz.case2()), ValueError, "a network of layers without skips"),
        (lambda: bpviz.matrix_form.cells([2, 2]), TypeError, r"cells takes a network.*, not \[2, 2\]"),
        (lambda: bpviz.matrix_form.cells(bpviz.network([2, 9, 1])), ValueError, "up to 8 neurons, not 9"),
        (
            lambda: bpviz.matrix_form.cells(bpviz.network([2, 1]), "dW2"),
            ValueError,
            "one of z1, a1, dz1, dW1, not 'dW2'",
        ),
        (lambda: bpviz.matrix_form.shapes(7), ValueError, "neurons must be from 1 to 6, not 7"),
        (lambda: bpviz.matrix_form.shapes(batch=0), ValueError, "batch must be from 1 to 6"),
        (lambda: bpviz.matrix_form.times([1]), TypeError, "a mapping from a label to seconds"),
        (lambda: bpviz.matrix_form.times({"a": 0}), ValueError, "above 0"),
        (lambda: bpviz.matrix_form.times({"a": 1, "b": 1e6}), ValueError, "at most 250,000 times the shortest"),
    ],
)
def test_what_cannot_be_is_refused_by_name(attempt, error, message):
    with pytest.raises(error, match=message):
        attempt()
