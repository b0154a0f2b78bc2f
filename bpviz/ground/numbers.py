"""The one formatter: how a float64 looks on display, alike in Python and in the browser (`js/kit/format.js`)."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
DUST = 1e-12
"""What rounding to a slider's step leaves behind: 0.3999999999999999 reads 0.40."""

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_number(x: float, wrap: bool = False, decimals: int | None = None) -> str:
    """Return `x` (scalar) for display.

    2 or 4 decimals; 4 significant digits below 0.01; powers of ten from 10⁵ on and below 10⁻⁴.
    `wrap` puts a negative number in parentheses, as a factor or a later term of a sum needs it.
    `decimals` asks for so many of them, to compare digits; then powers of ten begin below 10⁻⁶.
    """
    text = _magnitude(abs(x)) if decimals is None else _with_decimals(abs(x), decimals)
    if not x < 0:
        return text
    return f"({MINUS}{text})" if wrap else f"{MINUS}{text}"


def _magnitude(a: float) -> str:
    if a != a:
        return "nan"
    if a == float("inf"):
        return "∞"
    if a == 0:
        return "0.00"
    if a >= 1e5 or a < 1e-4:
        return _scientific(a)
    if a >= 10 and a == int(a):
        return str(int(a))
    if a < 0.01:
        return _significant(a, 4)
    return fixed(a, 2) if abs(float(fixed(a, 2)) - a) < DUST else fixed(a, 4)


def _with_decimals(a: float, decimals: int) -> str:
    if a != a or a == float("inf"):
        return _magnitude(a)
    return fixed(a, decimals) if a == 0 or 1e-6 <= a < 1e5 else _scientific(a, decimals + 1)


def fixed(a: float, decimals: int) -> str:
    """Return `a` with so many decimals; ties go away from zero, as `toFixed` in the browser has it."""
    return f"{Decimal(a).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):f}"


def _significant(a: float, digits: int) -> str:
    return f"{_round(a, digits):f}"


def _scientific(a: float, digits: int = 4) -> str:
    rounded = _round(a, digits)
    exponent = rounded.adjusted()
    mantissa = rounded.scaleb(-exponent)
    return f"{mantissa:f}×10{str(exponent).translate(_SUPERSCRIPT)}"


def _round(a: float, digits: int) -> Decimal:
    exact = Decimal(a)
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=ROUND_HALF_UP)
    # 9.9996 becomes 10.000: one digit more than asked for
    return rounded.quantize(Decimal(1).scaleb(rounded.adjusted() - digits + 1), rounding=ROUND_HALF_UP)
