"""Any layered network: the same programs as the cases, every loss and activation, names, symbols, telling, data."""

import math

import numpy as np
import pytest

import bpviz
from bpviz.algebra.expr import Ref
from bpviz.algebra.traversal import substitute
from bpviz.cases import case1, case2
from bpviz.networks.losses import ENTROPIES, LOSSES, SQUARES
from bpviz.networks.wiring import ACTIVATIONS
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.writing.markup import Plain
from bpviz.writing.shown import formula_rows, right_side

CASE2 = {
    "sizes": [2, 2, 2],
    "weights": [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
    "biases": [0.35, 0.60],
    "shared_biases": True,
    "inputs": [0.05, 0.10],
    "targets": [0.01, 0.99],
}
EXTREME = 1e3


def case1_network(**options):
    w = case1.PRESETS["default"]
    weights = [
        [[w[f"w_x{k}_{j}"] for k in (1, 2)] for j in (1, 2, 3)],
        [[w[f"w{k}{j}"] for k in (1, 2, 3)] for j in (4, 5)],
        [[w["w46"], w["w56"]]],
    ]
    return bpviz.network([2, 3, 2, 1], weights=weights, inputs=[w["x1"], w["x2"]], targets=[w["z"]], **options)


def test_case2_is_the_same_program_under_other_names():
    ours, theirs = bpviz.network(**CASE2).program, bpviz.case2(train_biases=True).program
    assert len(ours.names) == len(theirs.names)
    same = {name: Ref(other) for name, other in zip(ours.names, theirs.names, strict=True)}
    assert [g.default for g in ours.givens] == [g.default for g in theirs.givens]
    for step, other in zip(ours.steps, theirs.steps, strict=True):
        assert substitute(step.expr, same) == other.expr
        assert (step.phase, step.role.kind) == (other.phase, other.role.kind)
    assert {same[k].name: same[v].name for k, v in ours.feedback.items()} == dict(theirs.feedback)


def test_case2_prints_its_published_figures():
    trace = bpviz.network(**CASE2).run()
    printed = {f.name: f for f in case2.PUBLISHED if not f.rounds}
    assert printed["out_o1"].agrees(trace["a2_1"])
    assert printed["E_total"].agrees(trace["L"])
    assert printed["dE_dw5"].agrees(trace["dL_dw2_1_1"])
    assert printed["w8_next"].agrees(trace["w2_2_2_next"])


def test_case1_exact_computes_the_same():
    ours, theirs = case1_network().run(), bpviz.case1("exact").run()
    assert ours["L"] == theirs["E"]
    names = {
        f"a{layer}_{j}": f"y{n}" for layer, j, n in [(1, 1, 1), (1, 2, 2), (1, 3, 3), (2, 1, 4), (2, 2, 5), (3, 1, 6)]
    }
    names |= {f"w1_{j}_{k}_next": f"w_x{k}_{j}_next" for j in (1, 2, 3) for k in (1, 2)}
    names |= {f"w2_{j - 3}_{k}_next": f"w{k}{j}_next" for j in (4, 5) for k in (1, 2, 3)}
    names |= {f"w3_1_{k - 3}_next": f"w{k}6_next" for k in (4, 5)}
    for name, other in names.items():
        assert ours[name] == pytest.approx(theirs[other], rel=1e-15, abs=1e-17)
    assert case1_network().train(500).losses == pytest.approx(bpviz.case1("exact").train(500).losses, rel=1e-12)


PAIRINGS = [(loss, a) for loss in SQUARES for a in (*ACTIVATIONS, "softmax")] + list(ENTROPIES)


@pytest.mark.parametrize(("loss", "activation"), PAIRINGS)
def test_gradients_are_right_for_any_targets(loss, activation):
    layers = ["tanh", activation]
    ex = bpviz.network([2, 3, 3], layers, loss, biases="init", inputs=[0.7, -0.4], targets=[0.2, 0.9, 0.4], seed=4)
    assert ex.check_gradients().agrees
    assert ex.check_gradients(t1=1.0, t2=0.0, t3=0.0).worst < 1e-6


@pytest.mark.parametrize(("loss", "activation"), PAIRINGS)
@pytest.mark.parametrize("detail", ["neuron", "layer"])
def test_every_loss_and_activation_is_told(loss, activation, detail):
    ex = bpviz.network([2, 2, 2], ["leaky_relu", activation], loss, biases="init", detail=detail)
    assert sorted(name for beat in ex.beats for name in beat.reveals) == sorted(s.name for s in ex.program.steps)
    check_score(score(ex))
    assert ex.solution("latex")


def test_losses_are_what_their_formulas_say():
    t, z = np.array([0.2, 0.5, 0.3]), np.array([0.3, -0.6, 1.1])
    p, s = np.exp(z) / np.exp(z).sum(), 1 / (1 + np.exp(-z))

    def loss_of(loss, activation):
        weights = [[[float(x)] for x in z]]
        return bpviz.network([1, 3], activation, loss, weights=weights, inputs=[1], targets=list(t)).run()["L"]

    assert loss_of("half_squared_error", "identity") == pytest.approx(0.5 * ((t - z) ** 2).sum(), rel=1e-14)
    assert loss_of("squared_error", "identity") == pytest.approx(((t - z) ** 2).sum(), rel=1e-14)
    assert loss_of("mean_squared_error", "softmax") == pytest.approx(((t - p) ** 2).mean(), rel=1e-14)
    assert loss_of("cross_entropy", "softmax") == pytest.approx(-(t * np.log(p)).sum(), rel=1e-14)
    assert loss_of("cross_entropy", "sigmoid") == pytest.approx(-(t * np.log(s)).sum(), rel=1e-14)
    both = -(t * np.log(s) + (1 - t) * np.log(1 - s)).sum()
    assert loss_of("binary_cross_entropy", "sigmoid") == pytest.approx(both, rel=1e-14)


@pytest.mark.parametrize("detail", ["neuron", "layer"])
def test_softplus_is_written_out_wherever_it_stands(detail):
    ex = bpviz.network([1, 1], loss="binary_cross_entropy", weights=[[[0.25]]], inputs=[1], targets=[0], detail=detail)
    beat = next(beat for beat in ex.beats if "L" in beat.reveals)
    symbols, numbers = Plain(ex.notation), Plain(ex.notation, ex.run())
    rows = [right_side(row, symbols, numbers) for shown in beat.formulas for row in formula_rows(ex.program, shown)]
    assert rows[:2] == [
        "softplus(z1[1]) − t · z1[1]",
        "log(1 + e^(z1[1])) − t · z1[1]" + (" = 0.8259" if detail == "layer" else ""),
    ]
    assert rows[2:] == ([] if detail == "layer" else ["log(1 + e^0.25) − 0.00 · 0.25 = 0.8259"])
    assert math.log(1 + math.exp(0.25)) == pytest.approx(0.8259, abs=5e-5)
    both = bpviz.network([1, 1, 1], ["softplus", "sigmoid"], "cross_entropy", detail=detail)
    spelled = [s.step for beat in both.beats for s in beat.formulas if s.spelled]
    assert spelled == [name for name in both.run() if "softplus" in str(both.program[name])]


def test_sliders_of_labelled_weights_stand_in_the_order_of_their_labels():
    def sliders(labels):
        groups = bpviz.network([1, 2, 2], labels=labels, shared_biases=True, biases="init").groups
        return [list(group.givens) for group in groups if all(name.startswith("w2") for name in group.givens)]

    by_name = ["w2_1_1", "w2_1_2", "w2_2_1", "w2_2_2"]
    assert sliders(None) == [by_name]
    assert sliders({"w2_1_1": "w9", "w2_1_2": "w10", "w2_2_1": "w2", "w2_2_2": "w8"}) == [
        ["w2_2_1", "w2_2_2", "w2_1_1", "w2_1_2"]
    ]
    assert sliders({"w2_1_1": "w9", "w2_2_2": "w8"}) == [by_name]
    assert sliders({"w2_1_1": "w_b", "w2_1_2": "3", "w2_2_1": "w_a10", "w2_2_2": "w_a9"}) == [
        ["w2_1_2", "w2_2_2", "w2_2_1", "w2_1_1"]
    ]
    ex = bpviz.textbook("postnetwork")
    assert [ex.notation[name].plain for name in ex.groups[2].givens] == ["w7", "w8", "w9", "w10"]
    assert [g.name for g in ex.program.givens if g.name.startswith("w2")] == by_name


@pytest.mark.parametrize(("loss", "activation"), list(ENTROPIES))
@pytest.mark.parametrize("sign", [-1, 1])
def test_cross_entropies_are_safe_far_from_0(loss, activation, sign):
    weights = [[[sign * EXTREME], [-sign * EXTREME]]]
    ex = bpviz.network([1, 2], activation, loss, weights=weights, inputs=[1.0], targets=[1, 0])
    trace = ex.run()
    wrong = sign < 0
    expected = {"softmax": 2 * EXTREME, "sigmoid": 2 * EXTREME if loss.startswith("binary") else EXTREME}[activation]
    assert trace["L"] == (expected if wrong else 0.0)
    assert trace["dz1_1"] == (-1.0 if wrong else 0.0)
    assert all(math.isfinite(value) for value in trace.values())
    assert ex.train(10).diverged_at is None


def test_softmax_shares_1_out_and_its_delta_is_output_minus_target():
    ex = bpviz.network([2, 3, 3], ["sigmoid", "softmax"], "cross_entropy", targets=2)
    trace = ex.run()
    assert [trace[f"t{k}"] for k in (1, 2, 3)] == [0.0, 0.0, 1.0]
    assert sum(trace[f"a2_{k}"] for k in (1, 2, 3)) == pytest.approx(1.0, rel=1e-15)
    for k in (1, 2, 3):
        assert trace[f"dz2_{k}"] == pytest.approx(trace[f"a2_{k}"] - trace[f"t{k}"], rel=1e-14)
    together = next(beat for beat in ex.beats if beat.id == "S")
    assert together.reveals == ("m", "S")


def test_names_are_layer_to_from():
    ex = bpviz.network([3, 2, 1], biases="init", skips={((0, 3), (2, 1)): 0.25})
    names = set(ex.program.names)
    assert names >= {"x3", "w1_2_3", "b1_2", "z1_2", "a1_2", "t1", "L", "dL_da2_1", "da2_1_dz2_1", "dz2_1", "dz1_2"}
    assert names >= {"dL_dw1_2_3", "dL_db1_2", "w1_2_3_next", "b1_2_next", "w2_1_0_3", "dL_dw2_1_0_3", "eta"}
    trace = ex.run()
    assert trace["w2_1_0_3"] == 0.25
    direct = trace["w2_1_1"] * trace["a1_1"] + trace["w2_1_2"] * trace["a1_2"] + 0.25 * trace["x3"]
    assert trace["z2_1"] == pytest.approx(direct, rel=1e-14)
    assert ex.check_gradients().agrees


def test_symbols_have_their_layer_above_as_in_books():
    ex = bpviz.network([2, 10, 2], biases="init", labels={(2, 1): "cat"}, skips=[((0, 1), (2, 2))], detail="layer")
    plain = {name: symbol.plain for name, symbol in ex.notation.items()}
    assert (plain["a1_2"], plain["w1_3_2"], plain["w1_10_2"]) == ("a2[1]", "w32[1]", "w_10,2[1]")
    assert (plain["w1_3_2_next"], plain["dz1_2"], plain["b1_2"]) == ("w32[1]⁺", "δ2[1]", "b2[1]")
    assert (plain["a2_1"], plain["L1"], plain["2_1"], plain["t1"]) == ("a_cat", "L_cat", "cat", "t1")
    assert plain["w2_2_0_1"] == "w21[2←0]"
    assert ex.notation["w1_3_2_next"].mathml == ["msubsup", ["mi", "w"], ["mtext", "32"], ["mo", "[1]+"]]
    single = bpviz.network([1, 1]).notation
    assert (single["t1"].plain, single["L"].plain) == ("t", "L")


def test_labels_may_be_lists():
    ex = bpviz.network([2, 2], labels=[["height", None], ["cat", "dog"]])
    assert [ex.notation[n].plain for n in ("x1", "x2", "1_1", "a1_2")] == ["height", "x2", "cat", "a_dog"]


def test_paths_are_counted_from_neuron_to_neuron():
    ex = bpviz.network([2, 2, 3, 2], ["tanh", "tanh", "softmax"], "cross_entropy")
    beat = next(b for b in ex.beats if b.id == "paths_w1_1_1")
    assert beat.title.params["count"] == "6"


def test_few_neurons_are_told_one_by_one_and_many_by_layer():
    assert any(beat.id == "dz1_1" for beat in bpviz.network([2, 11, 1]).beats)
    assert [b.id for b in bpviz.network([2, 12, 1]).beats][1:4] == ["forward_1", "forward_2", "loss"]
    assert [b.id for b in bpviz.network([2, 2, 1], detail="layer").beats][1:4] == ["forward_1", "forward_2", "loss"]


@pytest.mark.parametrize("detail", ["neuron", "layer"])
@pytest.mark.parametrize("sizes", [[2, 2, 1], [2, 13, 2]])
def test_either_telling_has_a_scene_that_it_can_stand_on(sizes, detail):
    ex = bpviz.network(sizes, biases="init", detail=detail)
    check_score(score(ex))
    assert all(chip.anchor in ex.scene.anchors for beat in ex.beats for chip in beat.chips)


def test_the_largest_network_is_told_and_learns():
    ex = bpviz.network(
        [12, 24, 16, 2], ["relu", "relu", "softmax"], "cross_entropy", init="he", biases="init", eta=0.05
    )
    check_score(score(ex))
    losses = ex.train(20).losses
    assert losses[-1] < losses[0]


def test_starts_are_the_same_everywhere_and_keep_their_reach():
    first = bpviz.network([3, 4, 2], init="xavier", seed=7).run()
    assert [first[f"w1_1_{k}"] for k in (1, 2, 3)] == [-0.9, -0.81, 0.88]
    weights = [first[f"w1_{j}_{k}"] for j in range(1, 5) for k in range(1, 4)]
    assert max(map(abs, weights)) <= math.sqrt(6 / 7) + 0.005
    assert {bpviz.network([2, 2], init="equal").run()[f"w1_1_{k}"] for k in (1, 2)} == {0.5}
    assert bpviz.network([2, 2], init="zeros").run()["w1_2_1"] == 0.0
    assert bpviz.network([2, 2], seed=2).run()["w1_1_1"] != bpviz.network([2, 2], seed=3).run()["w1_1_1"]


def test_given_weights_leave_the_others_to_the_start():
    whole, part = bpviz.network([2, 2, 1]).run(), bpviz.network([2, 2, 1], weights=[None, [[0.1, 0.2]]]).run()
    assert (part["w2_1_1"], part["w2_1_2"]) == (0.1, 0.2)
    assert part["w1_2_1"] == whole["w1_2_1"]
    arrays = bpviz.network([2, 2, 1], weights=[np.zeros((2, 2)), np.array([[0.1, 0.2]])], inputs=np.array([1, 2]))
    assert arrays.run()["w2_1_2"] == 0.2


def test_shared_biases_are_one_for_a_layer():
    ex = bpviz.network([2, 2, 1], biases=[0.3, 0.6], shared_biases=True)
    assert {g.name for g in ex.program.givens if g.name.startswith("b")} == {"b1", "b2"}
    assert ex.check_gradients().agrees


def test_data_in_every_form_is_the_same():
    rows = [(0.0, 1.0, 0.0, 1.0, 0.0), (1.0, 0.0, 0.0, 0.0, 1.0)]
    options = {"activation": ["tanh", "softmax"], "loss": "cross_entropy"}
    forms = [
        rows,
        [[0, 1, 1], [1, 0, 2]],
        ([[0, 1], [1, 0]], [1, 2]),
        (np.array([[0, 1], [1, 0]]), np.array([[0, 1, 0], [0, 0, 1]])),
        [dict(zip(("x1", "x2", "t1", "t2", "t3"), row, strict=True)) for row in rows],
    ]
    for data in forms:
        ex = bpviz.network([2, 3, 3], data=data, **options)
        assert ex.data == tuple(rows)
        assert [ex.run()[name] for name in ("x1", "x2", "t1", "t2", "t3")] == list(rows[0])
    assert bpviz.network([2, 3, 3], data=forms[1], **options).player().data["rows"]


def test_xor_is_learnt_by_its_name():
    ex = bpviz.network([2, 4, 1], "tanh", biases="init", init="uniform", data="xor", seed=3)
    history = ex.train_on("xor", 3000)
    assert history.mean_losses[-1] < 1e-3
    assert history.predictions.round(1).tolist() == [0.1, 0.9, 0.9, 0.1]


def test_equal_weights_never_part():
    final = bpviz.network([2, 2, 1], init="equal").train(100).final
    assert final["w1_1_1"] == final["w1_2_1"] != 0.5


def test_sliders_reach_every_value():
    ex = bpviz.network([2, 1], weights=[[[700, -3]]], inputs=[16, -6], targets=[0.5])
    ranges = {g.name: (g.low, g.high) for g in ex.program.givens}
    assert (ranges["w1_1_1"], ranges["x1"], ranges["t1"]) == ((-1000.0, 1000.0), (-20.0, 20.0), (0.0, 1.0))


WRONG = {
    "sizes": [
        ("3-2", TypeError, "the sizes must be a list of at least two"),
        ([3], TypeError, "at least two"),
        ([3, 0], ValueError, "the size of layer 1 must be 1 or more, not 0"),
        ([3, 2.5], TypeError, "the size of layer 1 must be a whole number, not 2.5"),
        ([30, 31], ValueError, r"\[30, 31\] has 61 neurons, inputs counted; there is room for 60"),
        ([27, 27, 2], ValueError, r"has 783 weights; there is room for 720: take fewer"),
    ],
    "activation": [
        ("sigmoidal", ValueError, "no activation 'sigmoidal'; choices are sigmoid, tanh, relu, leaky_relu, softplus"),
        (["relu"], ValueError, r"activation has 1 names, \['relu'\], but \[2, 2, 1\] has 2 layers"),
        (["softmax", "sigmoid"], ValueError, r"only be in the last layer, as in activation=\['sigmoid', 'softmax'\]"),
        (["sigmoid", "softmax"], ValueError, "shares 1 out among several outputs"),
        (3, TypeError, "activation must be a name, or a list"),
    ],
    "loss": [
        ("mse", ValueError, "no loss 'mse'; losses are half_squared_error, squared_error, mean_squared_error, cross"),
    ],
    "weights": [
        ([[[1, 2], [3, 4]]], ValueError, r"weights has 1 matrices, but \[2, 2, 1\] needs 2"),
        ([[[1, 2], [3]], None], ValueError, r"weights\[0\] must be 2 × 2, .*, not rows of 2, 1 numbers"),
        ([None, [[1], [2]]], ValueError, r"weights\[1\] must be 1 × 2, .*, not 2 × 1"),
        ([None, [1, 2]], ValueError, r"weights\[1\] must be 1 × 2, .*, not 2 numbers"),
        ([None, [[1, "2"]]], TypeError, r"weights\[1\]\[0\]\[1\], w2_1_2, must be one number, not '2'"),
        ([None, [[1, math.nan]]], ValueError, r"weights\[1\]\[0\]\[1\], w2_1_2, must be finite, not nan"),
        ("xavier", TypeError, "weights must be a list with a matrix for each layer, not 'xavier'"),
    ],
    "biases": [
        ("zeros", ValueError, "biases can be None, \"init\" or numbers, not 'zeros'"),
        ([[1, 2]], ValueError, r"biases has 1 entries, but \[2, 2, 1\] needs 2"),
        ([[1], [1]], ValueError, r"biases\[0\] must have 2 numbers, not 1"),
        ([0.5, 0.5], TypeError, r"biases\[0\] must be a list of 2 numbers, not 0.5"),
        ([[1, True], [1]], TypeError, r"biases\[0\]\[1\] must be one number, not True"),
    ],
    "inputs": [([1], ValueError, "inputs must have 2 numbers, not 1"), ("12", TypeError, "a list of 2 numbers")],
    "targets": [
        ([1, 2], ValueError, "targets must have 1 numbers, not 2"),
        ("1", TypeError, "targets must be one number"),
    ],
    "eta": [("fast", TypeError, "eta must be one number"), (math.inf, ValueError, "eta must be finite")],
    "optimizer": [("sgd", ValueError, "no optimizer 'sgd'; choices are plain, momentum, nesterov, rmsprop, adam")],
    "init": [("random", ValueError, "no init 'random'; weights can start by uniform, xavier, he, zeros, equal")],
    "seed": [(-1, ValueError, "the seed must be from 0"), (1.5, TypeError, "the seed must be a whole number")],
    "skips": [
        ([((0, 1), (1, 1))], ValueError, r"skips no layer; from layer 0 one leads to layers 2 to 2"),
        (
            [((0, 3), (2, 1))],
            ValueError,
            r"\(0, 3\), which is no neuron; there are 2 in layer 0, 2 in layer 1, 1 in lay",
        ),
        ([((0, 1), (2, 1)), ((0, 1), (2, 1))], ValueError, "is given twice"),
        ("x1", TypeError, "skips must be a list such as"),
        ([(0, 1)], TypeError, r"names a neuron as \(layer, neuron\), not 0"),
    ],
    "shared_biases": [(1, TypeError, "must be True or False"), (True, ValueError, "shared_biases needs biases")],
    "labels": [
        ({(1, 1): "cat", (1, 2): "cat"}, ValueError, r"the label 'cat' of \(1, 2\) is that of \(1, 1\), too"),
        ({(1, 1): "x2"}, ValueError, r"the label 'x2' of \(1, 1\) is that of \(0, 2\), too"),
        ([["a"]], ValueError, r"labels has 1 lists, but \[2, 2, 1\] has 3 layers"),
        ([["a"], None, None], ValueError, r"labels\[0\] must be a list of 2 texts"),
        ({(5, 1): "a"}, ValueError, "no neuron"),
        ({(1, 1): 5}, TypeError, "must be a text, not 5"),
        ("cat", TypeError, "labels must be a mapping such as"),
    ],
    "detail": [("all", ValueError, "no detail 'all'; choices are neuron, layer")],
    "data": [
        ([(1, 2)], ValueError, "row 1 must have 3 numbers, x1, x2, t1, not 2"),
        ("nand", ValueError, "no data set 'nand'"),
        (([[1, 2], [3, 4]], [1]), ValueError, "X has 2 rows, but T has 1"),
        (([[1, 2], [3]], [1, 0]), ValueError, "row 2 of X must have 2 numbers, not 1 numbers"),
    ],
}


@pytest.mark.parametrize(
    ("option", "value", "error", "message"), [(o, *case) for o, cases in WRONG.items() for case in cases]
)
def test_what_cannot_be_is_refused_by_its_name(option, value, error, message):
    with pytest.raises(error, match=message):
        bpviz.network(**{"sizes": [2, 2, 1], option: value})


def test_losses_go_with_their_outputs():
    assert set(LOSSES) == {*SQUARES, "cross_entropy", "binary_cross_entropy"}
    with pytest.raises(ValueError, match="cross_entropy is for softmax or sigmoid outputs; for tanh outputs there"):
        bpviz.network([2, 2], "tanh", "cross_entropy")
    with pytest.raises(
        ValueError, match=r"binary_cross_entropy is for sigmoid outputs; for softmax outputs there are .*, cro"
    ):
        bpviz.network([2, 2], "softmax", "binary_cross_entropy")


def test_an_index_beyond_the_outputs_is_refused():
    with pytest.raises(ValueError, match="targets must be 3 numbers, or an index from 0 to 2, not 3"):
        bpviz.network([2, 3], targets=3)
    with pytest.raises(ValueError, match=r"the target of row 2 must be 3 numbers, or an index from 0 to 2, not 1\.5"):
        bpviz.network([2, 3], data=[[0, 1, 0], [0, 1, 1.5]])
    with pytest.raises(ValueError, match="either them or data"):
        bpviz.network([2, 1], data="xor", inputs=[1, 2])


def test_an_outputs_label_is_no_other_outputs_number():
    with pytest.raises(ValueError, match=r"the label '2' of \(1, 1\) is that of \(1, 2\), too"):
        bpviz.network([2, 2], labels={(1, 1): "2"})
    assert bpviz.network([2, 2, 2], labels={(1, 1): "2"}).notation["a1_1"].plain == "a2"


@pytest.mark.parametrize("example", ["case2", "neuron"])
def test_softmax_stays_out_of_hidden_layers_of_the_cases(example):
    with pytest.raises(ValueError, match="no activation 'softmax'"):
        getattr(bpviz, example)(activation="softmax")


def test_train_on_takes_rows_as_data_does():
    ex = bpviz.network([2, 3, 3], ["tanh", "softmax"], "cross_entropy", labels=[None, None, ["cat", "dog", "owl"]])
    whole = ex.train_on([[0, 1, 1, 0, 0], [1, 0, 0, 0, 1]], 3)
    for rows in ([[0, 1, 0], [1, 0, 2]], ([[0, 1], [1, 0]], [0, 2]), (np.array([[0, 1], [1, 0]]), np.array([0, 2]))):
        assert ex.train_on(rows, 3).mean_losses.tolist() == whole.mean_losses.tolist()
    with pytest.raises(ValueError, match="the target of row 1 must be 3 numbers, or an index from 0 to 2, not 3"):
        ex.train_on([[0, 1, 3]], 1)
    assert [ex.notation[f"t{k}"].short.plain for k in (1, 2, 3)] == ["t1", "t2", "t3"]


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        ({"w9": "a"}, ValueError, "no weight or bias 'w9' to label; there are w1_1_1, w1_1_2, w1_2_1"),
        ({"w1_1_1": "a", "b1_1": "a"}, ValueError, "the label 'a' of b1_1 is that of w1_1_1, too: give each its own"),
        ({(1, 1): "a", "w1_1_1": "a"}, ValueError, r"the label 'a' of w1_1_1 is that of \(1, 1\), too"),
        ({"w1_1_1": "L"}, ValueError, "the label 'L' of w1_1_1 is that of the loss, too: give each its own"),
        ({(0, 1): "t"}, ValueError, r"the label 't' of \(0, 1\) is that of a target, too: give each neuron its own"),
        ({"w1_1_1": 3}, TypeError, "the label of w1_1_1 must be a text, not 3"),
    ],
)
def test_labels_of_weights_that_cannot_be(labels, error, message):
    with pytest.raises(error, match=message):
        bpviz.network([2, 2, 1], biases="init", labels=labels)


def test_weights_and_biases_are_shown_as_they_are_labelled():
    ex = bpviz.network(
        [2, 2, 1], biases="init", labels={"w1_1_1": "w1", "w1_1_2": "w_x2", "b1_1": "bias", "w2_1_1": ""}
    )
    names = ("w1_1_1", "w1_1_2", "b1_1", "dL_dw1_1_1", "w1_1_1_next", "w2_1_1")
    assert [ex.notation[name].plain for name in names] == ["w1", "w_x2", "bias", "∂L/∂w1", "w1⁺", "w11[2]"]
    hmkcode = bpviz.textbook("hmkcode")
    assert [hmkcode.notation[n].plain for n in ("w1_1_2", "w2_1_1", "w2_1_2")] == ["w2", "w5", "w6"]
    swapped = bpviz.textbook("postnetwork")
    assert {swapped.notation[n].plain: swapped.run()[n] for n in ("w2_2_1", "w2_1_2")} == {"w8": -0.1, "w9": 0.4}


def test_the_first_caption_speaks_of_layers_in_brackets_only_where_some_are_there():
    def first(labels):
        return bpviz.network([1, 1], labels=labels).beats[0].caption.key

    assert first(None) == "networks.captions.network"
    assert first([None, ["h"]]) == "networks.captions.network_weights"
    assert first({(1, 1): "h", "w1_1_1": "w"}) == "captions.network"
