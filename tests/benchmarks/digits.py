"""A 784-50-10 network trained by plain descent in four ways, each as a good user would write it for speed.

Sigmoid, softmax, cross-entropy, batches of 100; every way returns the mean loss over all rows before the first epoch
and after each, and takes the rows in the same order.
"""

from itertools import pairwise

import numpy as np

import bpviz

SIZES, BATCH, ETA = (784, 50, 10), 100, 0.1


def made_up(rows, dtype, seed=0):
    """Return inputs and the classes of a teacher, so that there is something to learn."""
    rng = np.random.default_rng(seed)
    X = rng.random((rows, SIZES[0])).astype(dtype)
    return X, (X @ rng.standard_normal((SIZES[0], SIZES[-1])).astype(dtype)).argmax(axis=1)


def order(rows, epoch):
    """Return the order in which `fit` takes the rows of an epoch."""
    return np.random.default_rng([0, epoch]).permutation(rows)


def with_bpviz(X, y, epochs):
    """Train with the package."""
    return bpviz.MLP(SIZES, dtype=X.dtype.name).fit(X, y, epochs, BATCH, ETA, progress=False).losses


def by_hand(X, y, epochs):  # noqa: PLR0915 - one loop, as one writes it
    """Train in NumPy with arrays that are made once: nothing is checked, nothing is general."""
    net = bpviz.MLP(SIZES, dtype=X.dtype.name)
    (W1, W2), (b1, b2) = net.weights, net.biases
    T = np.zeros((len(X), SIZES[-1]), X.dtype)
    T[np.arange(len(X)), y] = 1
    x, t = np.empty((BATCH, SIZES[0]), X.dtype), np.empty((BATCH, SIZES[-1]), X.dtype)
    a, p, da = (np.empty((BATCH, n), X.dtype) for n in (*SIZES[1:], SIZES[1]))
    dW1, dW2, db1, db2 = (np.empty_like(w) for w in (W1, W2, b1, b2))

    def forward(rows):
        np.dot(rows, W1.T, out=a)
        np.add(a, b1, out=a)
        np.negative(a, out=a)
        np.exp(a, out=a)
        np.add(a, 1, out=a)
        np.reciprocal(a, out=a)
        np.dot(a, W2.T, out=p)
        np.add(p, b2, out=p)
        np.subtract(p, p.max(axis=1, keepdims=True), out=p)

    def loss():
        total = 0.0
        for k in range(0, len(X), BATCH):
            forward(X[k : k + BATCH])
            chosen = (p * T[k : k + BATCH]).sum()
            total += np.log(np.exp(p, out=p).sum(axis=1)).sum() - chosen
        return total / len(X)

    losses = [loss()]
    for epoch in range(epochs):
        rows = order(len(X), epoch)
        for k in range(0, len(X), BATCH):
            np.take(X, rows[k : k + BATCH], axis=0, out=x, mode="clip")
            np.take(T, rows[k : k + BATCH], axis=0, out=t, mode="clip")
            forward(x)
            np.exp(p, out=p)
            np.divide(p, p.sum(axis=1, keepdims=True), out=p)
            np.subtract(p, t, out=p)
            np.multiply(p, ETA / BATCH, out=p)
            np.dot(p.T, a, out=dW2)
            np.sum(p, axis=0, out=db2)
            np.dot(p, W2, out=da)
            np.multiply(da, a, out=da)
            np.subtract(1, a, out=a)
            np.multiply(da, a, out=da)
            np.dot(da.T, x, out=dW1)
            np.sum(da, axis=0, out=db1)
            for w, step in ((W1, dW1), (W2, dW2), (b1, db1), (b2, db2)):
                np.subtract(w, step, out=w)
        losses.append(loss())
    return np.array(losses)


def with_pytorch(X, y, epochs):
    """Train with PyTorch's autograd and SGD; ImportError where it is not installed."""
    import torch

    net = bpviz.MLP(SIZES, dtype=X.dtype.name)
    layers = [torch.nn.Linear(*shape, dtype=getattr(torch, X.dtype.name)) for shape in pairwise(SIZES)]
    with torch.no_grad():
        for layer, W, b in zip(layers, net.weights, net.biases, strict=True):
            layer.weight.copy_(torch.from_numpy(W))
            layer.bias.copy_(torch.from_numpy(b))
    model = torch.nn.Sequential(layers[0], torch.nn.Sigmoid(), layers[1])
    loss_of, descent = torch.nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=ETA)
    inputs, classes = torch.from_numpy(X), torch.from_numpy(y)

    def loss():
        with torch.no_grad():
            return loss_of(model(inputs), classes).item()

    losses = [loss()]
    for epoch in range(epochs):
        for rows in torch.from_numpy(order(len(X), epoch)).split(BATCH):
            descent.zero_grad()
            loss_of(model(inputs[rows]), classes[rows]).backward()
            descent.step()
        losses.append(loss())
    return np.array(losses)


def with_scikit_learn(X, y, epochs):
    """Train scikit-learn's classifier on the same work; it starts elsewhere and tells the running loss of an epoch."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    settings = {"hidden_layer_sizes": SIZES[1:-1], "activation": "logistic", "solver": "sgd", "momentum": 0.0}
    net = MLPClassifier(**settings, alpha=0.0, batch_size=BATCH, learning_rate_init=ETA, max_iter=epochs, tol=0.0)
    net.n_iter_no_change = epochs + 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged
        net.fit(X, y)
    return np.array(net.loss_curve_)


WAYS = {
    "`net.fit`": with_bpviz,
    "NumPy by hand": by_hand,
    "PyTorch": with_pytorch,
    "scikit-learn": with_scikit_learn,
}
NEEDS = {"PyTorch": "torch", "scikit-learn": "sklearn"}
