"""Textbooks: every figure of every source, right or explained, and the right values to all digits.

The figures are typed here once more on purpose: a slip in the package's own table must not pass.
"""

import math

import pytest

import bpviz
from bpviz.ground.words import words
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.writing.prose import plain

NAMES = {
    "hmkcode": ("hmkcode 2018", "Backpropagation Step by Step"),
    "primelearnpoint": ("PrimeLearnPoint", "Backpropagation Solved Step by Step"),
    "brownlee": ("Brownlee 2016", "How to Code a Neural Network with Backpropagation In Python (from scratch), 2016"),
    "mazur_biases": ("Mazur 2015", "A Step by Step Backpropagation Example"),
    "postnetwork": ("Kushwaha, PostNetwork", "Softmax, Cross-Entropy, and Backpropagation"),
    "cs231n": ("g-eoj, cs231n", "cs231n Two-Layer Backprop Mathematics Example"),
    "relu_bce": ("sreekanth9999", "simple_nn_calculation"),
    "nielsen": ("Nielsen 2015", "Neural Networks and Deep Learning, 2015, ch. 3"),
    "relu_neuron": ("a common exercise", "a common exercise"),
}
"""Name → its citation, and what the list says of it."""
CHOICES = {
    "nielsen": [{"start": s, "loss": c} for s in ("near", "saturated") for c in ("quadratic", "cross_entropy")],
    "relu_neuron": [{"start": s} for s in ("active", "dead", "kink")],
}
EVERY = [(name, choice) for name in NAMES for choice in CHOICES.get(name, [{}])]

RIGHT = {
    "hmkcode": {
        "a1_1": 0.85, "a1_2": 0.48, "a2_1": 0.191, "L": 0.3272405,
        "w1_1_1_next": 0.121326, "w1_1_2_next": 0.226989, "w1_2_1_next": 0.132135, "w1_2_2_next": 0.0982025,
        "w2_1_1_next": 0.1743825, "w2_1_2_next": 0.169416,
    },
    "primelearnpoint": {
        "a1_1": 0.5523079095743253, "a1_2": 0.5781052328843092, "a2_1": 0.6650736395247564, "L": 0.05608783347059641,
        "dL_dw1_1_1": -0.001936949859009617, "dL_dw1_1_2": -0.003873899718019234,
        "dL_dw1_2_1": -0.005731786273749256, "dL_dw1_2_2": -0.011463572547498512,
        "dL_dw2_1_1": -0.04120497526958181, "dL_dw2_1_2": -0.043129586615141845,
    },
    "brownlee": {
        "a1_1": 0.7105668883115941, "a2_1": 0.6629970129852887, "a2_2": 0.7253160725279748,
        "dz2_1": 0.14813473120687762, "dz2_2": -0.054726011578796904, "dz1_1": 0.0027117977992382417,
    },
    "postnetwork": {
        "a1_1": 0.425557483188341, "a1_2": 0.5, "z2_1": 0.4276672449565023, "z2_2": 0.1574442516811659,
        "a2_1": 0.5671476486701862, "a2_2": 0.43285235132981376, "L": 0.5671356058550507,
    },
    "cs231n": {
        "L": 1.0513754685043635,
        "dz2_1": 0.4290527237144287, "dz2_2": 0.2214905246525316, "dz2_3": -0.6505432483669602,
        "dL_dw2_1_1": 0.9782402100688974, "dL_dw2_2_1": 0.504998396207772, "dL_dw2_3_1": -1.4832386062766691,
        "dL_dw2_1_2": 0, "dL_dw2_2_2": 0, "dL_dw2_3_2": 0,
        "dL_dw1_1_1": -0.09093375673932373, "dL_dw1_1_2": 0.0341001587772464, "dL_dw1_2_1": 0, "dL_dw1_2_2": 0,
    },
    "relu_bce": {
        "L": 0.8259394198788435, "dL_dw1_1_1": 0.28108825044289903, "dL_dw2_1_1": 0.28108825044289903,
        "w1_1_1_next": 0.4718911749557101, "w2_1_1_next": 0.4718911749557101,
    },
}  # fmt: skip
"""Quantity → its value in float64, worked out apart from this package."""

PRINTED = {
    "hmkcode": [
        "a1_1 .85 a1_2 .48 a2_1 .191 L .327 dz2_1 -.809 w1_1_1_next .12 w1_1_2_next .23 w1_2_1_next .13",
        "w1_2_2_next .10 w2_1_1_next .17 w2_1_2_next .17",
    ],
    "primelearnpoint": ["z1_1 .2100 a1_1 .5523 z1_2 .3150 a1_2 .5781 z2_1 .6860 a2_1 .6651 L .0561"],
    "brownlee": ["a1_1 .7105668883115941 a2_1 .6629970129852887 a2_2 .7253160725279748"],
    "postnetwork": ["z1_1 -.3 z1_2 0 a1_1 .426 a1_2 .5 z2_1 .428"],
    "cs231n": [
        "z1_1 2.28 z1_2 -.68 a1_1 2.28 a1_2 0 z2_1 .4332 z2_2 -.228 z2_3 .228 L 1.0513754685043635",
        "dz2_1 .429052723714 dz2_2 .221490524653 dz2_3 -.650543248367 dL_dw2_3_1 -1.483238606277",
        "dL_dw2_1_2 0 dL_dw2_2_2 0 dL_dw2_3_2 0 dL_da1_1 -.005683359796 dL_da1_2 -.036817689655",
        "dz1_1 -.005683359796 dz1_2 0 dL_dw1_1_1 -.09093376 dL_dw1_1_2 .03410016 dL_dw1_2_1 0 dL_dw1_2_2 0",
    ],
    "relu_bce": ["z1_1 .5 a1_1 .5 z2_1 .25 a2_1 .562"],
}
"""What the sources print of the first round and is right."""

SLIPS = {
    "hmkcode": {"note": [("a1_1", 1, 0.85), ("a1_2", 1, 0.48)]},
    "primelearnpoint": {},
    "brownlee": {
        "note": [
            ("dz2_1", 0, 0.14619064683582808), ("dz2_2", 0, -0.0771723774346327), ("dz1_1", 0, 0.0005348048046610517),
        ],
    },
    "postnetwork": {
        "net": [("z2_2", 0, 0.185)],
        "follows": [("a2_1", 0, 0.561), ("a2_2", 0, 0.439), ("L", 0, 0.579)],
    },
    "cs231n": {"note": [("dL_dw2_1_1", 0, 0.978240210068), ("dL_dw2_2_1", 0, 0.504998396209)]},
    "relu_bce": {
        "note": [
            ("dz2_1", 0, 0.138), ("dL_dw2_1_1", 0, 0.069), ("dL_da1_1", 0, 0.069), ("dz1_1", 0, 0.069),
            ("dL_dw1_1_1", 0, 0.069), ("w2_1_1_next", 0, 0.4931), ("w1_1_1_next", 0, 0.4931),
        ],
    },
}  # fmt: skip
"""Key of the explanation → what differs: quantity, rounds, the printed figure."""


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_values_to_all_digits(name):
    trace = bpviz.textbook(name).run()
    for quantity, value in RIGHT[name].items():
        assert trace[quantity] == pytest.approx(value, rel=1e-14, abs=1e-17), quantity


@pytest.mark.parametrize("name", PRINTED)
def test_printed_figures_agree_to_the_last_digit(name):
    figures = " ".join(PRINTED[name]).split()
    agreeing = [(c.name, float(c.printed)) for c in bpviz.textbook(name).published() if c.agrees and not c.rounds]
    assert sorted(agreeing) == sorted((q, float(v)) for q, v in zip(figures[::2], figures[1::2], strict=True))
    trace = bpviz.textbook(name).run()
    for quantity, digits in zip(figures[::2], figures[1::2], strict=True):
        decimals = len(digits.partition(".")[2])
        if decimals < 16:
            assert float(f"{trace[quantity]:.{decimals}f}") == float(digits), quantity


@pytest.mark.parametrize("name", SLIPS)
def test_slips_are_explained_and_nothing_else_differs(name):
    differing = {
        (c.name, c.rounds, float(c.printed)): c.verdict for c in bpviz.textbook(name).published() if not c.agrees
    }
    explained = {slip: words()[f"textbooks.{name}.{key}"] for key, slips in SLIPS[name].items() for slip in slips}
    assert differing == {slip: f"differs: {why}" for slip, why in explained.items()}


def test_hmkcode_after_a_round():
    ex = bpviz.textbook("hmkcode")
    final = ex.train(1).final
    assert final["a2_1"] == pytest.approx(0.2557457808075, rel=1e-14)
    agreeing = {c.name: c.printed for c in ex.published() if c.rounds and c.agrees}
    assert agreeing == {"a1_1": "0.92", "a1_2": "0.56", "a2_1": "0.26"}


def test_brownlees_deltas_are_those_of_its_other_outputs():
    a1, a2, h = 0.6213859615555266, 0.6573693455986976, 0.7105668883115941
    d1, d2 = a1 * a1 * (1 - a1), (a2 - 1) * a2 * (1 - a2)
    back = (0.2550690257394217 * d1 + 0.4494910647887381 * d2) * h * (1 - h)
    printed = {c.name: float(c.printed) for c in bpviz.textbook("brownlee").published()}
    assert [d1, d2, back] == pytest.approx([printed[n] for n in ("dz2_1", "dz2_2", "dz1_1")], rel=1e-12)


def test_what_other_slips_compute():
    a = 0.425557483188341
    assert round(0.2 * a + 0.1, 3) == 0.185  # PostNetwork's z of the second output
    once_too_often = sigmoid(0.25) ** 2 * (1 - sigmoid(0.25))
    assert [round(once_too_often, 3), round(once_too_often / 2, 3)] == [0.138, 0.069]
    assert round(0.5 - 0.1 * 0.069, 4) == 0.4931
    assert round(2.28 * 0.429052723714, 12) == 0.978240210068  # cs231n
    assert round(2.28 * 0.221490524653, 12) == 0.504998396209


@pytest.mark.parametrize(
    ("start", "first", "weight", "bias", "output", "shown"),
    [
        ("near", "0.82", -1.2831324334215497, -0.9831324334215481, 0.09395569486364724, "0.09"),
        ("saturated", "0.98", -0.684292910952007, -0.684292910952007, 0.2028484242677765, None),
    ],
)
def test_nielsens_neuron(start, first, weight, bias, output, shown):
    ex = bpviz.textbook("nielsen", start=start)
    final = ex.train(300).final
    assert [final["w1_1_1"], final["b1_1"], final["a1_1"]] == pytest.approx([weight, bias, output], rel=1e-12)
    figures = [(c.name, c.rounds, c.printed, c.agrees) for c in ex.published()]
    assert figures == [("a1_1", 0, first, True), *([("a1_1", 300, shown, True)] if shown else [])]


def test_with_cross_entropy_nielsens_saturated_start_is_not_slow():
    slow, fast = (bpviz.textbook("nielsen", start="saturated", loss=c) for c in ("quadratic", "cross_entropy"))
    assert fast.run()["dL_dw1_1_1"] == pytest.approx(sigmoid(4), rel=1e-14)  # a − t, no σ′
    assert slow.run()["dL_dw1_1_1"] == pytest.approx(sigmoid(4) ** 2 * (1 - sigmoid(4)), rel=1e-12)
    assert slow.train(50).final["a1_1"] > 0.95
    assert fast.train(50).final["a1_1"] < 0.2
    assert [(c.rounds, c.printed, c.agrees) for c in fast.published()] == [(0, "0.98", True)]


@pytest.mark.parametrize(
    ("start", "net", "gradients", "losses"),
    [
        ("active", 1, [-4, -2], [2, 0.5]),
        ("dead", -0.6, [0, 0], [4.5, 4.5]),
        ("kink", 0, [0, 0], [4.5, 4.5]),
    ],
)
def test_the_relu_neuron(start, net, gradients, losses):
    ex = bpviz.textbook("relu_neuron", start=start)
    trace = ex.run()
    assert [trace["dL_dw1_1_1"], trace["dL_db1_1"]] == pytest.approx(gradients, abs=1e-15)
    assert trace["z1_1"] == (0 if start == "kink" else pytest.approx(net))
    assert list(ex.train(1).losses) == pytest.approx(losses, rel=1e-14)
    assert len(ex.published()) == 5
    assert all(c.agrees for c in ex.published())


def test_the_kink_is_called_one():
    assert words()["gradient_check.kink"] in repr(bpviz.textbook("relu_neuron", start="kink").check_gradients())


def test_mazurs_network_with_learning_biases():
    ex = bpviz.textbook("mazur_biases")
    final = ex.train(10_000).final
    values = [final[name] for name in ("L", "b1", "b2")]
    assert values == pytest.approx([4.355321066163751e-06, 2.3243891629441435, -0.3373733264336139], rel=1e-9)
    theirs, ours = bpviz.case2(train_biases=True).run(), ex.run()
    for c, original in zip(ex.published(), bpviz.case2().published(), strict=True):
        assert (c.printed, c.rounds) == (original.printed, original.rounds)
        if not c.rounds:
            assert ours[c.name] == theirs[original.name]
            assert (c.agrees, c.verdict) == (original.agrees, original.verdict)
        else:
            assert c.verdict == f"differs: {words()['textbooks.mazur_biases.note']}"


@pytest.mark.parametrize(("name", "choice"), EVERY)
def test_each_has_a_player_right_gradients_and_every_difference_explained(name, choice):
    ex = bpviz.textbook(name, **choice)
    made = score(ex)
    check_score(made)
    assert made["title"] == ex.title() == words()[f"textbooks.{name}.title"]
    assert repr(ex).startswith(f"<bpviz {name}: ")
    assert ex.check_gradients().agrees
    assert ex.published().summary() == words()["published.source"].format(source=ex.citation)
    assert ex.citation == NAMES[name][0]
    for c in ex.published():
        assert c.agrees or c.verdict.startswith("differs: ")


def caption(ex, beat):
    told = next(b for b in ex.beats if b.id == beat).caption
    return plain(told, words(), ex.notation, ex.run())


def test_captions_fit_the_sign_of_their_number_and_say_what_a_delta_is():
    for start, number in (("near", "0.8176"), ("saturated", "0.9820")):
        told = caption(bpviz.textbook("nielsen", start=start), "dL_da1_1")
        assert f"changes {number} times as much" in told
        assert "above 0, L grows, too; below 0 it falls" in told
    assert "changes −2.00 times" in caption(bpviz.textbook("relu_neuron"), "dL_da1_1")
    assert caption(bpviz.textbook("hmkcode"), "dz2_1").endswith(
        "What arrives is δ_out, the delta of out. It says how the error follows the net input of out."
    )


def test_one_can_be_saved_and_read_again(tmp_path):
    ex = bpviz.textbook("postnetwork")
    ex.save(tmp_path / "mine.json")
    assert bpviz.load(tmp_path / "mine.json").run()["L"] == ex.run()["L"]


def test_the_list_names_all_with_what_they_are_and_their_source():
    listed = bpviz.textbook()
    assert sorted(listed) == sorted(NAMES)
    lines = repr(listed).splitlines()
    assert lines[0].split()[0] == words()["textbooks.columns.name"]
    assert len(lines) == len(NAMES) + 2
    for name, line in zip(listed, lines[1:], strict=False):
        ex = bpviz.textbook(name)
        assert line.startswith(name)
        assert ex.title() in line
        assert NAMES[name][1] in line
    assert "start: near, saturated; loss: quadratic, cross_entropy" in repr(listed)
    assert words()["textbooks.postnetwork.note"] in repr(listed)
    assert listed._repr_markdown_().count("\n") == len(NAMES) + 3


@pytest.mark.parametrize("name", ["mazur", "", 3, ["hmkcode"], "Nielsen"])
def test_a_name_that_does_not_exist_shows_the_choices(name):
    with pytest.raises(ValueError, match=f"no textbook .*; textbooks are {', '.join(bpviz.textbook())}"):
        bpviz.textbook(name)


@pytest.mark.parametrize(
    ("name", "choice", "message"),
    [
        ("nielsen", {"start": "far"}, "no start 'far' of nielsen; choices are near, saturated"),
        ("nielsen", {"loss": ["quadratic"]}, "no loss .* of nielsen; choices are quadratic, cross_entropy"),
        ("relu_neuron", {"start": "near"}, "no start 'near' of relu_neuron; choices are active, dead, kink"),
        ("relu_neuron", {"loss": "quadratic"}, "relu_neuron has no loss to choose; nielsen has one"),
        ("hmkcode", {"start": "near"}, "hmkcode has no start to choose; nielsen, relu_neuron have one"),
        (None, {"start": "near"}, "start chooses within a textbook; give its name, too: nielsen, relu_neuron have one"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(name, choice, message):
    with pytest.raises(ValueError, match=message):
        bpviz.textbook(name, **choice)
