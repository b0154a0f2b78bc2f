"""The formatter: a table of examples, and its promises on any number."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpviz.ground.numbers import MINUS, fixed, format_number

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
finite = st.floats(allow_nan=False, allow_infinity=False)
everyday = st.floats(-2e5, 2e5)


def parse(text):
    mantissa, _, exponent = text.strip("()").replace(MINUS, "-").partition("×10")
    return float(f"{mantissa}e{exponent.translate(SUPERSCRIPTS) or 0}")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0.00"),
        (-0.0, "0.00"),
        (0.05, "0.05"),
        (0.5, "0.50"),
        (1, "1.00"),
        (1.0, "1.00"),
        (9.0, "9.00"),
        (10.0, "10"),
        (-12.0, "−12"),
        (99999.0, "99999"),
        (0.3775, "0.3775"),
        (0.3999999999999999, "0.40"),
        (0.3999999, "0.4000"),
        (0.593269992107187, "0.5933"),
        (-0.0190491182582781, "−0.0190"),
        (1.10590596705977, "1.1059"),
        (0.01, "0.01"),
        (0.00999, "0.009990"),
        (0.0099999, "0.01000"),
        (0.000438567734474347, "0.0004386"),
        (0.0001, "0.0001000"),
        (0.00009999, "9.999×10⁻⁵"),
        (0.0000351085481, "3.511×10⁻⁵"),
        (9.9996e-5, "1.000×10⁻⁴"),
        (99999.96, "99999.96"),
        (99999.99999, "100000.0000"),
        (12345.6789, "12345.6789"),
        (100000.0, "1.000×10⁵"),
        (-1.5e12, "−1.500×10¹²"),
        (999950.0, "1.000×10⁶"),
        (1e308, "1.000×10³⁰⁸"),
        (5e-324, "4.941×10⁻³²⁴"),
        (float("nan"), "nan"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        # ties that a binary fraction holds exactly go away from zero, as toFixed has it
        (0.00390625, "0.003906"),
        (1.03125, "1.0313"),
        (-1.03125, "−1.0313"),
        (2.00003051757812500, "2.0000"),
        (100050.0, "1.001×10⁵"),
        (100150.0, "1.002×10⁵"),
    ],
)
def test_examples(x, text):
    assert format_number(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.5, "0.50"),
        (-0.5, "(−0.50)"),
        (-0.0, "0.00"),
        (-2e-7, "(−2.000×10⁻⁷)"),
        (float("-inf"), "(−∞)"),
        (float("nan"), "nan"),
    ],
)
def test_wrapped_only_when_negative(x, text):
    assert format_number(x, wrap=True) == text


@given(x=st.one_of(finite, everyday))
def test_short(x):
    assert len(format_number(abs(x))) <= 12
    assert len(format_number(x)) <= 13


@given(x=st.one_of(finite, everyday))
@example(99999.99999)
@example(0.00999999)
def test_reads_back_as_precise_as_promised(x):
    back = parse(format_number(x))
    if 0.01 <= abs(x) < 1e5:
        assert abs(Fraction(back) - Fraction(x)) <= Fraction(5, 10**5) + Fraction(1, 10**10)
    elif abs(x) < 1.797e308:  # rounded up, the largest numbers leave float64
        assert back == pytest.approx(x, rel=5.0001e-4, abs=0)


@given(n=st.integers(-10_000, 10_000))
def test_hundredths_are_shown_exactly(n):
    assert parse(format_number(n / 100)) == n / 100


@given(x=everyday)
def test_a_sign_is_a_true_minus_and_never_on_zero(x):
    text = format_number(x)
    assert "-" not in text
    assert text.startswith(MINUS) == (x < 0)
    assert format_number(-x, wrap=True) == (f"({MINUS}{text})" if x > 0 else format_number(abs(x)))


@given(n=st.integers(0, 10**6), decimals=st.integers(0, 4))
def test_ties_go_away_from_zero(n, decimals):
    tie = n + 0.5
    assert fixed(tie, 0) == str(n + 1)
    assert fixed(n / 16, decimals) == _to_fixed(Fraction(n, 16), decimals)


def _to_fixed(exact, decimals):
    """toFixed as the language's specification words it: the integer nearest to x · 10^d; of two, the larger."""
    digits = str(int(exact * 10**decimals + Fraction(1, 2))).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
