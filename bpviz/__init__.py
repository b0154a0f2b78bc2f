"""bpviz: backpropagation, visible and touchable.

`bpviz.case1()` and `bpviz.case2()` are worked examples: run one, train it, draw it, or show it in a notebook to get the
interactive player.
"""

from bpviz.algebra.lists import operation
from bpviz.algebra.reductions import dot, over_list, over_list_or_two
from bpviz.calculation import data_sets, schedules
from bpviz.calculation.layer_check import check_layer
from bpviz.cases.case1 import case1, compare_rules
from bpviz.cases.case2 import case2
from bpviz.cases.frameworks import from_keras, from_torch
from bpviz.cases.network import network
from bpviz.cases.network_form import network_form
from bpviz.cases.neuron import neuron
from bpviz.cases.perceptron import perceptron
from bpviz.cases.saved import load
from bpviz.cases.textbook import textbook
from bpviz.frameworks.torch_check import torch_check
from bpviz.graphs.givens import given, named
from bpviz.graphs.graph import graph
from bpviz.mlp import digits, matrix_form
from bpviz.mlp.mlp import MLP
from bpviz.worked import curves

cos = operation("cos")
exp = operation("exp")
leaky_relu = operation("leaky_relu")
log = operation("log")
log_softmax = over_list("log_softmax")
mean = over_list("mean")
relu = operation("relu")
sigmoid = operation("sigmoid")
sin = operation("sin")
softmax = over_list("softmax")
softplus = operation("softplus")
sqrt = operation("sqrt")
tanh = operation("tanh")
# not in __all__, so that `from bpviz import *` leaves Python's own alone
abs = operation("abs")  # noqa: A001
max = over_list_or_two("max")  # noqa: A001
min = over_list_or_two("min")  # noqa: A001
sum = over_list("sum")  # noqa: A001

__version__ = "0.1.0"
__all__ = [
    "MLP",
    "case1",
    "case2",
    "check_layer",
    "compare_rules",
    "cos",
    "curves",
    "data_sets",
    "digits",
    "dot",
    "exp",
    "from_keras",
    "from_torch",
    "given",
    "graph",
    "leaky_relu",
    "load",
    "log",
    "log_softmax",
    "matrix_form",
    "mean",
    "named",
    "network",
    "network_form",
    "neuron",
    "perceptron",
    "relu",
    "schedules",
    "sigmoid",
    "sin",
    "softmax",
    "softplus",
    "sqrt",
    "tanh",
    "textbook",
    "torch_check",
]
