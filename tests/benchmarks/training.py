"""CASE 2 trained in five ways, each as a good user would write it; every one returns the loss before each round."""

import math

import numpy as np

import bpviz

ETA = 0.5
EX = bpviz.case2()


def with_bpviz(rounds):
    """Train with the package."""
    return EX.train(rounds).losses[:-1]


def straight_line(rounds):
    """Train in plain Python: local floats, nothing computed twice."""
    exp = math.exp
    i1, i2, t1, t2, b1, b2 = 0.05, 0.10, 0.01, 0.99, 0.35, 0.60
    w1, w2, w3, w4, w5, w6, w7, w8 = 0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55
    losses = []
    for _ in range(rounds):
        h1 = 1 / (1 + exp(-(w1 * i1 + w2 * i2 + b1)))
        h2 = 1 / (1 + exp(-(w3 * i1 + w4 * i2 + b1)))
        o1 = 1 / (1 + exp(-(w5 * h1 + w6 * h2 + b2)))
        o2 = 1 / (1 + exp(-(w7 * h1 + w8 * h2 + b2)))
        e1, e2 = o1 - t1, o2 - t2
        losses.append(0.5 * e1 * e1 + 0.5 * e2 * e2)
        d1, d2 = e1 * o1 * (1 - o1), e2 * o2 * (1 - o2)
        g1 = (d1 * w5 + d2 * w7) * h1 * (1 - h1)
        g2 = (d1 * w6 + d2 * w8) * h2 * (1 - h2)
        w5, w6, w7, w8 = w5 - ETA * d1 * h1, w6 - ETA * d1 * h2, w7 - ETA * d2 * h1, w8 - ETA * d2 * h2
        w1, w2, w3, w4 = w1 - ETA * g1 * i1, w2 - ETA * g1 * i2, w3 - ETA * g2 * i1, w4 - ETA * g2 * i2
    return losses


def numpy_matrices(rounds):
    """Train with 2 × 2 matrices."""
    x, target = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    v, w = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    losses = []
    for _ in range(rounds):
        h = 1 / (1 + np.exp(-(v @ x + 0.35)))
        o = 1 / (1 + np.exp(-(w @ h + 0.60)))
        error = o - target
        losses.append(0.5 * (error @ error))
        delta = error * o * (1 - o)
        hidden = (w.T @ delta) * h * (1 - h)
        w -= ETA * np.outer(delta, h)
        v -= ETA * np.outer(hidden, x)
    return losses


class Node:
    """A number that remembers how it was made, in the manner of micrograd."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = data, 0.0, parents, slopes

    def __add__(self, other):
        return Node(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Node(self.data * other.data, (self, other), (other.data, self.data))

    def sigmoid(self):
        s = 1 / (1 + math.exp(-self.data))
        return Node(s, (self,), (s * (1 - s),))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad


def objects(rounds):
    """Train a graph of objects that is built anew each round."""
    x, minus, b1, b2 = (Node(0.05), Node(0.10)), (Node(-0.01), Node(-0.99)), Node(0.35), Node(0.60)
    v, w = [Node(k) for k in (0.15, 0.20, 0.25, 0.30)], [Node(k) for k in (0.40, 0.45, 0.50, 0.55)]
    half, losses = Node(0.5), []
    for _ in range(rounds):
        h = [(v[k] * x[0] + v[k + 1] * x[1] + b1).sigmoid() for k in (0, 2)]
        o = [(w[k] * h[0] + w[k + 1] * h[1] + b2).sigmoid() for k in (0, 2)]
        errors = [a + b for a, b in zip(o, minus, strict=True)]
        loss = half * errors[0] * errors[0] + half * errors[1] * errors[1]
        for node in (*v, *w):
            node.grad = 0.0
        loss.backward()
        losses.append(loss.data)
        for node in (*v, *w):
            node.data -= ETA * node.grad
    return losses


def pytorch(rounds):
    """Train with PyTorch's autograd; ImportError where it is not installed."""
    import torch

    def tensor(numbers, learns=False):
        return torch.tensor(numbers, dtype=torch.float64, requires_grad=learns)

    x, target = tensor([0.05, 0.10]), tensor([0.01, 0.99])
    v, w = tensor([[0.15, 0.20], [0.25, 0.30]], True), tensor([[0.40, 0.45], [0.50, 0.55]], True)
    losses = []
    for _ in range(rounds):
        loss = 0.5 * ((torch.sigmoid(w @ torch.sigmoid(v @ x + 0.35) + 0.60) - target) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for weights in (v, w):
                weights.sub_(ETA * weights.grad)
                weights.grad = None
        losses.append(loss.item())
    return losses


WAYS = {
    "`ex.train(10_000)`": with_bpviz,
    "straight-line Python": straight_line,
    "NumPy matrices": numpy_matrices,
    "micrograd-style objects": objects,
    "PyTorch": pytorch,
}
