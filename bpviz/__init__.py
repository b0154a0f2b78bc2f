"""bpviz: backpropagation, visible and touchable.

`bpviz.case1()` and `bpviz.case2()` are worked examples: run one, train it, draw it, or show it in a notebook to get the
interactive player.
"""

from bpviz.algebra.expr import operation
from bpviz.calculation import data_sets, schedules
from bpviz.cases.case1 import case1, compare_rules
from bpviz.cases.case2 import case2
from bpviz.cases.neuron import neuron

exp = operation("exp")
log = operation("log")
relu = operation("relu")
sigmoid = operation("sigmoid")
sqrt = operation("sqrt")
tanh = operation("tanh")

__version__ = "0.1.0"
__all__ = [
    "case1",
    "case2",
    "compare_rules",
    "data_sets",
    "exp",
    "log",
    "neuron",
    "relu",
    "schedules",
    "sigmoid",
    "sqrt",
    "tanh",
]
