"""Givens of CASE 1 under a name; `tools/find_presets.py` found all but the first.

`agree`: the update as drawn and the exact one nearly agree, since small weights into neuron 6 leave most of the change
to the output layer. `apart`: they point in almost unrelated directions. `wrong_way`: the rule as drawn moves some
weights clearly against the exact one.
"""

PRESETS = {
    "default": {
        "x1": 0.6, "x2": 0.9, "z": 0.9,
        "w_x1_1": 0.4, "w_x2_1": -0.3, "w_x1_2": 0.7, "w_x2_2": 0.2, "w_x1_3": -0.5, "w_x2_3": 0.8,
        "w14": 0.6, "w24": -0.4, "w34": 0.3, "w15": 0.5, "w25": 0.9, "w35": -0.7,
        "w46": 0.8, "w56": -0.6,
    },
    "agree": {
        "x1": -1.3, "x2": -1.0, "z": 0.2,
        "w_x1_1": 2.0, "w_x2_1": 0.5, "w_x1_2": 1.7, "w_x2_2": 1.7, "w_x1_3": 1.6, "w_x2_3": 1.3,
        "w14": -1.8, "w24": 1.3, "w34": 1.8, "w15": -0.5, "w25": -1.2, "w35": 0.8,
        "w46": -0.2, "w56": 0.4,
    },
    "apart": {
        "x1": 1.3, "x2": -1.5, "z": 0.3,
        "w_x1_1": -0.9, "w_x2_1": -1.0, "w_x1_2": -1.1, "w_x2_2": -1.2, "w_x1_3": 2.0, "w_x2_3": -0.6,
        "w14": 1.6, "w24": 1.9, "w34": 1.4, "w15": -1.0, "w25": -1.2, "w35": -0.4,
        "w46": 2.0, "w56": 1.0,
    },
    "wrong_way": {
        "x1": -1.3, "x2": -0.5, "z": 0.1,
        "w_x1_1": -1.9, "w_x2_1": -1.2, "w_x1_2": 1.0, "w_x2_2": -1.7, "w_x1_3": 0.2, "w_x2_3": -1.1,
        "w14": -1.5, "w24": -1.9, "w34": -0.8, "w15": -1.9, "w25": 1.7, "w35": 1.4,
        "w46": 2.0, "w56": 1.7,
    },
}  # fmt: skip
"""Preset → name → value of every given but η."""
