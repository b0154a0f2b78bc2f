"""Sources with cross-entropies: softmax behind sigmoid and behind ReLU, and one sigmoid output behind ReLU."""

from bpviz.cases.textbooks.book import Book, Page, lettered, printed

POSTNETWORK = Page(
    {
        "sizes": (3, 2, 2),
        "activation": ("sigmoid", "softmax"),
        "loss": "cross_entropy",
        "weights": [[[0.2, -0.3, 0.4], [-0.5, 0.1, 0.2]], [[0.3, 0.4], [-0.1, 0.2]]],
        "biases": [0.5, 0.1],
        "shared_biases": True,
        "inputs": [1, 2, -1],
        "targets": [1, 0],
        "labels": lettered([3, 2]) | {"w2_1_1": "w7", "w2_2_1": "w8", "w2_1_2": "w9", "w2_2_2": "w10"},
    },
    (
        *printed({"z1_1": "-0.3", "z1_2": "0", "a1_1": "0.426", "a1_2": "0.5", "z2_1": "0.428"}),
        *printed({"z2_2": "0.185"}, note="postnetwork.net"),
        *printed({"a2_1": "0.561", "a2_2": "0.439", "L": "0.579"}, note="postnetwork.follows"),
    ),
)

CS231N = Page(
    {
        "sizes": (2, 2, 3),
        "activation": ("relu", "softmax"),
        "loss": "cross_entropy",
        "weights": [[[0.18, 0.1], [0.04, 0.22]], [[0.19, -0.02], [-0.1, -0.01], [0.1, 0.04]]],
        "inputs": [16, -6],
        "targets": 2,
        "eta": 0.01,
    },
    (
        *printed({"z1_1": "2.28", "z1_2": "-0.68", "a1_1": "2.28", "a1_2": "0"}),
        *printed({"z2_1": "0.4332", "z2_2": "-0.228", "z2_3": "0.228", "L": "1.0513754685043635"}),
        *printed({"dz2_1": "0.429052723714", "dz2_2": "0.221490524653", "dz2_3": "-0.650543248367"}),
        *printed({"dL_dw2_1_1": "0.978240210068", "dL_dw2_2_1": "0.504998396209"}, note="cs231n.note"),
        *printed({"dL_dw2_3_1": "-1.483238606277", "dL_dw2_1_2": "0", "dL_dw2_2_2": "0", "dL_dw2_3_2": "0"}),
        *printed({"dL_da1_1": "-0.005683359796", "dL_da1_2": "-0.036817689655"}),
        *printed({"dz1_1": "-0.005683359796", "dz1_2": "0"}),
        *printed({"dL_dw1_1_1": "-0.09093376", "dL_dw1_1_2": "0.03410016", "dL_dw1_2_1": "0", "dL_dw1_2_2": "0"}),
    ),
)

RELU_BCE = Page(
    {
        "sizes": (1, 1, 1),
        "activation": ("relu", "sigmoid"),
        "loss": "binary_cross_entropy",
        "weights": [[[0.5]], [[0.5]]],
        "inputs": [1],
        "targets": 0,
        "eta": 0.1,
        "labels": lettered([1, 1, 1]),
    },
    (
        *printed({"z1_1": "0.5", "a1_1": "0.5", "z2_1": "0.25", "a2_1": "0.562"}),
        *printed({"dz2_1": "0.138", "dL_dw2_1_1": "0.069", "dL_da1_1": "0.069"}, note="relu_bce.note"),
        *printed({"dz1_1": "0.069", "dL_dw1_1_1": "0.069"}, note="relu_bce.note"),
        *printed({"w2_1_1_next": "0.4931", "w1_1_1_next": "0.4931"}, note="relu_bce.note"),
    ),
)

ENTROPIES = {
    "postnetwork": Book(
        "Kushwaha, PostNetwork",
        "B. S. Kushwaha, PostNetwork Academy, Understanding Neural Networks: Softmax, Cross-Entropy, "
        "and Backpropagation",
        {(): POSTNETWORK},
    ),
    "cs231n": Book("g-eoj, cs231n", "g-eoj, cs231n Two-Layer Backprop Mathematics Example", {(): CS231N}),
    "relu_bce": Book("sreekanth9999", "sreekanth9999, Interview_Prep: simple_nn_calculation", {(): RELU_BCE}),
}
