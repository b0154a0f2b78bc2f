"""What needs no browser: training, a loss surface, imports, the first picture."""

import importlib.util
import os
import statistics
import subprocess
import sys
from functools import partial

import numpy as np
from surface import broadcast, nested_loop
from table import ABSENT, Row, interleaved, milliseconds
from training import WAYS

import bpviz

ROUNDS, SIZE = 10_000, 200
FIRST, NEXT = 11, 2.5
"""What a player may take in Python, first and next, beside `import numpy`."""


def training_rows(repeats: int = 5) -> list[Row]:
    """Measure 10,000 rounds in every way that is installed."""
    installed = {n: w for n, w in WAYS.items() if n != "PyTorch" or importlib.util.find_spec("torch")}
    for way in installed.values():
        way(10)
    seconds = interleaved({name: partial(way, ROUNDS) for name, way in installed.items()}, repeats)
    ours, plain = seconds["`ex.train(10_000)`"], seconds["straight-line Python"]
    rows = [
        Row(
            "10,000 rounds: `ex.train(10_000)`",
            milliseconds(ours),
            "≤ 1.5 × plain Python",
            ours <= 1.5 * plain,
        )
    ]
    for name in list(WAYS)[1:]:
        known = f"{milliseconds(seconds[name])} ({seconds[name] / ours:.2g} ×)" if name in seconds else ABSENT
        rows.append(Row(f"— {name}", known))
    return rows


def surface_rows() -> list[Row]:
    """Measure a 200 × 200 loss surface; both ways must give the same values."""
    ex = bpviz.case2()
    seconds = interleaved({"one": partial(broadcast, ex, SIZE), "many": partial(nested_loop, ex, SIZE)}, 3)
    np.testing.assert_allclose(broadcast(ex, SIZE), nested_loop(ex, SIZE), rtol=1e-12)
    factor = f"{milliseconds(seconds['many'])} ({seconds['many'] / seconds['one']:.0f} ×)"
    return [
        Row("200 × 200 losses over w5 and w6 in one call", milliseconds(seconds["one"])),
        Row("— nested loop, the same values", factor),
    ]


_TIMED = "import time, sys; {}; t = time.perf_counter(); {}; print(time.perf_counter() - t); "
_KERNEL = "import ipykernel.zmqshell, ipykernel.kernelapp"
_LIGHT = "assert not {'matplotlib', 'ipywidgets', 'anywidget'} & set(sys.modules)"


def in_a_new_python(statement: str, check: str = "", before: str = "pass") -> float:
    """Return the seconds a statement takes in an interpreter of its own, which keeps bytecode as a learner's does."""
    code = _TIMED.format(before, statement) + check
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=usual)
    return float(done.stdout)


def import_rows(repeats: int = 7) -> list[Row]:
    """Measure imports, and what a kernel needs for its first player and for the next one."""
    first = "import bpviz; bpviz.case2()._repr_mimebundle_()"
    statements = {"import bpviz; bpviz.case2()": _LIGHT, "import numpy": "", first: ""}
    seconds = {s: [] for s in statements}
    for statement in statements:
        in_a_new_python(statement)
    for _ in range(repeats):
        for statement, check in statements.items():
            seconds[statement].append(in_a_new_python(statement, check))
    ours, numpy, player = (statistics.median(each) for each in seconds.values())
    in_kernel = {
        s: statistics.median(in_a_new_python(s, before=_KERNEL) for _ in range(repeats))
        for s in ("import numpy", first)
    }
    ex = bpviz.case2()
    ex._repr_mimebundle_()
    again = interleaved({"again": ex._repr_mimebundle_}, repeats)["again"]
    return [
        Row("`import numpy`", milliseconds(numpy)),
        Row("`import bpviz; bpviz.case2()` (loads no matplotlib, no widgets)", _beside(numpy, ours)),
        _player_row("Python's part of the first player, imports included", numpy, player, FIRST),
        Row("— beside what a kernel has loaded, where `import numpy` has less to do", _beside(*in_kernel.values())),
        _player_row("— of the next player", numpy, again, NEXT),
    ]


def _beside(numpy: float, seconds: float) -> str:
    return f"{milliseconds(seconds)} ({seconds / numpy:.1f} ×)"


def _player_row(what: str, numpy: float, seconds: float, most: float) -> Row:
    return Row(what, _beside(numpy, seconds), f"≤ {most:g} × `import numpy`", seconds <= most * numpy)


def rows() -> list[Row]:
    """Measure everything here."""
    return [*training_rows(), *surface_rows(), *import_rows()]
