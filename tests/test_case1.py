"""CASE 1: every value against an independent network, its formulas against the series, bad choices refused."""

import re

import numpy as np
import oracles
import pytest

import bpviz
from bpviz.algebra.traversal import references
from bpviz.networks.signals import RULES
from bpviz.networks.wiring import ACTIVATIONS
from bpviz.writing.markup import Latex, MathML, Plain
from bpviz.writing.shown import formula_rows, right_side

NEURONS = "123456"
WEIGHTS = [
    "w_x1_1", "w_x2_1", "w_x1_2", "w_x2_2", "w_x1_3", "w_x2_3",
    "w14", "w24", "w34", "w15", "w25", "w35", "w46", "w56",
]  # fmt: skip
GIVENS = ["x1", "x2", *WEIGHTS, "z", "eta"]
MIXED = {1: "tanh", "2": "relu", 3: "identity", 5: "tanh", 6: "identity"}
CHOICES = [*ACTIVATIONS, MIXED, {6: "identity"}, {4: "relu", 5: "relu"}]

BY_THE_SERIES = """
neuron   e_{1}=w_{(x1)1}·x_{1}+w_{(x2)1}·x_{2}
neuron   y_{1}=f_{1}(e_{1})
y1       e_{1}=w_{(x1)1}·x_{1}+w_{(x2)1}·x_{2}
y1       y_{1}=f_{1}(e_{1})
y2       e_{2}=w_{(x1)2}·x_{1}+w_{(x2)2}·x_{2}
y2       y_{2}=f_{2}(e_{2})
y3       e_{3}=w_{(x1)3}·x_{1}+w_{(x2)3}·x_{2}
y3       y_{3}=f_{3}(e_{3})
y4       e_{4}=w_{14}·y_{1}+w_{24}·y_{2}+w_{34}·y_{3}
y4       y_{4}=f_{4}(e_{4})
y5       e_{5}=w_{15}·y_{1}+w_{25}·y_{2}+w_{35}·y_{3}
y5       y_{5}=f_{5}(e_{5})
y6       e_{6}=w_{46}·y_{4}+w_{56}·y_{5}
y6       y=f_{6}(e_{6})
delta    δ=z−y
delta4   δ_{4}=w_{46}·δ
delta5   δ_{5}=w_{56}·δ
delta1   δ_{1}=w_{14}·δ_{4}+w_{15}·δ_{5}
delta2   δ_{2}=w_{24}·δ_{4}+w_{25}·δ_{5}
delta3   δ_{3}=w_{34}·δ_{4}+w_{35}·δ_{5}
update_1 f′_{1}(e_{1})=df_{1}(e)/de
update_1 w′_{(x1)1}=w_{(x1)1}+η·δ_{1}·f′_{1}(e_{1})·x_{1}
update_1 w′_{(x2)1}=w_{(x2)1}+η·δ_{1}·f′_{1}(e_{1})·x_{2}
update_2 f′_{2}(e_{2})=df_{2}(e)/de
update_2 w′_{(x1)2}=w_{(x1)2}+η·δ_{2}·f′_{2}(e_{2})·x_{1}
update_2 w′_{(x2)2}=w_{(x2)2}+η·δ_{2}·f′_{2}(e_{2})·x_{2}
update_3 f′_{3}(e_{3})=df_{3}(e)/de
update_3 w′_{(x1)3}=w_{(x1)3}+η·δ_{3}·f′_{3}(e_{3})·x_{1}
update_3 w′_{(x2)3}=w_{(x2)3}+η·δ_{3}·f′_{3}(e_{3})·x_{2}
update_4 f′_{4}(e_{4})=df_{4}(e)/de
update_4 w′_{14}=w_{14}+η·δ_{4}·f′_{4}(e_{4})·y_{1}
update_4 w′_{24}=w_{24}+η·δ_{4}·f′_{4}(e_{4})·y_{2}
update_4 w′_{34}=w_{34}+η·δ_{4}·f′_{4}(e_{4})·y_{3}
update_5 f′_{5}(e_{5})=df_{5}(e)/de
update_5 w′_{15}=w_{15}+η·δ_{5}·f′_{5}(e_{5})·y_{1}
update_5 w′_{25}=w_{25}+η·δ_{5}·f′_{5}(e_{5})·y_{2}
update_5 w′_{35}=w_{35}+η·δ_{5}·f′_{5}(e_{5})·y_{3}
update_6 f′_{6}(e_{6})=df_{6}(e)/de
update_6 w′_{46}=w_{46}+η·δ·f′_{6}(e_{6})·y_{4}
update_6 w′_{56}=w_{56}+η·δ·f′_{6}(e_{6})·y_{5}
"""
SERIES = [tuple(line.split()) for line in BY_THE_SERIES.strip().splitlines()]
EXACT_SIGNALS = {
    "delta4": ["f′_{6}(e_{6})=df_{6}(e)/de", "δ_{4}=w_{46}·δ·f′_{6}(e_{6})"],
    "delta5": ["δ_{5}=w_{56}·δ·f′_{6}(e_{6})"],
    "delta1": [
        "f′_{4}(e_{4})=df_{4}(e)/de",
        "f′_{5}(e_{5})=df_{5}(e)/de",
        "δ_{1}=w_{14}·δ_{4}·f′_{4}(e_{4})+w_{15}·δ_{5}·f′_{5}(e_{5})",
    ],
    "delta2": ["δ_{2}=w_{24}·δ_{4}·f′_{4}(e_{4})+w_{25}·δ_{5}·f′_{5}(e_{5})"],
    "delta3": ["δ_{3}=w_{34}·δ_{4}·f′_{4}(e_{4})+w_{35}·δ_{5}·f′_{5}(e_{5})"],
}


def random_givens(count=1_000, seed=4):
    random = np.random.default_rng(seed)
    return {name: random.uniform(0 if name == "eta" else -2, 2, count) for name in GIVENS}


def in_full(activation):
    """The activation of each neuron, as the second opinion wants it."""
    if isinstance(activation, str):
        return dict.fromkeys(NEURONS, activation)
    return dict.fromkeys(NEURONS, "sigmoid") | {str(n): a for n, a in activation.items()}


def slopes_by_complex_step(givens, activation):
    """∂E/∂w of every weight as rows, by a tiny imaginary push of each."""
    h = 1e-30
    pushed = ({**givens, w: givens[w] + 1j * h} for w in WEIGHTS)
    return np.stack([oracles.run_case1("exact", g, in_full(activation))["E"].imag / h for g in pushed])


def rule_gradients(rule, activation, givens):
    trace = bpviz.case1(rule, activation).run(**givens)
    return np.stack([trace[f"g_{w}"] for w in WEIGHTS])


@pytest.mark.parametrize("activation", CHOICES, ids=str)
@pytest.mark.parametrize("rule", RULES)
def test_every_value_of_1000_random_networks_is_the_second_opinions(rule, activation):
    givens = random_givens()
    trace, wanted = bpviz.case1(rule, activation).run(**givens), oracles.run_case1(rule, givens, in_full(activation))
    assert set(trace) == set(wanted)
    for name, value in wanted.items():
        np.testing.assert_allclose(trace[name], value, rtol=1e-11, atol=1e-13, err_msg=name)


@pytest.mark.parametrize("activation", [*ACTIVATIONS, MIXED], ids=str)
@pytest.mark.parametrize("rule", RULES)
def test_one_run_of_floats_is_the_same_as_a_run_of_arrays(rule, activation):
    ex, givens = bpviz.case1(rule, activation), random_givens(50, seed=5)
    together = ex.run(**givens)
    for k in range(50):
        alone = ex.run(**{name: float(values[k]) for name, values in givens.items()})
        for name in alone:
            assert alone[name] == pytest.approx(together[name][k], rel=1e-12, abs=1e-13), name


@pytest.mark.parametrize("activation", CHOICES, ids=str)
def test_the_exact_rule_is_minus_eta_times_the_complex_step_slope(activation):
    givens = random_givens()
    slopes, used = slopes_by_complex_step(givens, activation), rule_gradients("exact", activation, givens)
    size = np.linalg.norm(slopes, axis=0)
    assert (np.abs(used - slopes) <= 1e-12 * size).all()
    trace = bpviz.case1("exact", activation).run(**givens)
    for w, slope in zip(WEIGHTS, slopes, strict=True):
        np.testing.assert_allclose(trace[f"{w}_next"], givens[w] - givens["eta"] * slope, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_the_rule_as_drawn_is_the_slope_at_the_output_layer_alone(activation):
    givens = random_givens()
    slopes, used = slopes_by_complex_step(givens, activation), rule_gradients("illustrated", activation, givens)
    size = np.linalg.norm(slopes, axis=0)
    apart = np.abs(used - slopes) / size
    assert (apart[-2:] <= 1e-12).all()
    # hardly any network has deeper weights that are too small to matter, so that no rule could be told from another
    assert (apart[:6].max(axis=0) > 1e-6).mean() > 0.99
    assert (apart[6:12].max(axis=0) > 1e-6).mean() > 0.99


def test_with_identity_activations_the_two_rules_are_one():
    givens = random_givens()
    drawn, exact = (bpviz.case1(rule, "identity").run(**givens) for rule in RULES)
    for name in drawn:
        assert np.array_equal(drawn[name], exact[name]), name
    curves = [bpviz.case1(rule, "identity").train(200, eta=0.05).losses for rule in RULES]
    assert np.array_equal(*curves)
    assert curves[0][-1] < curves[0][0]


def form_of_plain(text):
    return re.sub(r"[\s_]", "", text)


def as_plain(form):
    """What a formula of the series looks like on one line of text: subscripts follow, then a prime."""
    return re.sub(r"_\{([^}]*)\}", r"\1", re.sub(r"′_\{([^}]*)\}", r"_{\1}′", form))


def form_of_latex(text):
    for latex, sign in ((r"\delta", "δ"), (r"\eta", "η"), (r"\cdot", "·"), ("-", "−")):
        text = text.replace(latex, sign)
    text = re.sub(r"\\mathrm\{([^}]*)\}", r"\1", text).replace(" ", "")
    text = re.sub(r"\\frac\{(df_\{\d\}\(e\))\}\{(de)\}", r"\1/\2", text)
    return re.sub(r"_\{([^}]*)\}\^\{\\prime\}", r"′_{\1}", text)


def form_of_mathml(tree):
    tag, *children = tree
    parts = [form_of_mathml(c) if isinstance(c, list) else c for c in children if not isinstance(c, dict)]
    if tag == "msub":
        return f"{parts[0]}_{{{parts[1]}}}"
    return "/".join(parts) if tag == "mfrac" else re.sub(r"\s", "", "".join(parts))


MARKUPS = {"plain": (Plain, form_of_plain), "latex": (Latex, form_of_latex), "mathml": (MathML, form_of_mathml)}


def told(ex, markup):
    """(beat, formula in symbols) in the order of the story."""
    writer, form = MARKUPS[markup]
    symbols, numbers = writer(ex.notation), writer(ex.notation, ex.run())
    for beat in ex.beats:
        for shown in beat.formulas:
            row = next(formula_rows(ex.program, shown))
            yield beat.id, form(symbols.join(symbols.symbol(row.left), "=", right_side(row, symbols, numbers)))


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("rule", RULES)
def test_the_beats_tell_every_formula_of_the_series_in_its_order(rule, markup):
    wanted = SERIES
    if rule == "exact":
        early = {formula for formulas in EXACT_SIGNALS.values() for formula in formulas}
        signals = [(beat, formula) for beat, formulas in EXACT_SIGNALS.items() for formula in formulas]
        first = next(k for k, (beat, _) in enumerate(SERIES) if beat == "delta4")
        last = next(k for k, (beat, _) in enumerate(SERIES) if beat == "update_1")
        wanted = SERIES[:first] + signals + [(b, f) for b, f in SERIES[last:] if f not in early]
    found = [(beat, formula) for beat, formula in told(bpviz.case1(rule), markup) if not formula.startswith("E=")]
    assert [beat for beat, _ in found] == [beat for beat, _ in wanted]
    for (_, formula), (_, form) in zip(found, wanted, strict=True):
        series = as_plain(form) if markup == "plain" else form
        # an activation or a slope goes on with what it is here; a value may follow
        assert formula == series or formula.startswith(f"{series}="), formula


FORMS = {
    "sigmoid": ("1/(1+exp(−e{n}))", "{y}·(1−{y})"),
    "tanh": ("tanh(e{n})", "1−{y}²"),
    "relu": ("max(0,e{n})", "[e{n}>0]"),
    "identity": ("e{n}", "1"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_neuron_is_told_with_its_own_activation_and_slope(rule):
    formulas = [formula for _, formula in told(bpviz.case1(rule, MIXED), "plain")]
    for n, activation in in_full(MIXED).items():
        y = "y" if n == "6" else f"y{n}"
        f, slope = (form.format(n=n, y=y) for form in FORMS[activation])
        for wanted in (f"{y}=f{n}(e{n})={f}", f"f{n}′(e{n})=df{n}(e)/de={slope}"):
            assert any(f"{formula}=".startswith(f"{wanted}=") for formula in formulas), wanted


@pytest.mark.parametrize("rule", RULES)
def test_a_mapping_of_one_activation_for_all_is_that_activation(rule):
    for activation in ACTIVATIONS:
        one, each = bpviz.case1(rule, activation), bpviz.case1(rule, dict.fromkeys(NEURONS, activation))
        assert one.program == each.program
        assert one.beats == each.beats


def test_the_rules_are_compared_trained_and_checked_neuron_by_neuron():
    rows, exact = bpviz.compare_rules(MIXED).rows, bpviz.case1("exact", MIXED)
    slopes = slopes_by_complex_step(exact.run(), MIXED)
    assert [row.exact for row in rows] == pytest.approx(list(-0.5 * slopes), rel=1e-12)
    assert exact.check_gradients().agrees
    check = bpviz.case1("illustrated", MIXED).check_gradients()
    assert {row.name: row.missing for row in check.rows if row.missing} == dict.fromkeys(
        WEIGHTS[:6], ("dy4_de4", "dy5_de5")
    )
    history = exact.train_on([(0, 1, 0.5), (1, 0, -0.5)], 300, eta=0.1)
    assert history.mean_losses[-1] < 0.01 * history.mean_losses[0]
    with pytest.raises(ValueError, match=r"no activation 'elu' \(for 4\); activations are sigmoid"):
        bpviz.compare_rules({4: "elu"})


def test_the_story_goes_as_the_series_does():
    wanted = ["network", *dict.fromkeys(beat for beat, _ in SERIES), "done"]
    for rule in RULES:
        assert [beat.id for beat in bpviz.case1(rule).beats] == wanted
    assert len(wanted) == 21


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("activation", ["sigmoid", MIXED], ids=str)
def test_every_value_is_revealed_once_and_after_what_it_is_made_of(rule, activation):
    ex = bpviz.case1(rule, activation)
    revealed = [name for beat in ex.beats for name in beat.reveals]
    assert sorted(revealed) == sorted(step.name for step in ex.program.steps)
    beat_of = {name: k for k, beat in enumerate(ex.beats) for name in beat.reveals}
    for step in ex.program.steps:
        assert all(beat_of.get(name, 0) <= beat_of[step.name] for name in references(step.expr)), step.name


def test_the_names_of_the_public_surface():
    for rule in RULES:
        trace = bpviz.case1(rule=rule).run()
        names = GIVENS + [f"{letter}{n}" for letter in "ey" for n in NEURONS] + ["delta", "E"]
        names += [f"delta{n}" for n in "12345"] + [f"{w}_next" for w in WEIGHTS]
        assert set(names) <= set(trace)
        assert list(bpviz.case1(rule).program.feedback.items()) == [(w, f"{w}_next") for w in WEIGHTS]
    assert bpviz.case1().rule == "illustrated"
    assert trace.gradient("w14") == pytest.approx(trace["g_w14"], rel=1e-13)


def test_the_source_prints_no_figures_and_the_table_says_so():
    for rule in RULES:
        comparisons = bpviz.case1(rule).published()
        assert len(comparisons) == 0
        assert comparisons._repr_markdown_().endswith("\n\nThere are no printed figures to compare with.")


def test_keys_of_neurons_may_be_numbers_or_names():
    assert bpviz.case1("exact", {6: "tanh"}).run() == bpviz.case1("exact", {"6": "tanh"}).run()
    assert bpviz.case1("exact", {}).run() == bpviz.case1("exact").run()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"rule": "drawn"}, ValueError, "no rule 'drawn'; rules are illustrated, exact"),
        ({"rule": None}, ValueError, "no rule None; rules are illustrated, exact"),
        ({"rule": ["exact"]}, ValueError, r"no rule \['exact'\]; rules are illustrated, exact"),
        ({"rule": np.array(["exact", "exact"])}, ValueError, "no rule array.* rules are illustrated, exact"),
        ({"activation": "elu"}, ValueError, r"no activation 'elu' \(for 1\); activations are sigmoid, tanh, relu"),
        ({"activation": {4: "elu"}}, ValueError, r"no activation 'elu' \(for 4\); activations are sigmoid"),
        ({"activation": {4: ["tanh"]}}, ValueError, r"no activation \['tanh'\] \(for 4\); activations are"),
        ({"activation": {4: np.array(["tanh", "tanh"])}}, ValueError, r"no activation array.* \(for 4\)"),
        ({"activation": {4: None}}, ValueError, r"no activation None \(for 4\); activations are sigmoid"),
        ({"activation": {7: "tanh"}}, ValueError, "no neuron 7; neurons are 1, 2, 3, 4, 5, 6"),
        ({"activation": {"x1": "tanh"}}, ValueError, "no neuron 'x1'; neurons are 1, 2, 3, 4, 5, 6"),
        ({"activation": {6.0: "tanh"}}, ValueError, "no neuron 6.0; neurons are 1, 2, 3, 4, 5, 6"),
        ({"activation": {True: "tanh"}}, ValueError, "no neuron True; neurons are"),
        ({"activation": {6: "tanh", "6": "relu"}}, ValueError, "neuron 6 has two activations, under '6' and 6"),
        ({"activation": None}, TypeError, "activation must be a name, or a mapping like .* not None"),
        ({"activation": ["tanh"]}, TypeError, r"activation must be a name, or a mapping like .* not \['tanh'\]"),
        ({"preset": "wild"}, ValueError, "no preset 'wild'; presets are default, agree, apart, wrong_way"),
        ({"preset": {}}, ValueError, r"no preset \{\}; presets are default"),
    ],
)
def test_a_choice_that_does_not_exist_names_itself_and_the_others(arguments, error, message):
    with pytest.raises(error, match=message):
        bpviz.case1(**arguments)


@pytest.mark.parametrize(
    ("givens", "error", "message"),
    [
        ({"w9": 1}, KeyError, "no quantity 'w9'; weights are .*w14, w24"),
        ({"w16": 1}, KeyError, "no quantity 'w16'; weights are"),
        ({"y1": 1}, KeyError, "'y1' is computed, not given; givens are x1, x2, w_x1_1"),
        ({"delta4": 1}, KeyError, "'delta4' is computed, not given"),
        ({"w14": "0.5"}, TypeError, "w14 must be a number or an array of numbers, not '0.5'"),
        ({"w14": True}, TypeError, "w14 must be a number"),
        ({"z": float("nan")}, ValueError, "z must be finite, not nan"),
        ({"x1": [1, 2], "x2": [1, 2, 3]}, ValueError, r"do not broadcast together: x1: \(2,\), x2: \(3,\)"),
    ],
)
def test_a_given_that_cannot_be_names_itself(givens, error, message):
    with pytest.raises(error, match=message):
        bpviz.case1().run(**givens)
