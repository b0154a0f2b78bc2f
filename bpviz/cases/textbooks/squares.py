"""Sources with squared errors: linear, sigmoid, deltas of another network, and Mazur's with learning biases."""

from bpviz.cases import case2
from bpviz.cases.textbooks.book import Book, Page, lettered, neurons, printed
from bpviz.example.published import Published

HMKCODE = Page(
    {
        "sizes": (2, 2, 1),
        "activation": "identity",
        "weights": [[[0.11, 0.21], [0.12, 0.08]], [[0.14, 0.15]]],
        "inputs": [2, 3],
        "targets": 1,
        "eta": 0.05,
        "labels": neurons([["i1", "i2"], ["h1", "h2"], ["out"]]) | lettered([2, 2, 1]),
    },
    (
        *printed({"a1_1": "0.85", "a1_2": "0.48", "a2_1": "0.191", "L": "0.327", "dz2_1": "-0.809"}),
        *printed({"w1_1_1_next": "0.12", "w1_1_2_next": "0.23", "w1_2_1_next": "0.13", "w1_2_2_next": "0.10"}),
        *printed({"w2_1_1_next": "0.17", "w2_1_2_next": "0.17"}),
        *printed({"a1_1": "0.92", "a1_2": "0.56", "a2_1": "0.26"}, rounds=1),
        *printed({"a1_1": "0.85", "a1_2": "0.48"}, rounds=1, note="hmkcode.note"),
    ),
)

PRIMELEARNPOINT = Page(
    {
        "sizes": (2, 2, 1),
        "weights": [[[0.2, 0.2], [0.3, 0.3]], [[0.3, 0.9]]],
        "inputs": [0.35, 0.7],
        "targets": 1,
        "labels": [None, ["h1", "h2"], ["o3"]],
    },
    (
        *printed({"z1_1": "0.2100", "a1_1": "0.5523", "z1_2": "0.3150", "a1_2": "0.5781"}),
        *printed({"z2_1": "0.6860", "a2_1": "0.6651", "L": "0.0561"}),
    ),
)

BROWNLEE = Page(
    {
        "sizes": (2, 1, 2),
        "weights": [[[0.13436424411240122, 0.8474337369372327]], [[0.2550690257394217], [0.4494910647887381]]],
        "biases": [[0.763774618976614], [0.49543508709194095, 0.651592972722763]],
        "inputs": [1, 0],
        "targets": [0, 1],
    },
    (
        *printed({"a1_1": "0.7105668883115941", "a2_1": "0.6629970129852887", "a2_2": "0.7253160725279748"}),
        *printed({"dz2_1": "0.14619064683582808", "dz2_2": "-0.0771723774346327"}, note="brownlee.note"),
        *printed({"dz1_1": "0.0005348048046610517"}, note="brownlee.note"),
    ),
)

IN_CASE2 = {
    "net_h1": "z1_1", "out_h1": "a1_1", "out_h2": "a1_2", "net_o1": "z2_1", "out_o1": "a2_1", "out_o2": "a2_2",
    "E_o1": "L1", "E_o2": "L2", "E_total": "L",
    "dE_dout_o1": "dL_da2_1", "dout_dnet_o1": "da2_1_dz2_1", "dnet_o1_dw5": "dz2_1_dw2_1_1", "dE_dw5": "dL_dw2_1_1",
    "delta_o1": "dz2_1", "dE_o1_dout_h1": "dL_da1_1_over_2_1", "dE_o2_dout_h1": "dL_da1_1_over_2_2",
    "dE_dout_h1": "dL_da1_1", "dout_dnet_h1": "da1_1_dz1_1", "dE_dw1": "dL_dw1_1_1",
    "w1_next": "w1_1_1_next", "w2_next": "w1_1_2_next", "w3_next": "w1_2_1_next", "w4_next": "w1_2_2_next",
    "w5_next": "w2_1_1_next", "w6_next": "w2_1_2_next", "w7_next": "w2_2_1_next", "w8_next": "w2_2_2_next",
}  # fmt: skip
"""What CASE 2 calls a quantity → its name in a network by numbers."""


def _of_case2(figure: Published) -> Published:
    """A figure of CASE 2; those after training belong to biases that stand still."""
    notes = {"": "textbooks.mazur_biases.note"} if figure.rounds else figure.notes
    return Published(IN_CASE2[figure.name], figure.printed, figure.rounds, notes)


_START = case2.DEFAULTS
MAZUR_BIASES = Page(
    {
        "sizes": (2, 2, 2),
        "weights": [[[_START[f"w{k}"], _START[f"w{k + 1}"]] for k in (first, first + 2)] for first in (1, 5)],
        "biases": [_START["b1"], _START["b2"]],
        "shared_biases": True,
        "inputs": [_START["i1"], _START["i2"]],
        "targets": [_START["target_o1"], _START["target_o2"]],
        "eta": _START["eta"],
        "labels": neurons(case2.LAYERS) | lettered([2, 2, 2]) | {"b1": "b1", "b2": "b2"},
    },
    tuple(map(_of_case2, case2.PUBLISHED)),
)

SQUARES = {
    "hmkcode": Book("hmkcode 2018", "hmkcode, Backpropagation Step by Step, 2018", {(): HMKCODE}),
    "primelearnpoint": Book(
        "PrimeLearnPoint", "PrimeLearnPoint, Backpropagation Solved Step by Step", {(): PRIMELEARNPOINT}
    ),
    "brownlee": Book(
        "Brownlee 2016",
        "J. Brownlee, How to Code a Neural Network with Backpropagation In Python (from scratch), 2016",
        {(): BROWNLEE},
    ),
    "mazur_biases": Book(case2.CITATION, "M. Mazur, A Step by Step Backpropagation Example, 2015", {(): MAZUR_BIASES}),
}
