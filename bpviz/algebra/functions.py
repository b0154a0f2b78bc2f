"""The functions that a person writes in expressions; `bpviz` hands them on."""

from bpviz.algebra.lists import operation
from bpviz.algebra.reductions import over_list, over_list_or_two

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

abs = operation("abs")  # noqa: A001
max = over_list_or_two("max")  # noqa: A001
min = over_list_or_two("min")  # noqa: A001
sum = over_list("sum")  # noqa: A001
