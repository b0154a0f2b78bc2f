"""Symbols: a letter or a word with its indices, or a derivative, as plain and rich text, LaTeX and MathML."""

from dataclasses import dataclass, replace
from typing import Any

from bpviz.ground.texts import one_line, without_marks

PRIME = "′"
"""As a superscript it would be too small to see: it stands in full size at its letter."""

LATEX_LETTERS = {
    "α": r"\alpha",
    "β": r"\beta",
    "δ": r"\delta",
    "μ": r"\mu",
    "η": r"\eta",
    "∂": r"\partial",
    "Δ": r"\Delta",
    "′": r"\prime",
}

_LATEX_SIGNS = {c: f"\\{c}" for c in "_%&#${}"} | {
    "\\": r"\backslash ",
    "^": r"\wedge ",
    "~": r"\sim ",
    "<": "<{}",
    "←": r"\leftarrow ",
}

_ABOVE = {"o": "°", "y": "ʸ"}
"""Letters above, in plain text."""

Run = Any
"""A piece of rich text: [style, text] with style "", "i", "b", "sub", "sup" or "subi", an italic sub; or {"bp": name},
a live number."""


def _latex(text: str) -> str:
    """One character as it is, a word upright, with LaTeX's own signs as letters; no sign can begin a tag of HTML."""
    safe = "".join(_LATEX_SIGNS.get(c, c) for c in without_marks(text))
    return safe if len(text) == 1 else rf"\mathrm{{{safe}}}"


@dataclass(frozen=True)
class Symbol:
    """One symbol: a letter or a word, with a subscript and a superscript; letters are italic, words upright.

    With an `argument` it is a function's value, such as f1(e1). `before`: a sign before its letter, as in Δw.
    `counts`: its subscript is letters that stand for numbers, such as j and k, italic as they are elsewhere.
    """

    base: str
    sub: str = ""
    sup: str = ""
    argument: "Symbol | None" = None
    before: str = ""
    counts: bool = False

    def __post_init__(self) -> None:
        for part in ("base", "sub", "sup", "before"):
            object.__setattr__(self, part, one_line(getattr(self, part)))

    @property
    def plain(self) -> str:
        """As text: `net_h1`, `w5⁺`; subscripts of a letter that begin with a number or a bracket follow directly.

        A letter above comes first: `δ°_k`.
        """
        joint = "" if len(self.base) == 1 and (self.sub.isdigit() or self.sub.startswith("(")) else "_"
        sub, above = joint + self.sub if self.sub else "", _ABOVE.get(self.sup, "")
        name = self.before + self.base + above + sub + ("" if above else self.sup.replace("+", "⁺"))
        return f"{name}({self.argument.plain})" if self.argument else name

    @property
    def latex(self) -> str:
        """As LaTeX, without dollar signs."""
        base = "".join(f"{LATEX_LETTERS[c]} " for c in self.before) + LATEX_LETTERS.get(self.base, _latex(self.base))
        sub = "".join(map(_latex, self.sub)) if self.counts else _latex(self.sub)
        sup = LATEX_LETTERS.get(self.sup, _latex(self.sup))
        name = base + (f"_{{{sub}}}" if self.sub else "") + (f"^{{{sup}}}" if self.sup else "")
        return f"{name}({self.argument.latex})" if self.argument else name

    @property
    def mathml(self) -> list[Any]:
        """As a MathML tree [tag, child, ...]."""
        if self.argument:
            return [
                "mrow",
                replace(self, argument=None).mathml,
                ["mrow", ["mo", "("], self.argument.mathml, ["mo", ")"]],
            ]
        base: list[Any] = [
            "mi",
            self.base,
        ]  # several letters stand upright; as mtext they would count as space beside a sign
        if self.before:
            return ["mrow", ["mtext", self.before], replace(self, before="").mathml]
        sub, sup = self._index, ["mi" if self.sup.isalpha() else "mo", self.sup]
        if self.sup == PRIME:
            base = ["mrow", base, sup]
            return ["msub", base, sub] if self.sub else base
        if self.sub and self.sup:
            return ["msubsup", base, sub, sup]
        return ["msub", base, sub] if self.sub else ["msup", base, sup] if self.sup else base

    @property
    def _index(self) -> list[Any]:
        """The subscript in MathML, where one letter alone is italic."""
        letters = [["mi", letter] for letter in self.sub]
        return ["mtext", self.sub] if not self.counts else letters[0] if len(letters) == 1 else ["mrow", *letters]

    @property
    def rich(self) -> list[Run]:
        """As runs of rich text."""
        runs = [["", self.before]] if self.before else []
        runs += [["i" if len(self.base) == 1 else "", self.base]]
        runs += [["", PRIME]] if self.sup == PRIME else []
        runs += [["subi" if self.counts else "sub", self.sub]] if self.sub else []
        runs += [["sup", self.sup]] if self.sup not in ("", PRIME) else []
        return [*runs, ["", "("], *self.argument.rich, ["", ")"]] if self.argument else runs

    @property
    def short(self) -> "Symbol":
        """The symbol as it reads beside its own neuron: `out` for `out_h1`, but still `w5` and `w14`."""
        return replace(self, sub="") if self.sub[1:] and self.sub[0].isalpha() else self


@dataclass(frozen=True)
class Derivative:
    """∂of/∂by, where both are symbols; `sign` is the d that is used."""

    of: Symbol
    by: Symbol
    sign: str = "∂"

    @property
    def plain(self) -> str:
        """As text: `∂E_total/∂w5`."""
        return f"{self.sign}{self.of.plain}/{self.sign}{self.by.plain}"

    @property
    def latex(self) -> str:
        """As LaTeX, without dollar signs."""
        sign = LATEX_LETTERS.get(self.sign, self.sign)
        return rf"\frac{{{sign} {self.of.latex}}}{{{sign} {self.by.latex}}}"

    @property
    def mathml(self) -> list[Any]:
        """As a MathML tree [tag, child, ...]."""
        return ["mfrac", ["mrow", ["mo", self.sign], self.of.mathml], ["mrow", ["mo", self.sign], self.by.mathml]]

    @property
    def rich(self) -> list[Run]:
        """As runs of rich text, on one line."""
        return [["", self.sign], *self.of.rich, ["", f"/{self.sign}"], *self.by.rich]

    @property
    def short(self) -> "Derivative":
        """The same with short symbols, for a label that stands beside its neuron or on its edge.

        Where both have the same number and the same layer above, as in ∂a₁^[2]/∂z₁^[2], neither has them.
        """
        if self.of.sup and (self.of.sub, self.of.sup) == (self.by.sub, self.by.sup):
            return replace(self, of=replace(self.of, sub="", sup=""), by=replace(self.by, sub="", sup=""))
        return replace(self, of=self.of.short, by=self.by.short)


AnySymbol = Symbol | Derivative
