"""Symbols: exact in each markup, and one for every quantity of every example."""

import pytest
from variants import CASE2, EVERY_EXAMPLE, NEURONS

import bpviz
from bpviz.calculation.quantities import Kind
from bpviz.ground.words import words
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import Derivative, Symbol

W5, NET, E = Symbol("w", "5"), Symbol("net", "h1"), Symbol("E", "total")


@pytest.mark.parametrize(
    ("symbol", "plain", "latex", "mathml", "rich"),
    [
        (W5, "w5", "w_{5}", ["msub", ["mi", "w"], ["mtext", "5"]], [["i", "w"], ["sub", "5"]]),
        (
            Symbol("w", "5", "+"),
            "w5⁺",
            "w_{5}^{+}",
            ["msubsup", ["mi", "w"], ["mtext", "5"], ["mo", "+"]],
            [["i", "w"], ["sub", "5"], ["sup", "+"]],
        ),
        (
            NET,
            "net_h1",
            r"\mathrm{net}_{\mathrm{h1}}",
            ["msub", ["mi", "net"], ["mtext", "h1"]],
            [["", "net"], ["sub", "h1"]],
        ),
        (Symbol("η"), "η", r"\eta", ["mi", "η"], [["i", "η"]]),
        (Symbol("net"), "net", r"\mathrm{net}", ["mi", "net"], [["", "net"]]),
        (
            Symbol("δ", "o1"),
            "δ_o1",
            r"\delta_{\mathrm{o1}}",
            ["msub", ["mi", "δ"], ["mtext", "o1"]],
            [["i", "δ"], ["sub", "o1"]],
        ),
        (Symbol("b", "", "+"), "b⁺", "b^{+}", ["msup", ["mi", "b"], ["mo", "+"]], [["i", "b"], ["sup", "+"]]),
        (Symbol("y", "", "′"), "y′", r"y^{\prime}", ["mrow", ["mi", "y"], ["mo", "′"]], [["i", "y"], ["", "′"]]),
        (
            Symbol("f", "1", "′", argument=Symbol("e", "1")),
            "f1′(e1)",
            r"f_{1}^{\prime}(e_{1})",
            [
                "mrow",
                ["msub", ["mrow", ["mi", "f"], ["mo", "′"]], ["mtext", "1"]],
                ["mrow", ["mo", "("], ["msub", ["mi", "e"], ["mtext", "1"]], ["mo", ")"]],
            ],
            [["i", "f"], ["", "′"], ["sub", "1"], ["", "("], ["i", "e"], ["sub", "1"], ["", ")"]],
        ),
        (
            Derivative(E, W5),
            "∂E_total/∂w5",
            r"\frac{\partial E_{\mathrm{total}}}{\partial w_{5}}",
            ["mfrac", ["mrow", ["mo", "∂"], E.mathml], ["mrow", ["mo", "∂"], W5.mathml]],
            [["", "∂"], ["i", "E"], ["sub", "total"], ["", "/∂"], ["i", "w"], ["sub", "5"]],
        ),
    ],
)
def test_each_markup_exactly(symbol, plain, latex, mathml, rich):
    assert (symbol.plain, symbol.latex, symbol.mathml, symbol.rich) == (plain, latex, mathml, rich)


def test_a_letter_and_the_bracket_of_its_subscript_stand_together():
    assert Symbol("w", "(x1)1", "′").plain == "w(x1)1′"
    assert Symbol("net", "(x1)").plain == "net_(x1)"


def test_short_symbols_drop_the_neuron_but_not_the_number():
    assert Symbol("out", "h1").short == Symbol("out")
    assert W5.short == W5
    assert Derivative(E, Symbol("out", "h1")).short == Derivative(Symbol("E"), Symbol("out"))
    slope = Derivative(Symbol("a", "1", "[2]"), Symbol("z", "1", "[2]"))
    assert slope.short == Derivative(Symbol("a"), Symbol("z")), "both are the neuron's own"
    onward = Derivative(Symbol("z", "1", "[2]"), Symbol("a", "1", "[1]"))
    assert onward.short == onward, "two layers"


@pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)
def test_every_quantity_and_every_neuron_has_a_symbol(ex):
    for name in ex.program.names:
        symbol = ex.notation[name]
        assert symbol.plain
        assert "{}" not in symbol.latex
        assert symbol.mathml[0].startswith("m")
    for node in ex.scene.nodes:
        if node.shape != "box":
            assert node.id in ex.notation or node.id.isdigit() or f"neurons.{node.id}" in words()


@pytest.mark.parametrize("ex", [*CASE2, *NEURONS], ids=str)
def test_no_two_quantities_share_a_symbol(ex):
    plain = [ex.notation[name].plain for name in ex.program.names]
    assert len(set(plain)) == len(plain), sorted(p for p in plain if plain.count(p) > 1)


def test_symbols_of_derived_steps_come_from_what_they_are_about():
    notation = bpviz.case2(train_biases=True).notation
    plain = {name: notation[name].plain for name in ("delta_o1", "w1_next", "b2_next", "dE_dw5", "dE_o2_dout_h1")}
    assert plain == {
        "delta_o1": "δ_o1",
        "w1_next": "w1⁺",
        "b2_next": "b2⁺",
        "dE_dw5": "∂E_total/∂w5",
        "dE_o2_dout_h1": "∂E_o2/∂out_h1",
    }
    assert notation["dout_dnet_o1"].plain == "∂out_o1/∂net_o1"
    assert notation["dnet_o1_dw5"].plain == "∂net_o1/∂w5"
    assert notation["dE_dout_h1"].plain == "∂E_total/∂out_h1"


def test_every_delta_is_written_as_a_delta():
    ex = bpviz.case2()
    deltas = [s.name for s in ex.program.steps if s.quantity.kind is Kind.DELTA]
    assert [ex.notation[name].base for name in deltas] == ["δ"] * 4


def test_a_notation_is_a_read_only_mapping_that_names_what_is_missing():
    notation = Notation({"w5": W5})
    assert dict(notation) == {"w5": W5}
    assert len(notation) == 1
    with pytest.raises(KeyError, match="no symbol for 'w6'"):
        notation["w6"]
    with pytest.raises(TypeError):
        notation["w6"] = W5
