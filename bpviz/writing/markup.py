"""Markups of a formula: how symbols, numbers, fractions and signs are written as MathML trees, LaTeX or plain text."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from bpviz.ground.numbers import MINUS, format_number
from bpviz.writing.notation import Notation

T = TypeVar("T")


class Writer(ABC, Generic[T]):
    """How the pieces of a formula are written in one markup; the walk over the expression is shared."""

    def __init__(self, notation: Notation, values: Mapping[str, float] | None = None) -> None:
        """Write symbols from `notation`, or numbers from `values` where given."""
        self.notation = notation
        self.values = values

    @abstractmethod
    def symbol(self, name: str) -> T:
        """Return the symbol of a quantity."""

    def remark(self, name: str) -> T:
        """Return a symbol of the notation that stands for no quantity of its own, such as f1(e1)."""
        return self.symbol(name)

    @abstractmethod
    def number(self, name: str, wrap: bool, bold: bool = False) -> T:
        """Return the value of a quantity; `wrap`: in parentheses when negative."""

    @abstractmethod
    def text(self, text: str) -> T:
        """Return a number or word that stands in the formula itself."""

    @abstractmethod
    def join(self, *parts: "T | str") -> T:
        """Return parts side by side; a str is an operator sign."""

    @abstractmethod
    def fraction(self, above: T, below: T) -> T:
        """Return a fraction."""

    @abstractmethod
    def power(self, base: T, exponent: T) -> T:
        """Return a power."""

    @abstractmethod
    def root(self, inside: T) -> T:
        """Return a square root."""

    @abstractmethod
    def index_sum(self, letter: T, most: T, term: T) -> T:
        """Return a sum sign with the letter from 1 to `most`, and the term behind it."""

    def parens(self, inside: T) -> T:
        """Return the piece in parentheses."""
        return self.join("(", inside, ")")


class MathML(Writer[list[Any]]):
    """Trees [tag, marker, child, ...] that the player builds; numbers are slots filled by the browser."""

    def symbol(self, name: str) -> list[Any]:
        """Return the symbol, marked with the quantity it stands for."""
        return ["mrow", {"ref": name}, self.notation[name].mathml]

    def remark(self, name: str) -> list[Any]:
        """Return the symbol without a mark."""
        return self.notation[name].mathml

    def number(self, name: str, wrap: bool, bold: bool = False) -> list[Any]:
        """Return a slot for a live number."""
        return ["mn", {"bp": name} | ({"wrap": True} if wrap else {}) | ({"bold": True} if bold else {})]

    def text(self, text: str) -> list[Any]:
        """Return a number token or a word."""
        return ["mn" if text[0].isdigit() else "mi", text]

    def join(self, *parts: list[Any] | str) -> list[Any]:
        """Return a row."""
        return ["mrow", *(["mo", p] if isinstance(p, str) else p for p in parts)]

    def fraction(self, above: list[Any], below: list[Any]) -> list[Any]:
        """Return mfrac."""
        return ["mfrac", above, below]

    def power(self, base: list[Any], exponent: list[Any]) -> list[Any]:
        """Return msup."""
        return ["msup", base, exponent]

    def root(self, inside: list[Any]) -> list[Any]:
        """Return msqrt."""
        return ["msqrt", inside]

    def index_sum(self, letter: list[Any], most: list[Any], term: list[Any]) -> list[Any]:
        """Return munderover with what it adds up."""
        return ["mrow", ["munderover", ["mo", "∑"], self.join(letter, "=", self.text("1")), most], term]


class _Text(Writer[str]):
    def number(self, name: str, wrap: bool, bold: bool = False) -> str:
        """Return the value, formatted."""
        if self.values is None:
            raise ValueError("numbers need values")
        return format_number(self.values[name], wrap)


class Latex(_Text):
    """LaTeX without dollar signs; also what matplotlib's mathtext reads."""

    def symbol(self, name: str) -> str:
        """Return the symbol's LaTeX."""
        return self.notation[name].latex

    def number(self, name: str, wrap: bool, bold: bool = False) -> str:
        """Return the value; powers of ten as LaTeX, bold if asked for."""
        text = latex_number(super().number(name, wrap))
        return rf"\mathbf{{{text}}}" if bold else text

    def text(self, text: str) -> str:
        """Return a number or an upright word."""
        return latex_number(text) if text[0].isdigit() or len(text) == 1 else rf"\mathrm{{{text}}}"

    def join(self, *parts: str) -> str:
        """Return the parts; operator signs become LaTeX commands."""
        signs = {"·": r" \cdot ", MINUS: "-", "+": " + ", "=": " = ", f" {MINUS} ": " - "}
        return "".join(signs.get(p, p) for p in parts)

    def fraction(self, above: str, below: str) -> str:
        """Return frac."""
        return rf"\frac{{{above}}}{{{below}}}"

    def power(self, base: str, exponent: str) -> str:
        """Return a superscript."""
        return f"{{{base}}}^{{{exponent}}}"

    def root(self, inside: str) -> str:
        """Return sqrt."""
        return rf"\sqrt{{{inside}}}"

    def index_sum(self, letter: str, most: str, term: str) -> str:
        """Return sum with both its ends."""
        return rf"\sum_{{{letter}=1}}^{{{most}}} {term}"


class Plain(_Text):
    """One line of text: `1/(1 + e^(−net_h1))`."""

    def symbol(self, name: str) -> str:
        """Return the symbol as text."""
        return self.notation[name].plain

    def text(self, text: str) -> str:
        """Return the text itself."""
        return text

    def join(self, *parts: str) -> str:
        """Return the parts; binary signs get spaces."""
        return "".join({"·": " · ", "+": " + ", "=": " = "}.get(p, p) for p in parts)

    def fraction(self, above: str, below: str) -> str:
        """Return a/b, with parentheses around anything longer than a word; one half has a sign of its own."""
        if (above, below) == ("1", "2"):
            return "½"
        return f"{_word(above)}/{_word(below)}"

    def power(self, base: str, exponent: str) -> str:
        """Return ² for a square, else ^."""
        return f"{base}²" if exponent == "2" else f"{base}^{_word(exponent)}"

    def root(self, inside: str) -> str:
        """Return √."""
        return f"√{_word(inside)}"

    def index_sum(self, letter: str, most: str, term: str) -> str:
        """Return Σ_k=1..l and the term."""
        return f"Σ_{letter}=1..{most} {term}"


def _word(text: str) -> str:
    single = text.replace("_", "").replace(".", "").isalnum() and "²" not in text
    return text if single else f"({text})"


_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def latex_number(text: str) -> str:
    """Return a formatted number as LaTeX: an ASCII minus, powers of ten with a superscript."""
    mantissa, times, exponent = text.replace(MINUS, "-").replace("∞", r"\infty").partition("×10")
    closing = ")" if exponent.endswith(")") else ""
    return mantissa + (rf"\times 10^{{{exponent.rstrip(')').translate(_DIGITS)}}}" if times else "") + closing
