"""bpviz: backpropagation, visible and touchable.

`bpviz.case1()` and `bpviz.case2()` are worked examples: run one, train it, draw it, or show it in a notebook to get the
interactive player.
"""

from bpviz.algebra.expr import operation
from bpviz.calculation import data_sets, schedules
from bpviz.cases.case1 import case1, compare_rules
from bpviz.cases.case2 import case2
from bpviz.cases.neuron import neuron
from bpviz.frameworks.torch_check import torch_check
from bpviz.graphs.givens import given, named
from bpviz.graphs.graph import graph
from bpviz.mlp.mlp import MLP

cos = operation("cos")
exp = operation("exp")
leaky_relu = operation("leaky_relu")
log = operation("log")
relu = operation("relu")
sigmoid = operation("sigmoid")
sin = operation("sin")
softplus = operation("softplus")
sqrt = operation("sqrt")
tanh = operation("tanh")
# not in __all__, so that `from bpviz import *` leaves Python's own alone
abs = operation("abs")  # noqa: A001
max = operation("max")  # noqa: A001
min = operation("min")  # noqa: A001

__version__ = "0.1.0"
__all__ = [
    "MLP",
    "case1",
    "case2",
    "compare_rules",
    "cos",
    "data_sets",
    "exp",
    "given",
    "graph",
    "leaky_relu",
    "log",
    "named",
    "neuron",
    "relu",
    "schedules",
    "sigmoid",
    "sin",
    "softplus",
    "sqrt",
    "tanh",
    "torch_check",
]
