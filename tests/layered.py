"""A second opinion on layered networks: einsum and complex steps, written without any of bpviz's code."""

import numpy as np

OUTPUTS = ("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity", "softmax")
HIDDEN = OUTPUTS[:-1]
SQUARED = ("half_squared_error", "squared_error", "mean_squared_error")

FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: z * (z.real > 0),
    "leaky_relu": lambda z: z * np.where(z.real > 0, 1.0, 0.01),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "identity": lambda z: z,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1)[:, None],
}
LOSSES = {
    "half_squared_error": lambda a, t: ((t - a) ** 2).sum(axis=1) / 2,
    "squared_error": lambda a, t: ((t - a) ** 2).sum(axis=1),
    "mean_squared_error": lambda a, t: ((t - a) ** 2).mean(axis=1),
    "cross_entropy": lambda a, t: -(t * np.log(a)).sum(axis=1),
    "binary_cross_entropy": lambda a, t: -(t * np.log(a) + (1 - t) * np.log(1 - a)).sum(axis=1),
}


def fitting_losses(output):
    """Which losses may stand after an output."""
    return SQUARED + {"softmax": ("cross_entropy",), "sigmoid": ("binary_cross_entropy",)}.get(output, ())


def outputs(net, parameters, X):
    """Return the last activations, and how near 0 the net inputs of this network come (where relu has its kink)."""
    count = len(net.weights)
    a, nearest = np.asarray(X, complex), np.inf
    for k, (W, b) in enumerate(zip(parameters[:count], parameters[count:], strict=True)):
        z = np.einsum("rf,tf->rt", a, W) + b
        nearest = min(nearest, np.abs(z).min())
        a = FUNCTIONS[net.output if k == count - 1 else net.hidden](z)
    return a, nearest


def loss(net, parameters, X, T):
    """Return the mean loss, complex."""
    return LOSSES[net.loss](outputs(net, parameters, X)[0], T).mean()


def gradients(net, X, T):
    """Return the loss and its gradients by complex steps, for weights and then biases."""
    parameters = [np.array(p, complex) for p in (*net.weights, *net.biases)]
    found = []
    for p in parameters:
        slope = np.empty(p.shape)
        for place in np.ndindex(p.shape):
            p[place] += 1e-30j
            slope[place] = loss(net, parameters, X, T).imag / 1e-30
            p[place] = p[place].real
        found.append(slope)
    return loss(net, parameters, X, T).real, found


def one_hot(labels, classes):
    """Return 1 at each row's class."""
    return np.eye(classes)[labels]
