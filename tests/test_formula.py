"""Formulas: exact in plain text, LaTeX and MathML, and read back as what they came from."""

import math
import re

import oracles
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import is_ordinary, plain_numbers, trees

import bpviz
from bpviz.algebra.expr import Apply, Const, Ref, apply
from bpviz.algebra.ops import OPS
from bpviz.writing.formula import write
from bpviz.writing.markup import Latex, MathML, Plain, latex_number
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import Derivative, Symbol

X, Y, Z = Ref("x1"), Ref("x2"), Ref("x3")
NOTATION = Notation(
    {
        "x1": Symbol("x", "1"),
        "x2": Symbol("x", "2"),
        "x3": Symbol("x", "3"),
        "slope": Derivative(Symbol("E"), Symbol("w")),
    }
)
VALUES = {"x1": 0.5, "x2": -0.25, "x3": 2.0, "slope": -0.125}

MATHS = {name: getattr(math, name) for name in ("sin", "cos", "tanh", "log", "sqrt")}
MATHS |= {"softplus": lambda x: math.log1p(math.exp(x)), "LeakyReLU": lambda x: x if x > 0 else x / 100}
MATHS |= {"e": math.e, "max": max, "min": min, "abs": abs, "ind": lambda x: 1.0 if x > 0 else 0.0}

values = st.fixed_dictionaries({name: plain_numbers.filter(bool) for name in ("x1", "x2", "x3")})


def read(text, **names):
    """Read a formula as a person does: usual precedence, a number before a parenthesis multiplies."""
    text = text.replace("−", "-").replace("·", "*").replace("²", "**2").replace("^", "**")
    text = text.replace("½(", "(1/2)*(").replace("½", "(1/2)")
    text = re.sub(r"√\(", "sqrt(", re.sub(r"√([\w.]+)", r"sqrt(\1)", text))
    text = text.replace("[", "ind(").replace(" > 0]", ")")
    text = re.sub(r"(?<![\w.])([\d.]+)\(", r"\1*(", text)
    return eval(text, {"__builtins__": {}} | MATHS | names)  # noqa: S307 - our own formula


def flat(tree):
    """A MathML tree as the line of text that a reader sees; rows group nothing."""
    tag, *children = tree
    parts = [flat(c) if isinstance(c, list) else c for c in children if not isinstance(c, dict)]
    if tag == "mfrac":
        return f"({parts[0]})/({parts[1]})"
    if tag == "msup":
        return f"{parts[0]}^({parts[1]})"
    return f"√({parts[0]})" if tag == "msqrt" else "".join(parts)


def as_drawn(expr, point):
    return float(oracles.evaluate(expr, point))


@given(tree=trees(), point=values)
def test_plain_symbols_read_back_as_the_expression(tree, point):
    assume(is_ordinary(tree, point))
    assert read(write(Plain(NOTATION), tree), **point) == pytest.approx(as_drawn(tree, point), rel=1e-6, abs=1e-6)


@given(tree=trees(), point=values)
def test_plain_numbers_read_back_as_the_value(tree, point):
    assume(is_ordinary(tree, point))
    assert read(write(Plain(NOTATION, point), tree)) == pytest.approx(as_drawn(tree, point), rel=1e-6, abs=1e-6)


@given(tree=trees(), point=values)
def test_mathml_reads_back_as_the_expression(tree, point):
    assume(is_ordinary(tree, point))
    text = flat(write(MathML(Notation({n: Symbol(n) for n in point})), tree))
    assert read(text, **point) == pytest.approx(as_drawn(tree, point), rel=1e-6, abs=1e-6)


@given(tree=trees())
def test_latex_braces_and_parentheses_are_balanced(tree):
    for point in (None, VALUES):
        text = write(Latex(NOTATION, point), tree)
        for opening, closing in ("{}", "()", "[]"):
            depth = 0
            for letter in text:
                depth += (letter == opening) - (letter == closing)
                assert depth >= 0, text
            assert depth == 0, text
        assert "−" not in text


@given(tree=trees())
def test_every_markup_has_the_same_parentheses(tree):
    by_markup = [write(Latex(NOTATION), tree), flat_without_layout(write(MathML(NOTATION), tree))]
    latex, mathml = (re.sub(r"[^()\[\]]", "", text) for text in by_markup)
    assert latex == mathml


def flat_without_layout(tree):
    return "".join(flat_without_layout(c) if isinstance(c, list) else c for c in tree[1:] if not isinstance(c, dict))


@given(tree=trees())
def test_no_number_is_followed_by_a_sign_of_its_own(tree):
    for point in (None, VALUES):
        text = write(Plain(NOTATION, point), tree)
        assert not re.search(r"[+−·/] ?−", text.replace("(−", "(")), text


PIECES = [
    (X + Y, "x1 + x2", "0.50 + (−0.25)", "x_{1} + x_{2}"),
    (X - Y, "x1 − x2", "0.50 − (−0.25)", "x_{1} - x_{2}"),
    (X - (Y - Z), "x1 − (x2 − x3)", "0.50 − (−0.25 − 2.00)", "x_{1} - (x_{2} - x_{3})"),
    (Y + (Y + Z), "x2 + x2 + x3", "−0.25 + (−0.25) + 2.00", "x_{2} + x_{2} + x_{3}"),
    ((X + Y) * Z, "(x1 + x2) · x3", "(0.50 + (−0.25)) · 2.00", r"(x_{1} + x_{2}) \cdot x_{3}"),
    (X * Y, "x1 · x2", "0.50 · (−0.25)", r"x_{1} \cdot x_{2}"),
    (-(X + Y), "−(x1 + x2)", "−(0.50 + (−0.25))", "-(x_{1} + x_{2})"),
    (X + -Y, "x1 + (−x2)", "0.50 + (−(−0.25))", "x_{1} + (-x_{2})"),
    (X / (Y * Z), "x1/(x2 · x3)", "0.50/((−0.25) · 2.00)", r"\frac{x_{1}}{x_{2} \cdot x_{3}}"),
    (apply("square", Y), "x2²", "(−0.25)²", "{x_{2}}^{2}"),
    (0.5 * apply("square", X - Y), "½(x1 − x2)²", "½(0.50 − (−0.25))²", r"\frac{1}{2}{(x_{1} - x_{2})}^{2}"),
    (2 * (X * Y), "2 · x1 · x2", "2 · 0.50 · (−0.25)", r"2 \cdot x_{1} \cdot x_{2}"),
    (2 * apply("sigmoid", X), "2 · 1/(1 + e^(−x1))", "2 · 1/(1 + e^(−0.50))", r"2 \cdot \frac{1}{1 + {e}^{-x_{1}}}"),
    (apply("sigmoid", Y), "1/(1 + e^(−x2))", "1/(1 + e^(−(−0.25)))", r"\frac{1}{1 + {e}^{-x_{2}}}"),
    (apply("exp", X), "e^x1", "e^0.50", "{e}^{x_{1}}"),
    (apply("relu", Y), "max(0, x2)", "max(0, −0.25)", r"\mathrm{max}(0, x_{2})"),
    (apply("step", Y), "[x2 > 0]", "[−0.25 > 0]", "[x_{2} > 0]"),
    (apply("tanh", X), "tanh(x1)", "tanh(0.50)", r"\mathrm{tanh}(x_{1})"),
    (apply("sqrt", X + 1), "√(x1 + 1)", "√(0.50 + 1)", r"\sqrt{x_{1} + 1}"),
    (apply("square", apply("sqrt", X)), "(√x1)²", "(√0.50)²", r"{(\sqrt{x_{1}})}^{2}"),
    (apply("sqrt", apply("square", X)), "√(x1²)", "√((0.50)²)", r"\sqrt{{x_{1}}^{2}}"),
    (apply("pow", Const(0.5), X), "(½)^x1", "(½)^0.50", r"{(\frac{1}{2})}^{x_{1}}"),
    (apply("reciprocal", Z), "1/x3", "1/2.00", r"\frac{1}{x_{3}}"),
    (-2 * X, "(−2) · x1", "(−2) · 0.50", r"(-2) \cdot x_{1}"),
    (X + -3.5, "x1 + (−3.50)", "0.50 + (−3.50)", "x_{1} + (-3.50)"),
    (1e-7 * X, "1.000×10⁻⁷ · x1", "1.000×10⁻⁷ · 0.50", r"1.000\times 10^{-7} \cdot x_{1}"),
    (apply("pow", Const(1e-7), X), "(1.000×10⁻⁷)^x1", "(1.000×10⁻⁷)^0.50", r"{(1.000\times 10^{-7})}^{x_{1}}"),
    (Ref("slope") * X, "∂E/∂w · x1", "(−0.1250) · 0.50", r"\frac{\partial E}{\partial w} \cdot x_{1}"),
    (apply("square", Ref("slope")), "(∂E/∂w)²", "(−0.1250)²", r"{(\frac{\partial E}{\partial w})}^{2}"),
    (X / Ref("slope"), "x1/(∂E/∂w)", "0.50/(−0.1250)", r"\frac{x_{1}}{\frac{\partial E}{\partial w}}"),
]


@pytest.mark.parametrize(("expr", "symbols", "numbers", "latex"), PIECES)
def test_pieces(expr, symbols, numbers, latex):
    assert write(Plain(NOTATION), expr) == symbols
    assert write(Plain(NOTATION, VALUES), expr) == numbers
    assert write(Latex(NOTATION), expr) == latex


def test_every_operation_is_written_in_every_markup():
    for op in OPS.values():
        expr = Apply(op.name, (X, Y)[: op.arity])
        assert write(Plain(NOTATION), expr)
        assert write(Latex(NOTATION), expr)
        assert write(MathML(NOTATION), expr)[0].startswith("m")


def a_step(name):
    ex = bpviz.case2()
    return ex.program[name].expr, ex.notation, ex.run()


@pytest.mark.parametrize(
    ("name", "symbols", "numbers", "latex"),
    [
        (
            "net_h1",
            "w1 · i1 + w2 · i2 + b1",
            "0.15 · 0.05 + 0.20 · 0.10 + 0.35",
            r"w_{1} \cdot i_{1} + w_{2} \cdot i_{2} + b_{1}",
        ),
        ("out_h1", "1/(1 + e^(−net_h1))", "1/(1 + e^(−0.3775))", r"\frac{1}{1 + {e}^{-\mathrm{net}_{\mathrm{h1}}}}"),
        (
            "E_o1",
            "½(target_o1 − out_o1)²",
            "½(0.01 − 0.7514)²",
            r"\frac{1}{2}{(\mathrm{target}_{\mathrm{o1}} - \mathrm{out}_{\mathrm{o1}})}^{2}",
        ),
        (
            "dE_dout_o2",
            "−(target_o2 − out_o2)",
            "−(0.99 − 0.7729)",
            r"-(\mathrm{target}_{\mathrm{o2}} - \mathrm{out}_{\mathrm{o2}})",
        ),
        (
            "dout_dnet_o1",
            "out_o1 · (1 − out_o1)",
            "0.7514 · (1 − 0.7514)",
            r"\mathrm{out}_{\mathrm{o1}} \cdot (1 - \mathrm{out}_{\mathrm{o1}})",
        ),
        (
            "dE_o2_dout_h1",
            "δ_o2 · ∂net_o2/∂out_h1",
            "(−0.0381) · 0.50",
            r"\delta_{\mathrm{o2}} \cdot "
            r"\frac{\partial \mathrm{net}_{\mathrm{o2}}}{\partial \mathrm{out}_{\mathrm{h1}}}",
        ),
        (
            "dE_dout_h1",
            "∂E_o1/∂out_h1 + ∂E_o2/∂out_h1",
            "0.0554 + (−0.0190)",
            r"\frac{\partial E_{\mathrm{o1}}}{\partial \mathrm{out}_{\mathrm{h1}}} + "
            r"\frac{\partial E_{\mathrm{o2}}}{\partial \mathrm{out}_{\mathrm{h1}}}",
        ),
        (
            "w1_next",
            "w1 − η · ∂E_total/∂w1",
            "0.15 − 0.50 · 0.0004386",
            r"w_{1} - \eta \cdot \frac{\partial E_{\mathrm{total}}}{\partial w_{1}}",
        ),
    ],
)
def test_steps_of_case2(name, symbols, numbers, latex):
    expr, notation, trace = a_step(name)
    assert write(Plain(notation), expr) == symbols
    assert write(Plain(notation, trace), expr) == numbers
    assert write(Latex(notation), expr) == latex


def test_mathml_of_a_step_in_symbols_and_in_slots():
    expr, notation, _ = a_step("w5_next")
    w5 = ["mrow", {"ref": "w5"}, ["msub", ["mi", "w"], ["mtext", "5"]]]
    eta = ["mrow", {"ref": "eta"}, ["mi", "η"]]
    e_total = ["msub", ["mi", "E"], ["mtext", "total"]]
    slope = ["mfrac", ["mrow", ["mo", "∂"], e_total], ["mrow", ["mo", "∂"], w5[2]]]
    product = ["mrow", eta, ["mo", "·"], ["mrow", {"ref": "dE_dw5"}, slope]]
    assert write(MathML(notation), expr) == ["mrow", w5, ["mo", " − "], product]
    slots = [["mn", {"bp": name}] for name in ("w5", "eta", "dE_dw5")]
    slots[1][1]["wrap"] = slots[2][1]["wrap"] = True
    product = ["mrow", slots[1], ["mo", "·"], slots[2]]
    assert write(MathML(notation, values={}), expr) == ["mrow", slots[0], ["mo", " − "], product]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("0.50", "0.50"),
        ("−0.50", "-0.50"),
        ("(−0.50)", "(-0.50)"),
        ("3.511×10⁻⁵", r"3.511\times 10^{-5}"),
        ("(−3.511×10⁻⁵)", r"(-3.511\times 10^{-5})"),
        ("∞", r"\infty"),
        ("nan", "nan"),
    ],
)
def test_numbers_in_latex(text, latex):
    assert latex_number(text) == latex


def test_bold_results():
    assert Latex(NOTATION, VALUES).number("x2", wrap=False, bold=True) == r"\mathbf{-0.25}"
    assert MathML(NOTATION).number("x2", wrap=False, bold=True) == ["mn", {"bp": "x2", "bold": True}]


def test_numbers_need_values_and_symbols_need_a_notation():
    with pytest.raises(ValueError, match="numbers need values"):
        Plain(NOTATION).number("x1", wrap=False)
    with pytest.raises(KeyError, match="no symbol for 'w9'"):
        write(Plain(NOTATION), Ref("w9"))
    with pytest.raises(TypeError, match="not an expression: 'x1'"):
        write(Plain(NOTATION), "x1")


@pytest.mark.parametrize(
    ("op", "e", "other"),
    [("sigmoid", "1/(1 + exp(−e1))", "1/(1 + e^(−x1))"), ("exp", "exp(e1)", "e^x1")],
)
def test_where_e_is_a_symbol_no_other_e_stands_beside_it(op, e, other):
    notation = Notation({"x1": Symbol("e", "1")})
    expr = apply(op, X)
    assert write(Plain(notation), expr) == e
    assert write(Plain(NOTATION), expr) == other
    assert r"\mathrm{exp}" in write(Latex(notation), expr)
    assert "exp" in str(write(MathML(notation), expr))
