"""Two rules side by side: angles and lengths against plain NumPy, the presets' claims, bad input, table and figure."""

import find_presets
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import bpviz
from bpviz.cases.case1_presets import PRESETS
from bpviz.networks.wiring import ACTIVATIONS

WEIGHTS = list(bpviz.case1().program.feedback)


@pytest.fixture(scope="module")
def comparisons():
    return {preset: bpviz.compare_rules(preset=preset) for preset in PRESETS}


@pytest.mark.parametrize("preset", PRESETS)
def test_changes_angle_and_length_are_those_of_the_two_runs(preset, comparisons):
    comparison = comparisons[preset]
    assert [row.name for row in comparison.rows] == WEIGHTS
    updates = []
    for rule, column in (("illustrated", "drawn"), ("exact", "exact")):
        t = bpviz.case1(rule, preset=preset).run()
        updates.append(np.array([t[f"{w}_next"] - t[w] for w in WEIGHTS]))
        assert [getattr(row, column) for row in comparison.rows] == pytest.approx(updates[-1], rel=1e-9, abs=1e-15)
        assert np.array_equal(comparison.losses[rule], bpviz.case1(rule, preset=preset).train(1_000).losses)
    a, b = updates
    cosine = a @ b / np.sqrt((a @ a) * (b @ b))
    assert comparison.cosine == pytest.approx(cosine, abs=1e-12)
    assert comparison.angle == pytest.approx(np.degrees(np.arccos(cosine)), abs=1e-6)
    assert comparison.ratio == pytest.approx(np.sqrt((a @ a) / (b @ b)), rel=1e-12)
    assert comparison.opposite == tuple(w for w, x, y in zip(WEIGHTS, a, b, strict=True) if x * y < 0)
    for row in comparison.rows:
        assert row.ratio == row.drawn / row.exact
        assert row.direction == ("opposite" if row.name in comparison.opposite else "same")
    # the output layer agrees whatever the rule
    assert [row.drawn for row in comparison.rows[-2:]] == [row.exact for row in comparison.rows[-2:]]


def test_the_presets_show_what_they_promise(comparisons):
    agree, apart, wrong_way = (comparisons[preset] for preset in ("agree", "apart", "wrong_way"))
    assert agree.angle < 10
    assert 1 <= agree.ratio < 1.1
    assert agree.opposite == ()
    assert apart.angle > 80
    assert apart.ratio > 10
    assert wrong_way.opposite == ("w_x1_2", "w_x2_2")
    # as drawn it gets stuck where the gradient goes on
    assert wrong_way.losses["illustrated"][-1] > 0.05 > 1e-4 > wrong_way.losses["exact"][-1]


def test_the_search_finds_the_presets_again():
    found = find_presets.search()
    assert found == {name: givens for name, givens in PRESETS.items() if name != "default"}


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_are_round_numbers_within_the_sliders_and_the_same_for_both_rules(preset):
    for rule in ("illustrated", "exact"):
        ex = bpviz.case1(rule, preset=preset)
        for given in ex.program.givens:
            assert given.low <= given.default <= given.high
            assert given.default == round(given.default, 1)
            assert given.name == "eta" or given.default == PRESETS[preset][given.name]
        assert abs(ex.run()["delta"]) > 0.2
    for sibling in bpviz.case1(preset=preset).siblings():
        assert sibling.run()["x1"] == PRESETS[preset]["x1"]


def test_what_the_sources_of_the_lessons_say_about_random_networks():
    # seen: median cosine 0.665, 5 % below 0.43, median 2.33 times as long, 6.3 % with a weight that moves the wrong way
    random, count = np.random.default_rng(1), 2_000
    givens = {w: random.normal(size=count) for w in WEIGHTS}
    givens |= {x: random.uniform(-1, 1, count) for x in ("x1", "x2")} | {"z": random.uniform(0, 1, count)}
    a, b = (find_presets.changes(bpviz.case1(rule).run(**givens)) for rule in ("illustrated", "exact"))
    lengths = np.linalg.norm(a, axis=0), np.linalg.norm(b, axis=0)
    cosine = (a * b).sum(axis=0) / (lengths[0] * lengths[1])
    assert 0.63 < np.median(cosine) < 0.70
    assert 0.40 < np.percentile(cosine, 5) < 0.47
    assert 2.1 < np.median(lengths[0] / lengths[1]) < 2.6
    assert 0.04 < (a * b < 0).any(axis=0).mean() < 0.09


def test_with_identity_activations_there_is_no_angle_at_all():
    comparison = bpviz.compare_rules("identity", preset="apart")
    assert (comparison.angle, comparison.cosine, comparison.ratio, comparison.opposite) == (0.0, 1.0, 1.0, ())
    assert all(row.drawn == row.exact and row.ratio == 1 for row in comparison.rows)
    assert np.array_equal(*comparison.losses.values(), equal_nan=True)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_rule_that_changes_nothing_has_no_direction(activation):
    comparison = bpviz.compare_rules(activation, rounds=3, eta=0)
    assert np.isnan([comparison.angle, comparison.cosine, comparison.ratio]).all()
    assert {row.direction for row in comparison.rows} == {"none"}
    assert comparison.summary().startswith("No angle: a rule that changes nothing has no direction. No weight moves")
    comparison.draw().to_png()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("eta", [1e-14, 1e-200])
def test_angle_ratio_and_directions_do_not_depend_on_the_learning_rate(preset, eta, comparisons):
    tiny, usual = bpviz.compare_rules(preset=preset, rounds=1, eta=eta), comparisons[preset]
    assert tiny.angle == pytest.approx(usual.angle, abs=1e-9)
    assert tiny.ratio == pytest.approx(usual.ratio, rel=1e-12)
    assert tiny.opposite == usual.opposite


def test_a_rule_that_diverges_says_so_and_from_which_round():
    comparison = bpviz.compare_rules("identity", eta=10)
    exact = bpviz.case1("exact", "identity").train(1_000, eta=10)
    assert exact.diverged_at > 1
    assert f"no number from round {exact.diverged_at} on" in comparison.summary()
    assert "nan" not in comparison.summary()


def test_huge_changes_have_an_angle():
    comparison = bpviz.compare_rules("identity", rounds=50, eta=10, w14=1e100)
    assert comparison.angle == 0
    comparison.draw().to_png()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"preset": "wild"}, ValueError, "no preset 'wild'; presets are default, agree, apart, wrong_way"),
        ({"preset": ["agree"]}, ValueError, r"no preset \['agree'\]; presets are default"),
        ({"activation": "elu"}, ValueError, "no activation 'elu' .* activations are sigmoid, tanh"),
        ({"w9": 1}, KeyError, "no quantity 'w9'"),
        ({"w14": [1.0, 2.0]}, TypeError, r"a comparison of rules starts from one value .* w14 is an array"),
        ({"rounds": -1}, ValueError, "the number of rounds must be from 0"),
        ({"rounds": 1.5}, TypeError, "the number of rounds must be a whole number, not 1.5"),
        ({"lang": "xx"}, ValueError, "no words for language 'xx'"),
    ],
)
def test_bad_input_names_culprit_and_choices(arguments, error, message):
    with pytest.raises(error, match=message):
        bpviz.compare_rules(**arguments)


def test_the_table_reads(comparisons):
    lines = repr(comparisons["wrong_way"]).splitlines()
    assert lines[0].split("  ")[0] == "weight"
    assert lines[3].split() == ["w_x1_2", "−0.084042", "0.009007", "−9.33", "opposite"]
    assert lines[-1] == (
        "Angle between the updates: 53.2° (cosine 0.60). The update as drawn is 5.10 times as long. "
        "As drawn, 2 of 14 weights move the wrong way: w_x1_2, w_x2_2. "
        "Error after 1,000 rounds: 0.0803 as drawn, 4.087×10⁻⁶ exact; at the start 0.1786."
    )
    assert "No weight moves the wrong way." in comparisons["agree"].summary()


def test_the_figure_marks_what_moves_the_wrong_way(comparisons):
    left, right = comparisons["wrong_way"].draw().axes
    assert [label.get_text() for label in left.get_yticklabels()] == WEIGHTS
    assert [(t.get_text(), t.get_position()[1]) for t in left.texts] == [("◂▸ opposite", 2), ("◂▸ opposite", 3)]
    drawn, exact = ([bar.get_width() for bar in bars] for bars in left.containers)
    assert drawn == [row.drawn for row in comparisons["wrong_way"].rows]
    assert exact == [row.exact for row in comparisons["wrong_way"].rows]
    curves = [line.get_ydata() for line in right.lines]
    assert all(map(np.array_equal, curves, comparisons["wrong_way"].losses.values()))
    assert [line.get_linestyle() for line in right.lines] == ["--", "-"]
    assert len(comparisons["agree"].draw().axes[0].texts) == 0


def test_a_notebook_shows_the_table_and_then_the_figure():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import bpviz; bpviz.compare_rules()")])
    table, figure = NotebookClient(notebook, timeout=60).execute().cells[0].outputs
    assert table["data"]["text/markdown"].startswith("| weight | change as drawn |")
    assert table["data"]["text/plain"] == repr(bpviz.compare_rules())
    assert "image/png" in figure["data"]
    assert figure["data"]["text/plain"] == "<figure: CASE 1's rules side by side>"
