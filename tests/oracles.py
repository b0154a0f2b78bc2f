"""Second opinions: the same calculations by other means, written without any of bpviz's code.

They read only the shape of an expression (`value`; `name`; `op` and `args`), never its arithmetic.
"""

import numpy as np

FUNCTIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "neg": lambda a: -1.0 * a,
    "square": lambda a: a**2,
    "reciprocal": lambda a: a**-1.0,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "max": lambda a, b: np.nan if np.isnan(a) or np.isnan(b) else a if a.real > b.real else b,
    "min": lambda a, b: np.nan if np.isnan(a) or np.isnan(b) else a if a.real < b.real else b,
    "relu": lambda a: a if np.isnan(a) or a.real > 0 else 0.0,
    "leaky_relu": lambda a: a if a.real > 0 else a * 0.01,
    "softplus": lambda a: np.log1p(np.exp(a)) if a.real < 0 else a + np.log1p(np.exp(-a)),
    "abs": lambda a: np.abs(a) if np.isrealobj(a) else a * np.sign(a.real),
    "step": lambda a: 1.0 if a.real > 0 else 0.0,
    "fixed": lambda a: a,
}
"""Every operation on one NumPy scalar, float64 or complex128."""

DERIVATIVES = {
    "add": lambda a, b: (1.0, 1.0),
    "sub": lambda a, b: (1.0, -1.0),
    "mul": lambda a, b: (b, a),
    "div": lambda a, b: (1 / b, -a / b**2),
    "pow": lambda a, b: (b * a ** (b - 1), a**b * np.log(a)),
    "neg": lambda a: (-1.0,),
    "square": lambda a: (2 * a,),
    "reciprocal": lambda a: (-1 / a**2,),
    "sqrt": lambda a: (1 / (2 * np.sqrt(a)),),
    "exp": lambda a: (np.exp(a),),
    "log": lambda a: (1 / a,),
    "sin": lambda a: (np.cos(a),),
    "cos": lambda a: (-np.sin(a),),
    "tanh": lambda a: (1 / np.cosh(a) ** 2,),
    "sigmoid": lambda a: (1 / (2 + 2 * np.cosh(a)),),
    "max": lambda a, b: (1.0, 0.0) if a > b else (0.0, 1.0),
    "min": lambda a, b: (1.0, 0.0) if a < b else (0.0, 1.0),
    "relu": lambda a: (1.0 if a > 0 else 0.0,),
    "leaky_relu": lambda a: (1.0 if a > 0 else 0.01,),
    "softplus": lambda a: (1 / (1 + np.exp(-a)),),
    "abs": lambda a: (np.sign(a),),
    "step": lambda a: (0.0,),
    "fixed": lambda a: (0.0,),
}
"""The partial derivatives of every operation, from a table of derivatives."""


def evaluate(expr, values, number=np.float64):
    """Return the value of a tree, bottom up, in the number type given; overflow gives inf or nan."""
    with np.errstate(all="ignore"):
        if hasattr(expr, "op"):
            return number(FUNCTIONS[expr.op](*(evaluate(a, values, number) for a in expr.args)))
        return number(values[expr.name] if hasattr(expr, "name") else expr.value)


def run(program, values, number=np.float64):
    """Return name → value after evaluating every step's tree in order."""
    known = {name: number(value) for name, value in values.items()}
    for step in program.steps:
        known[step.name] = evaluate(step.expr, known, number)
    return known


def numbers_on_the_way(expr, values):
    """Yield the value of every subtree, to judge whether a point is a fair one to compare at."""
    for part in getattr(expr, "args", ()):
        yield from numbers_on_the_way(part, values)
    yield evaluate(expr, values)


def complex_step(expr, values, name):
    """Return ∂expr/∂name without any cancellation: the imaginary part after a tiny imaginary push."""
    h = 1e-30
    return evaluate(expr, {**values, name: complex(values[name], h)}, np.complex128).imag / h


def reverse_gradients(steps, values, loss):
    """Return name → ∂loss/∂name by a tape of elementary operations, walked backwards."""
    known, tape = dict(values), []

    def push(expr):
        if not hasattr(expr, "op"):
            return (expr.name, known[expr.name]) if hasattr(expr, "name") else (None, expr.value)
        slots, inputs = zip(*(push(a) for a in expr.args), strict=True)
        tape.append((len(tape), slots, DERIVATIVES[expr.op](*map(np.float64, inputs))))
        return tape[-1][0], FUNCTIONS[expr.op](*map(np.float64, inputs))

    with np.errstate(all="ignore"):
        for step in steps:
            slot, known[step.name] = push(step.expr)
            tape.append((step.name, (slot,), (1.0,)))
        adjoint = {loss: 1.0}
        for slot, sources, slopes in reversed(tape):
            arriving = adjoint.get(slot, 0.0)
            for source, slope in zip(sources, slopes, strict=True):
                adjoint[source] = adjoint.get(source, 0.0) + arriving * slope
    return adjoint


def central_difference(function, x, h=6e-6):
    """Return the slope of a function of one number at x, good to about ten digits of a well-behaved one."""
    h *= max(1.0, abs(x))
    return (function(x + h) - function(x - h)) / ((x + h) - (x - h))


def train_case2(rounds, eta=0.5, sequential=False, train_biases=False):
    """Return (losses before each round and after the last, outputs) of the 2-2-2 network, in matrices."""
    x, target = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    v, w = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])
    b1, b2 = 0.35, 0.60
    losses = []
    for k in range(rounds + 1):
        h = 1 / (1 + np.exp(-(v @ x + b1)))
        o = 1 / (1 + np.exp(-(w @ h + b2)))
        losses.append(float(0.5 * np.sum((target - o) ** 2)))
        if k == rounds:
            return losses, o
        delta_o = (o - target) * o * (1 - o)
        changed = w - eta * np.outer(delta_o, h)
        delta_h = ((changed if sequential else w).T @ delta_o) * h * (1 - h)
        v, w = v - eta * np.outer(delta_h, x), changed
        if train_biases:
            b1, b2 = b1 - eta * delta_h.sum(), b2 - eta * delta_o.sum()
    raise ValueError("rounds must not be negative")


def train_case1_on(orders, rows, weights, eta, exact):
    """Return (mean loss before each epoch and after the last, outputs) of the 2-3-2-1 network, in matrices.

    `weights`: 3 × 2, 2 × 3 and 2; an epoch's order lists places in `rows`.
    """
    v, w, u = (np.array(part, float) for part in weights)
    f = FUNCTIONS["sigmoid"]
    means = []
    for order in [*orders, []]:
        outputs = [f(u @ f(w @ f(v @ np.array(row[:2])))) for row in rows]
        means.append(np.mean([0.5 * (row[2] - y) ** 2 for row, y in zip(rows, outputs, strict=True)]))
        for x, z in ((np.array(rows[k][:2]), rows[k][2]) for k in order):
            a = f(v @ x)
            b = f(w @ a)
            y = f(u @ b)
            slope_y, slope_b, slope_a = y * (1 - y), b * (1 - b), a * (1 - a)
            back_b = u * (z - y) * (slope_y if exact else 1)
            back_a = w.T @ (back_b * (slope_b if exact else 1))
            u = u + eta * (z - y) * slope_y * b
            w = w + eta * np.outer(back_b * slope_b, a)
            v = v + eta * np.outer(back_a * slope_a, x)
    return means, outputs


CASE1_ACTIVATIONS = {
    "sigmoid": (lambda e: 1 / (1 + np.exp(-e)), lambda e: 1 / (2 + 2 * np.cosh(e))),
    "tanh": (np.tanh, lambda e: 1 / np.cosh(e) ** 2),
    "relu": (lambda e: np.where(e.real > 0, e, 0), lambda e: np.where(e.real > 0, 1.0, 0.0)),
    "leaky_relu": (lambda e: np.where(e.real > 0, e, 0.01 * e), lambda e: np.where(e.real > 0, 1.0, 0.01)),
    "softplus": (lambda e: np.log(1 + np.exp(e)), lambda e: 1 / (1 + np.exp(-e))),
    "identity": (lambda e: e, np.ones_like),
}
CASE1_INTO = {"1": ("x1", "x2"), "2": ("x1", "x2"), "3": ("x1", "x2"), "4": "123", "5": "123", "6": "45"}


def run_case1(rule, given, activations):
    """Return name → value of the 2-3-2-1 network, for arrays of givens and an activation for each neuron."""
    v, out, slope = dict(given), {"x1": given["x1"], "x2": given["x2"]}, {}
    w = {(a, n): f"w_{a}_{n}" if a in ("x1", "x2") else f"w{a}{n}" for n in CASE1_INTO for a in CASE1_INTO[n]}
    for n, into in CASE1_INTO.items():
        f, df = CASE1_ACTIVATIONS[activations[n]]
        v[f"e{n}"] = e = sum(v[w[a, n]] * out[a] for a in into)
        v[f"y{n}"], v[f"dy{n}_de{n}"] = out[n], slope[n] = f(e), df(e)
    v["delta"] = v["z"] - out["6"]
    v["E"], signal = 0.5 * v["delta"] ** 2, {"6": v["delta"]}
    for n in "45123":
        factor = slope if rule == "exact" else dict.fromkeys(slope, 1)
        parts = {c: v[w[n, c]] * signal[c] * factor[c] for c in ("6" if n in "45" else "45")}
        v[f"delta{n}"] = signal[n] = sum(parts.values())
        v |= {f"delta{n}_from_{c}": part for c, part in parts.items() if len(parts) > 1}
    for (a, n), name in w.items():
        change = signal[n] * slope[n] * out[a]
        v |= {f"g_{name}": -change, f"{name}_next": v[name] + v["eta"] * change}
    return v
