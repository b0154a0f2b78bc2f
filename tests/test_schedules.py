"""Schedules of the learning rate: their shape, training by them, the figure, and what is refused."""

import numpy as np
import oracles
import pytest

import bpviz
from bpviz import schedules
from bpviz.views.figure.schedules import STYLES


def test_a_shrinking_schedule_loses_the_same_part_every_round():
    rates = schedules.shrinking(50, 8.0, 0.5)
    assert (len(rates), rates[0], rates[-1]) == (50, 8.0, 0.5)
    assert np.allclose(rates[1:] / rates[:-1], (0.5 / 8.0) ** (1 / 49), rtol=1e-12)


def test_a_growing_schedule_has_its_peak_after_three_tenths():
    rates = schedules.growing_then_shrinking(100, 0.1, 10.0, 0.2)
    assert (len(rates), rates[0], rates[-1], rates.argmax(), rates.max()) == (100, 0.1, 0.2, 30, 10.0)
    assert (np.diff(rates[:31]) > 0).all()
    assert (np.diff(rates[30:]) < 0).all()


def test_a_constant_schedule_trains_as_the_rate_itself():
    ex = bpviz.case2()
    by_rate, by_schedule = ex.train(200, eta=0.7), ex.train(200, eta=schedules.constant(200, 0.7))
    assert (by_rate.losses == by_schedule.losses).all()
    assert dict(by_rate.final) == dict(by_schedule.final)


@pytest.mark.parametrize("ex", [bpviz.case2(), bpviz.case1("exact"), bpviz.case1()], ids=["case2", "exact", "drawn"])
def test_every_round_uses_its_own_rate(ex):
    rates = schedules.growing_then_shrinking(40, 0.2, 5.0, 0.1)
    history, now = ex.train(40, eta=rates), {}
    for k, rate in enumerate(rates):
        trace = oracles.run(ex.program, {g.name: g.default for g in ex.program.givens} | now | {"eta": rate})
        assert history.losses[k] == pytest.approx(trace[ex.program.loss], rel=1e-12)
        now = {name: trace[step] for name, step in ex.program.feedback.items()}
    for name, value in now.items():
        assert history.final[name] == pytest.approx(value, rel=1e-12)
    assert history.final["eta"] == rates[-1]


def test_long_schedules_are_trained_in_stretches(monkeypatch):
    ex, rates = bpviz.neuron(), schedules.shrinking(100, 3.0, 0.1)
    whole = ex.train(100, eta=rates)
    monkeypatch.setattr("bpviz.calculation.training.AT_ONCE", 7)
    parts = ex.train(100, eta=rates)
    assert (whole.losses == parts.losses).all()
    assert dict(whole.final) == dict(parts.final)


def test_divergence_by_a_schedule_names_its_round():
    ex = bpviz.case2(activation="identity")
    rates = np.r_[np.full(5, 0.1), np.full(2000, 1e3)]
    history = ex.train(len(rates), eta=rates)
    assert history.diverged_at > 5
    assert np.isfinite(history.losses[: history.diverged_at]).all()
    assert np.isnan(history.losses[history.diverged_at + 1 :]).all()


def test_only_a_learning_rate_may_change_from_round_to_round():
    with pytest.raises(ValueError, match="eta has 2 values, but training takes 3 rounds: one value for each"):
        bpviz.case2().train(3, eta=[0.1, 0.2])
    with pytest.raises(TypeError, match=r"w5 is an array of shape \(3,\)"):
        bpviz.case2().train(3, w5=[0.1, 0.2, 0.3])
    with pytest.raises(TypeError, match=r"eta is an array of shape \(3, 1\)"):
        bpviz.case2().train(3, eta=[[0.1], [0.2], [0.3]])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: schedules.shrinking(10, 1.0, 2.0), "end is 2.0 and start is 1.0"),
        (lambda: schedules.growing_then_shrinking(10, 3.0, 2.0, 1.0), "start is 3.0 and peak is 2.0"),
        (lambda: schedules.growing_then_shrinking(10, 1.0, 2.0, 3.0), "end is 3.0 and peak is 2.0"),
        (lambda: schedules.constant(0, 0.5), "the number of rounds must be from 1 to 10,000,000, not 0"),
        (lambda: schedules.constant(10**5000, 0.5), "must be from 1 to 10,000,000, not so large a number"),
        (lambda: schedules.constant(5, 0.0), "the rate of a schedule must be above 0, not 0.0"),
        (lambda: schedules.shrinking(5, 1.0, float("nan")), "the end of a schedule"),
        (lambda: bpviz.case2().draw_schedules({}), "one to 4 schedules, not 0"),
        (lambda: drawn(mine=[0.5, -1.0]), "the rates of the schedule 'mine' must be above 0"),
        (lambda: drawn(mine=[0.5, float("inf")]), "rate 2 of the schedule 'mine' must be finite, not inf"),
        (lambda: drawn(mine=[]), "the schedule 'mine' has no rates"),
        (
            lambda: bpviz.case2().draw_schedules({"a": [0.5]}, eta=0.5),
            "the schedules set 'eta': it cannot be given here",
        ),
    ],
)
def test_what_is_no_schedule_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def drawn(**chosen):
    return bpviz.case2().draw_schedules(chosen)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: schedules.constant(True, 0.5), "the number of rounds must be a whole number, not True"),
        (lambda: schedules.shrinking(2.5, 1.0, 0.5), "the number of rounds must be a whole number, not 2.5"),
        (lambda: bpviz.case2().draw_schedules(None), "a mapping from a label to learning rates, not None"),
        (lambda: bpviz.case2().draw_schedules({1: [0.5]}), "the label of a schedule must be a text, not 1"),
        (lambda: drawn(mine=0.5), "the schedule 'mine' must be a list of learning rates, not 0.5"),
        (lambda: drawn(mine="0.5"), "the schedule 'mine' must be a list of learning rates, not '0.5'"),
        (lambda: drawn(mine=[0.5, [1]]), r"rate 2 of the schedule 'mine' must be one number, not \[1\]"),
    ],
)
def test_what_is_not_even_numbers_is_refused(call, words):
    with pytest.raises(TypeError, match=words):
        call()


@pytest.mark.parametrize("label", ["$\\frac$", "_hidden", "100 % & {x}"])
def test_a_label_is_shown_as_it_is_written(label):
    figure = bpviz.neuron().draw_schedules({label: [0.5, 0.4]})
    assert [text.get_text() for text in figure.axes[1].get_legend().get_texts()] == [label]
    figure.to_png()


def test_the_figure_shows_rates_and_losses_by_label():
    ex = bpviz.case1("exact")
    chosen = {"small": schedules.constant(30, 0.5), "shrinking": schedules.shrinking(30, 8.0, 0.5)}
    figure = ex.draw_schedules(chosen, w14=0.1)
    left, right = figure.axes
    assert [line.get_label() for line in left.lines] == list(chosen)
    for line, (color_and_dashes, label) in zip(right.lines, zip(STYLES, chosen, strict=False), strict=True):
        assert line.get_linestyle() == color_and_dashes[1]
        assert (line.get_ydata() == ex.train(30, w14=0.1, eta=chosen[label]).losses).all()
    assert (left.get_title(), right.get_title()) == ("learning rate η", "error E")


def test_what_lesson_03_tells_of_four_schedules():
    n, ex = 1000, bpviz.case1(preset="apart")
    small, large, shrinking, growing = (
        ex.train(n, eta=rates).losses
        for rates in (
            schedules.constant(n, 0.5),
            schedules.constant(n, 100),
            schedules.shrinking(n, 100, 0.5),
            schedules.growing_then_shrinking(n, 0.5, 100, 0.5),
        )
    )
    assert max(large[5], shrinking[5]) < 0.001 < 0.1 < min(small[5], growing[5]), "who starts large falls fastest"
    assert 0.001 < large[-100:].min() < large[-100:].max() < 0.005, "and then stays near 0.002"
    assert shrinking[-1] == growing[-1] == 0.0
    assert 1e-9 < small[-1] < 1e-8


@pytest.mark.parametrize(
    ("largest", "fails"), [(2, False), (10, False), (100, False), (320, False), (330, True), (1e4, True)]
)
def test_how_large_the_largest_rate_of_lesson_03_may_be(largest, fails):
    rates = schedules.shrinking(1000, largest, 0.5)
    end = bpviz.case1(preset="apart").train(1000, eta=rates).losses[-1]
    assert end == pytest.approx(0.045, rel=5e-3) if fails else end < 1e-15


def test_what_lesson_03_tells_of_the_thin_peak():
    """Where steps are longest, the last digit of a rate decides if the loss jumps; short steps end it either way."""
    ex = bpviz.case1(preset="apart")
    rates = schedules.growing_then_shrinking(1000, 0.5, 100, 0.5)
    jumps, ends = [], []
    for seed in range(10):
        away = np.random.default_rng(seed).choice([0.0, np.inf], len(rates))
        losses = ex.train(1000, eta=np.nextafter(rates, away)).losses
        jumps.append(losses[300:360].max())
        ends.append(losses[-1])
    assert min(jumps) < 1e-6
    assert max(jumps) > 1e-3
    assert max(ends) < 1e-30
