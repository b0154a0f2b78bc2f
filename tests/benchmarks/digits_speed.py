"""Training 784-50-10 in every way that is installed, in both precisions: time, memory, and numeric gradients."""

import importlib.util
import tracemalloc
from functools import partial

from digits import BATCH, NEEDS, SIZES, WAYS, made_up
from table import Row, interleaved, milliseconds

import bpviz

ROWS, EPOCHS = 2_000, 10
OURS, TIGHTEST = list(WAYS)[:2]


def peak(way, X, y):
    """Return the most bytes that a training holds at once, beside its data."""
    tracemalloc.start()
    try:
        way(X, y, 1)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def training_rows(dtype, repeats=9):
    """Measure the ways beside each other; the tightest loop by hand is what the package is measured by."""
    X, y = made_up(ROWS, dtype)
    installed = {n: w for n, w in WAYS.items() if n not in NEEDS or importlib.util.find_spec(NEEDS[n])}
    seconds = interleaved({name: partial(way, X, y, EPOCHS) for name, way in installed.items()}, repeats)
    time_ratio = seconds[OURS] / seconds[TIGHTEST]
    memory = {name: peak(WAYS[name], X, y) for name in (OURS, TIGHTEST)}
    memory_ratio = memory[OURS] / memory[TIGHTEST]
    what = f"{'-'.join(map(str, SIZES))}, {dtype}, {EPOCHS} epochs of {ROWS:,} rows by {BATCH}: {OURS}"
    measured = f"{milliseconds(seconds[OURS])} ({time_ratio:.2f} × by hand)"
    rows = [
        Row(what, measured, "≤ 1.15 × by hand", time_ratio <= 1.15),
        Row("— memory", f"{memory[OURS] / 1e6:.2f} MB ({memory_ratio:.2f} ×)", "≤ 1.2 × by hand", memory_ratio <= 1.2),
    ]
    for name in list(WAYS)[1:]:
        known = f"{milliseconds(seconds[name])} ({seconds[name] / seconds[OURS]:.2f} ×)" if name in seconds else None
        rows.append(Row(f"— {name}", known or "not installed: left out"))
    return rows


def numeric_rows(measured=50):
    """Measure some differences of one batch, and what all of them would take beside one backward pass."""
    X, y = made_up(BATCH, "float64")
    net = bpviz.MLP(SIZES)
    some = [f"w1_{k}_{k}" for k in range(1, measured + 1)]
    ways = {
        "numeric": partial(net.numeric_gradients, X, y, only=some),
        "analytic": partial(net.loss_and_gradients, X, y),
    }
    seconds = interleaved(ways, 5)
    parameters = sum(p.size for p in (*net.weights, *net.biases))
    every = seconds["numeric"] / measured * parameters
    ratio = f"{every:.0f} s for {parameters:,} ({every / seconds['analytic']:,.0f} ×), from {measured} measured"
    return [
        Row("All gradients of one batch backwards: `net.loss_and_gradients`", milliseconds(seconds["analytic"])),
        Row("— by differences", ratio),
    ]


def rows():
    """Measure everything here."""
    return [*training_rows("float64"), *training_rows("float32"), *numeric_rows()]
