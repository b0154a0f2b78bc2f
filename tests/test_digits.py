"""Digits: how they are written, how lines become pixels, that a network learns them, and what is refused."""

import numpy as np
import pytest
from digit_lines import DIGITS, drawn

import bpviz
from bpviz import digits


def picture(*lines):
    return digits.image(lines).reshape(8, 8)


def test_what_is_drawn_is_moved_and_scaled_into_the_middle():
    line = np.array([(3, 1), (9, 1), (5, 14), (5, 20)])
    np.testing.assert_allclose(picture(line * 7 + 100), picture(line), atol=1e-12)
    upright = picture([(0, 0), (0, 5)])
    assert (upright[:, [0, 1, 2, 5, 6, 7]] == 0).all()
    np.testing.assert_allclose(upright, upright[:, ::-1], atol=1e-12)
    assert upright[:, 3].min() > 0.3
    np.testing.assert_allclose(picture([(0, 0), (5, 0)]), upright.T, atol=1e-12)


def test_a_pixel_is_as_dark_as_the_line_is_near():
    dot = picture([(4, 4)])
    assert dot[3, 3] == pytest.approx(0.55 + 0.5 - np.hypot(0.5, 0.5))
    assert dot[0, 0] == 0
    slanted = picture([(0, 0), (1, 1)])
    assert np.diag(slanted).min() > np.diag(slanted, 1).min()
    assert not digits.image([]).any()


def test_digits_are_written_by_seed_and_come_equally_often():
    X, y = digits.written(200, seed=3)
    again, same = digits.written(200, seed=3)
    assert X.shape == (200, 64)
    assert (again == X).all()
    assert (same == y).all()
    assert np.bincount(y).tolist() == [20] * 10
    assert (digits.written(200, seed=4)[0] != X).any()
    assert X.min() == 0 and X.max() == 1  # noqa: PT018


@pytest.fixture(scope="module")
def learnt():
    net = bpviz.MLP([64, 40, 10])
    net.fit(*digits.written(3000), epochs=30, batch=50, eta=0.003, optimizer="adam", progress=False)
    return net


def test_a_network_learns_them_and_knows_those_that_a_hand_draws(learnt):
    X, y = digits.written(500, seed=1)
    assert (learnt.predict(X).argmax(axis=1) == y).mean() > 0.95
    hand = [(digit, drawn(digit, which, seed)) for digit in DIGITS for which in (0, 1) for seed in range(3)]
    said = learnt.predict([digits.image(lines) for _, lines in hand]).argmax(axis=1)
    right = said == [digit for digit, _ in hand]
    assert right.mean() > 0.9
    assert min(right.reshape(10, 6).sum(axis=1)) >= 4  # of each digit most


def test_the_pad_carries_the_weights_and_tells_the_answer(learnt):
    lines = drawn(7, 0, 0)
    pad = digits.pad(learnt, lines)
    assert "The network answers 7, by 9" in repr(pad)
    assert pad.content["weights"][1] == learnt.weights[1].tolist()
    assert digits.pad(learnt)._repr_mimebundle_()[0]["text/plain"] == "Nothing is drawn yet."
    shares = [bar.get_width() for bar in pad.figure.axes[1].patches]
    np.testing.assert_allclose(shares, learnt.predict([digits.image(lines)])[0])


def test_a_figure_shows_pictures_and_slopes():
    X, y = digits.written(12)
    figure = digits.show(X, y)
    assert [pane.get_title() for pane in figure.axes[:12]] == [str(digit) for digit in y]
    np.testing.assert_array_equal(np.asarray(figure.axes[3].images[0].get_array()).ravel(), X[3])
    slopes = np.zeros((1, 64))
    slopes[0, 9], slopes[0, 10] = -2, 1
    more, _, less, _ = digits.show(X[:1], ["?"], slopes).axes[0].collections
    assert more.get_offsets()[np.argmax(more.get_sizes())].tolist() == [1, 1]
    assert less.get_offsets()[np.argmax(less.get_sizes())].tolist() == [2, 1]
    assert max(more.get_sizes()) == 2 * max(less.get_sizes())


@pytest.mark.parametrize(
    ("attempt", "error", "message"),
    [
        (lambda: digits.written(0), ValueError, "count must be from 1 to 100,000, not 0"),
        (lambda: digits.written(seed=-1), ValueError, "the seed must be"),
        (lambda: digits.image(7), TypeError, "lines must be lists of points"),
        (lambda: digits.image([[]]), ValueError, "line 0 must hold at least one number"),
        (lambda: digits.image([[1, 2]]), ValueError, "every line must be a list of points"),
        (lambda: digits.image([[(0, np.nan)]]), ValueError, "line 0 must be finite"),
        (lambda: digits.pad(bpviz.network([2, 1])), TypeError, "pad takes a network, as bpviz.MLP"),
        (lambda: digits.pad(bpviz.MLP([63, 10])), ValueError, "64 inputs and end in softmax of 10"),
        (lambda: digits.pad(bpviz.MLP([64, 10], output="sigmoid")), ValueError, "end in softmax"),
        (lambda: digits.show([[0.5] * 63], ["a"]), ValueError, r"X must have shape \(1 to 100, 64\), not \(1, 63\)"),
        (lambda: digits.show([[0.5] * 64], []), ValueError, "labels must be 1, one for each picture, not 0"),
        (lambda: digits.show([[0.5] * 64], ["a"], [[1.0] * 64] * 2), ValueError, "slopes must have shape"),
    ],
)
def test_what_cannot_be_is_refused_by_name(attempt, error, message):
    with pytest.raises(error, match=message):
        attempt()
