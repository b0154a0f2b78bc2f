"""Networks from other frameworks: small dense models of PyTorch and Keras, as they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bpviz.cases.network import network
from bpviz.ground.checked import shown
from bpviz.networks.losses import HALF_SQUARED
from bpviz.networks.wiring import SOFTMAX
from bpviz.worked import WorkedExample

TORCH = {
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "Softplus": "softplus",
    "Identity": "identity",
    "Softmax": SOFTMAX,
}
"""Modules of PyTorch that are activations here."""

KERAS = {name: name for name in ("sigmoid", "tanh", "relu", "softplus", "softmax")} | {"linear": "identity"}
"""Functions of Keras that are activations here; its leaky ReLU has another slope."""

KERAS_LAYERS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "Softmax": SOFTMAX}
"""Layers of Keras that are activations here."""

Settings = Mapping[str, tuple[tuple[str, float | None], ...]]
SETTINGS: Settings = {"LeakyReLU": (("negative_slope", 0.01),), "Softplus": (("beta", 1),)}
"""What else a module's activation depends on, and must be."""
KERAS_SETTINGS: Settings = {
    "ReLU": (("negative_slope", 0), ("max_value", None), ("threshold", 0)),
    "LeakyReLU": (("negative_slope", 0.01),),
}


@dataclass
class _Layers:
    """Matrices, biases and activations, as they are found."""

    weights: list[list[list[float]]] = field(default_factory=list)
    biases: list[list[float] | None] = field(default_factory=list)
    activations: list[str] = field(default_factory=list)

    def dense(self, weights: Any, bias: Any) -> None:
        self.weights.append(_listed(weights))
        self.biases.append(None if bias is None else _listed(bias))
        self.activations.append("identity")

    def activation(self, name: str, where: str) -> None:
        if not self.weights or self.activations[-1] != "identity":
            raise ValueError(f"{where} follows no dense layer of its own, which networks here do not have")
        self.activations[-1] = name

    def example(self, inputs: Any, targets: Any, options: dict[str, Any]) -> WorkedExample:
        """The network; a cross-entropy of scores has the activation that its name asks for."""
        if not self.weights:
            raise ValueError("the model has no dense layer")
        loss = options.get("loss", HALF_SQUARED)
        if self.activations[-1] == "identity" and loss in ("cross_entropy", "binary_cross_entropy"):
            self.activations[-1] = SOFTMAX if loss == "cross_entropy" else "sigmoid"
        without = [k for k, bias in enumerate(self.biases, 1) if bias is None]
        if without and len(without) < len(self.biases):
            raise ValueError(f"layer {without[0]} has no bias, but others have: either all layers have biases, or none")
        sizes = [len(self.weights[0][0]), *map(len, self.weights)]
        given: dict[str, Any] = {"weights": self.weights, "biases": None if without else self.biases}
        return network(sizes, self.activations, **given, inputs=_listed(inputs), targets=_listed(targets), **options)


def from_torch(model: Any, inputs: Any, targets: Any, **options: Any) -> WorkedExample:
    """Return a network of PyTorch, of Linear and activations in a Sequential, as a worked example with its weights.

    `inputs`, `targets`, `options` (loss, eta, optimizer, labels, ...): those of `network`. With a cross-entropy a model
    that ends in scores gets softmax or sigmoid, as in PyTorch's CrossEntropyLoss and BCEWithLogitsLoss.
    Raises ValueError for a model of other parts, and what `network` raises.
    """
    layers = _Layers()
    for module in _modules(model):
        kind = type(module).__name__
        if kind == "Linear":
            layers.dense(module.weight, module.bias)
        elif kind in TORCH:
            _check_settings(module, kind, SETTINGS)
            layers.activation(TORCH[kind], kind)
        else:
            raise ValueError(f"no network is made of {kind}; parts can be Linear, {', '.join(TORCH)}")
    return layers.example(inputs, targets, options)


def _modules(model: Any) -> Iterator[Any]:
    if type(model).__name__ != "Sequential":
        yield model
        return
    for module in model:
        yield from _modules(module)


def _check_settings(module: Any, kind: str, settings: Settings) -> None:
    for name, expected in settings.get(kind, ()):
        found = getattr(module, name)
        if found != expected:
            raise ValueError(f"{kind} must have {name}={expected}, not {shown(found)}")


def from_keras(model: Any, inputs: Any, targets: Any, **options: Any) -> WorkedExample:
    """Return a network of Keras, of Dense layers one after the other, as a worked example with its weights.

    `inputs`, `targets` and `options` are those of `network`. With a cross-entropy a model that ends in scores gets
    softmax or sigmoid. Raises TypeError for what is no model, ValueError for one of other parts, and what `network`
    raises.
    """
    layers, before = _Layers(), None
    if not hasattr(model, "layers"):
        raise TypeError(f"the model must be one of Keras, with its layers, not {shown(model)}")
    for layer in model.layers:
        kind = type(layer).__name__
        if kind != "InputLayer":
            _add_keras(layers, layer, kind)
        if before is not None and getattr(layer, "input", before.output) is not before.output:
            raise ValueError(f"{kind} reads another layer than the one before it, which networks here cannot")
        before = layer if hasattr(layer, "output") else None
    return layers.example(inputs, targets, options)


def _add_keras(layers: _Layers, layer: Any, kind: str) -> None:
    if kind in KERAS_LAYERS:
        _check_settings(layer, kind, KERAS_SETTINGS)
        layers.activation(KERAS_LAYERS[kind], kind)
        return
    if kind not in ("Dense", "Activation"):
        raise ValueError(f"no network is made of {kind}; parts can be Dense, Activation, {', '.join(KERAS_LAYERS)}")
    if kind == "Dense":
        kernel, *bias = layer.get_weights() or (None,)
        if kernel is None:
            raise ValueError("the model has no weights yet: give it its Input, or call it once")
        layers.dense(kernel.T, bias[0] if bias else None)
    name = layer.activation.__name__
    if name not in KERAS:
        raise ValueError(f"no activation {name!r}; those of Keras that networks have are {', '.join(KERAS)}")
    if name != "linear":
        layers.activation(KERAS[name], kind)


def _listed(values: Any) -> Any:
    """A tensor or an array as lists; anything else as it is."""
    detached = values.detach() if hasattr(values, "detach") else values
    return detached.tolist() if hasattr(detached, "tolist") else detached
