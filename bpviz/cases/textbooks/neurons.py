"""Sources with a single neuron: a sigmoid from two starts with two costs, and ReLU active, dead and at its kink."""

from typing import Any

from bpviz.cases.textbooks.book import Book, Page, printed

ROUNDS = 300
STARTS = {"near": (0.6, 0.9, "0.82"), "saturated": (2, 2, "0.98")}
LOSSES = {"quadratic": "half_squared_error", "cross_entropy": "binary_cross_entropy"}
"""What the book calls a cost → its name in `network`."""
AFTER_TRAINING = {"near": "0.09"}
"""The text says "about 0.09" of the near start, and gives no number for the saturated one."""


def _nielsen(start: str, loss: str) -> Page:
    weight, bias, output = STARTS[start]
    options = _neuron(weight, bias, activation="sigmoid", loss=LOSSES[loss], inputs=[1], targets=0, eta=0.15)
    told = loss == "quadratic" and start in AFTER_TRAINING
    trained = printed({"a1_1": AFTER_TRAINING[start]}, ROUNDS) if told else ()
    return Page(options, (*printed({"a1_1": output}), *trained))


def _relu(weight: float, before: dict[str, str], after: str) -> Page:
    options = _neuron(weight, -1, activation="relu", inputs=[2], targets=3, eta=0.1)
    return Page(options, (*printed(before), *printed({"L": after}, 1)))


def _neuron(weight: float, bias: float, **others: Any) -> dict[str, Any]:
    labels = {"w1_1_1": "w", "b1_1": "b"}
    return {"sizes": (1, 1), "weights": [[[weight]]], "biases": [[bias]], "labels": labels, **others}


NEURONS = {
    "nielsen": Book(
        "Nielsen 2015",
        "M. Nielsen, Neural Networks and Deep Learning, 2015, ch. 3",
        {(start, loss): _nielsen(start, loss) for start in STARTS for loss in LOSSES},
        ("start", "loss"),
    ),
    "relu_neuron": Book(
        "",
        "",
        {
            ("active",): _relu(1, {"z1_1": "1", "L": "2", "dL_dw1_1_1": "-4", "dL_db1_1": "-2"}, "0.5"),
            ("dead",): _relu(0.2, {"z1_1": "-0.6", "L": "4.5", "dL_dw1_1_1": "0", "dL_db1_1": "0"}, "4.5"),
            ("kink",): _relu(0.5, {"z1_1": "0", "L": "4.5", "dL_dw1_1_1": "0", "dL_db1_1": "0"}, "4.5"),
        },
        ("start",),
    ),
}
