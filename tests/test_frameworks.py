"""Models of PyTorch and Keras: stand-ins with their attributes, and the real ones where they are installed."""

import importlib.util

import numpy as np
import pytest

import bpviz


class Tensor:
    def __init__(self, values):
        self.values = np.array(values)

    def detach(self):
        return self.values


class Linear:
    def __init__(self, weight, bias=None):
        self.weight, self.bias = Tensor(weight), None if bias is None else Tensor(bias)


class Tanh:
    pass


class Dropout:
    pass


class LeakyReLU:
    def __init__(self, negative_slope=0.01):
        self.negative_slope = negative_slope


class Sequential(list):
    pass


W1, W2 = [[0.1, -0.2], [0.3, 0.4], [0.5, -0.6]], [[0.7, 0.8, -0.9], [0.2, 0.1, 0.3]]


def test_a_model_of_linear_and_activations_is_a_network():
    model = Sequential([Sequential([Linear(W1, [0.1, 0.2, 0.3]), Tanh()]), Linear(W2, [0.4, 0.5])])
    ours = bpviz.from_torch(model, Tensor([1.0, 0.5]), 1, loss="cross_entropy", eta=0.25)
    expected = bpviz.network(
        [2, 3, 2],
        ["tanh", "softmax"],
        "cross_entropy",
        [W1, W2],
        [[0.1, 0.2, 0.3], [0.4, 0.5]],
        [1.0, 0.5],
        1,
        eta=0.25,
    )
    assert ours.program == expected.program


def test_scores_stay_scores_with_a_squared_error():
    ours = bpviz.from_torch(Sequential([Linear(W1), LeakyReLU(), Linear(W2)]), [1, 0.5], [0.0, 1.0])
    assert (
        ours.program
        == bpviz.network(
            [2, 3, 2], ["leaky_relu", "identity"], weights=[W1, W2], inputs=[1, 0.5], targets=[0.0, 1.0]
        ).program
    )


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([Linear(W1), Dropout()], "no network is made of Dropout; parts can be Linear, Sigmoid, Tanh"),
        ([Linear(W1), LeakyReLU(0.2)], r"LeakyReLU must have negative_slope=0\.01, not 0\.2"),
        ([Tanh(), Linear(W1)], "Tanh follows no dense layer"),
        ([Linear(W1), Tanh(), Tanh()], "Tanh follows no dense layer"),
        ([], "the model has no dense layer"),
        ([Linear(W1, [1, 2, 3]), Linear(W2)], "layer 2 has no bias, but others have"),
    ],
)
def test_other_models_are_refused(parts, message):
    with pytest.raises(ValueError, match=message):
        bpviz.from_torch(Sequential(parts), [1, 2], [0, 1])


class Dense:
    def __init__(self, kernel, bias, activation):
        self.weights, self.activation = [np.array(kernel).T, np.array(bias)], activation

    def get_weights(self):
        return self.weights


class InputLayer:
    pass


class Model:
    def __init__(self, *layers):
        self.layers = layers


def relu():
    pass


def linear():
    pass


def gelu():
    pass


def test_a_model_of_dense_layers_is_a_network():
    model = Model(InputLayer(), Dense(W1, [0.1, 0.2, 0.3], relu), Dense(W2, [0.4, 0.5], linear))
    ours = bpviz.from_keras(model, np.array([1.0, 0.5]), np.array([0, 1]), loss="binary_cross_entropy")
    expected = bpviz.network(
        [2, 3, 2],
        ["relu", "sigmoid"],
        "binary_cross_entropy",
        [W1, W2],
        [[0.1, 0.2, 0.3], [0.4, 0.5]],
        [1.0, 0.5],
        [0, 1],
    )
    assert ours.program == expected.program
    with pytest.raises(ValueError, match="no activation 'gelu'; those of Keras that networks have are sigmoid"):
        bpviz.from_keras(Model(Dense(W1, [0, 0, 0], gelu)), [1, 2], [0, 1, 0])
    with pytest.raises(ValueError, match="no network is made of Tanh; parts can be Dense"):
        bpviz.from_keras(Model(Tanh()), [1, 2], [0, 1, 0])
    with pytest.raises(TypeError, match=r"the model must be one of Keras, with its layers, not 'model\.keras'"):
        bpviz.from_keras("model.keras", [1, 2], [0, 1, 0])


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
def test_pytorchs_own_model_has_the_same_gradients():
    import torch

    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2)).double()
    x = torch.tensor([[0.5, -1.0]], dtype=torch.float64)
    loss = torch.nn.CrossEntropyLoss()(model(x), torch.tensor([1]))
    loss.backward()
    trace = bpviz.from_torch(model, x[0], 1, loss="cross_entropy").run()
    assert trace["L"] == pytest.approx(loss.item(), rel=1e-12)
    assert trace["dL_dw1_2_1"] == pytest.approx(model[0].weight.grad[1, 0].item(), rel=1e-12)


@pytest.fixture
def keras(monkeypatch):
    """Keras, on PyTorch."""
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("torch", reason="PyTorch is not installed")
    return pytest.importorskip("keras", reason="Keras is not installed")


def test_keras_own_models_have_the_same_outputs(keras):
    dense, x = keras.layers.Dense, [0.5, -1.0]
    for layers, options in (
        ([dense(3, "tanh"), dense(2, "softmax")], {"loss": "cross_entropy"}),
        ([dense(3), keras.layers.Activation("softplus"), dense(2)], {}),
        ([dense(3, "relu", use_bias=False), dense(2, "sigmoid", use_bias=False)], {"loss": "binary_cross_entropy"}),
        ([dense(3), keras.layers.ReLU(), dense(3), keras.layers.LeakyReLU(negative_slope=0.01), dense(2)], {}),
        ([dense(3, "tanh"), dense(2), keras.layers.Softmax()], {}),
    ):
        model = keras.Sequential([keras.Input((2,)), *layers])
        trace = bpviz.from_keras(model, x, [0, 1], **options).run()
        last = sum(type(layer).__name__ == "Dense" for layer in layers)
        ours = [trace[f"a{last}_{k}"] for k in (1, 2)]
        assert ours == pytest.approx(model.predict(np.array([x]), verbose=0)[0].tolist(), rel=1e-5)


def test_models_of_keras_that_are_no_chain_are_refused(keras):
    dense, start = keras.layers.Dense, keras.Input((2,))
    with pytest.raises(ValueError, match="the model has no weights yet: give it its Input, or call it once"):
        bpviz.from_keras(keras.Sequential([dense(2)]), [1, 2], [1, 0])
    for ends in ([dense(2)(start), dense(2)(start)], dense(2)(dense(3)(start) + dense(3)(start))):
        with pytest.raises(ValueError, match="Dense reads another layer than the one before it"):
            bpviz.from_keras(keras.Model(start, ends), [1, 2], [1, 0])
    with pytest.raises(ValueError, match="LeakyReLU must have negative_slope"):
        bpviz.from_keras(keras.Sequential([start, dense(2), keras.layers.LeakyReLU()]), [1, 2], [1, 0])
