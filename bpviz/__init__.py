"""bpviz: backpropagation, visible and touchable.

`bpviz.case1()` and `bpviz.case2()` are worked examples: run one, train it, draw it, or show it in a notebook to get the
interactive player.
"""

from importlib import import_module
from typing import Any

from bpviz.ground.garbage import kept_for_later

# A name is fetched when it is first asked for: a lesson uses a few, and the modules of all take half as long as numpy.
_HOMES = {
    "algebra.functions": (
        "cos",
        "exp",
        "leaky_relu",
        "log",
        "log_softmax",
        "mean",
        "relu",
        "sigmoid",
        "sin",
        "softmax",
        "softplus",
        "sqrt",
        "tanh",
    ),
    "algebra.reductions": ("dot",),
    "calculation.layer_check": ("check_layer",),
    "cases.case1": ("case1", "compare_rules"),
    "cases.case2": ("case2",),
    "cases.frameworks": ("from_keras", "from_torch"),
    "cases.network": ("network",),
    "cases.network_form": ("network_form",),
    "cases.neuron": ("neuron",),
    "cases.perceptron": ("perceptron",),
    "cases.saved": ("load",),
    "cases.textbook": ("textbook",),
    "frameworks.torch_check": ("torch_check",),
    "graphs.givens": ("given", "named"),
    "graphs.graph": ("graph",),
    "mlp.mlp": ("MLP",),
}
_MODULES = {
    "curves": "worked.curves",
    "data_sets": "calculation.data_sets",
    "digits": "mlp.digits",
    "matrix_form": "mlp.matrix_form",
    "schedules": "calculation.schedules",
}
_SHADOWING = ("abs", "max", "min", "sum")
"""Not in __all__, so that `from bpviz import *` leaves Python's own alone."""
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_HOME_OF |= dict.fromkeys(_SHADOWING, "algebra.functions")

__version__ = "0.1.0"
__all__ = sorted({*_HOME_OF, *_MODULES} - {*_SHADOWING})  # noqa: PLE0605


@kept_for_later()
def __getattr__(name: str) -> Any:
    if name in _MODULES:
        found: Any = import_module(f"bpviz.{_MODULES[name]}")
    elif name in _HOME_OF:
        found = getattr(import_module(f"bpviz.{_HOME_OF[name]}"), name)
    else:
        raise AttributeError(f"module 'bpviz' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF, *_MODULES})
