"""The three-layer perceptron: every formula of its derivation, every value by another way, sums and their terms."""

import os
import random
from dataclasses import replace

import numpy as np
import pytest

import bpviz
from bpviz.algebra.expr import Apply, Ref
from bpviz.algebra.traversal import references, terms
from bpviz.calculation.quantities import Kind, Phase
from bpviz.cases import case2
from bpviz.networks.names import numbered_wiring
from bpviz.networks.perceptron_letters import general_of, indices, letter_name
from bpviz.telling.scene import edge_id
from bpviz.telling.story import chips_in, index_of
from bpviz.views.figure.text import spans
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.writing.formula import write
from bpviz.writing.general import INDEX_SUM, Index, Lettered, in_general, shortened, tidied
from bpviz.writing.markup import Latex, Plain
from bpviz.writing.shown import formula_rows, right_side

RANDOM = 300 if not os.environ.get("CI") else 30

BOOK = {
    "error": ["E = ½Σ_k=1..l (d_k − o_k)²"],
    "error_hidden": ["E = ½Σ_k=1..l (d_k − f(Σ_j=1..m w_jk · y_j))²"],
    "error_input": ["E = ½Σ_k=1..l (d_k − f(Σ_j=1..m w_jk · f(Σ_i=1..n v_ij · x_i)))²"],
    "sum_y": ["netʸ_j = Σ_i=1..n v_ij · x_i"],
    "sum_o": ["net°_k = Σ_j=1..m w_jk · y_j"],
    "a1_1": ["y_j = f(netʸ_j) = 1/(1 + e^(−netʸ_j))"],
    "a2_1": ["o_k = f(net°_k) = 1/(1 + e^(−net°_k))"],
    "rule": ["Δw_jk = −η · ∂E/∂w_jk", "Δv_ij = −η · ∂E/∂v_ij"],
    "about_signal_o": ["δ°_k = −∂E/∂net°_k", "δ°_k = (d_k − o_k) · o_k · (1 − o_k)"],
    "about_signal_y": ["δʸ_j = −∂E/∂netʸ_j", "δʸ_j = (Σ_k=1..l δ°_k · w_jk) · y_j · (1 − y_j)"],
    "about_change_o": ["Δw_jk = −η · ∂E/∂w_jk", "Δw_jk = η · δ°_k · y_j"],
    "about_change_y": ["Δv_ij = −η · ∂E/∂v_ij", "Δv_ij = η · δʸ_j · x_i"],
    "update_2": ["w_jk⁺ = w_jk + Δw_jk"],
    "update_1": ["v_ij⁺ = v_ij + Δv_ij"],
}
"""Every formula of the book's derivation, by the beat that shows it."""

CASE2 = {
    "inputs": [0.05, 0.10],
    "targets": [0.01, 0.99],
    "weights": [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
    "biases": [[0.35, 0.35], [0.60, 0.60]],
}
IN_CASE2 = {
    "net_h1": "z1_1", "out_h1": "a1_1", "out_h2": "a1_2", "net_o1": "z2_1", "out_o1": "a2_1", "out_o2": "a2_2",
    "E_o1": "L1", "E_o2": "L2", "E_total": "L", "delta_o1": "dz2_1", "dE_dw5": "dL_dw2_1_1", "dE_dw1": "dL_dw1_1_1",
    "dE_o1_dout_h1": "dL_da1_1_over_2_1", "dE_o2_dout_h1": "dL_da1_1_over_2_2", "dE_dout_h1": "dL_da1_1",
    "w1_next": "w1_1_1_next", "w2_next": "w1_1_2_next", "w3_next": "w1_2_1_next", "w4_next": "w1_2_2_next",
    "w5_next": "w2_1_1_next", "w6_next": "w2_1_2_next", "w7_next": "w2_2_1_next", "w8_next": "w2_2_2_next",
}  # fmt: skip


def rows_of(ex, beat, values=None):
    """Every row of a beat as plain text, with its left side."""
    left = ""
    for shown in beat.formulas:
        for row in formula_rows(ex.program, shown):
            symbols = Plain(ex.notation)
            left = symbols.symbol(row.left) if row.left else left
            yield f"{left} = {right_side(row, symbols, Plain(ex.notation, values or ex.run()))}"


@pytest.mark.parametrize("sizes", [(2, 2, 2), (1, 1, 1), (3, 1, 2), (1, 2, 1), (6, 6, 6)])
def test_every_formula_of_the_book_is_in_its_beat(sizes):
    ex = bpviz.perceptron(*sizes)
    beats = {beat.id: beat for beat in ex.beats}
    for name, formulas in BOOK.items():
        rows = list(rows_of(ex, beats[name]))
        for formula in formulas:
            assert formula in rows, (name, rows)
    assert len(ex.beats) <= 32


def test_symbols_are_the_books_in_every_markup():
    ex = bpviz.perceptron(2, 3, 2)
    latex = {
        name: Latex(ex.notation).symbol(name) for name in ("w1_3_2", "w2_1_3", "delta1_3", "delta2_k", "t2", "w2_k_j")
    }
    assert latex == {
        "w1_3_2": r"v_{\mathrm{23}}",
        "w2_1_3": r"w_{\mathrm{31}}",
        "delta1_3": r"\delta_{3}^{y}",
        "delta2_k": r"\delta_{k}^{o}",
        "w2_k_j": "w_{jk}",
        "t2": "d_{2}",
    }
    assert ex.notation["change_w2_1_3"].rich == [["", "Δ"], ["i", "w"], ["sub", "31"]]
    assert ex.notation["w2_k_j"].mathml == ["msub", ["mi", "w"], ["mrow", ["mi", "j"], ["mi", "k"]]]
    assert ex.notation["delta1_j"].mathml == ["msubsup", ["mi", "δ"], ["mi", "j"], ["mi", "y"]]
    assert ex.notation["w2_k_j"].rich == [["i", "w"], ["subi", "jk"]]
    _, index = spans(ex.notation["w2_k_j"].rich, 10.0, {})
    assert index.italic
    assert index.shift > 0
    assert index.size < 10.0
    assert ex.notation["z1_2"].mathml == ["msubsup", ["mi", "net"], ["mtext", "2"], ["mi", "y"]]
    (shown,) = next(beat for beat in ex.beats if beat.id == "sum_y").formulas
    (row,) = formula_rows(ex.program, shown)
    assert right_side(row, Latex(ex.notation), Latex(ex.notation)) == (r"\sum_{i=1}^{n} v_{ij} \cdot x_{i}")


def second_opinion(given, n, m, l, eta):  # noqa: E741
    """Every value of one round, in matrices."""
    x, d, v, w, b, c = given
    y = 1 / (1 + np.exp(-(v @ x + b)))
    o = 1 / (1 + np.exp(-(w @ y + c)))
    delta_o = (d - o) * o * (1 - o)
    delta_y = (w.T @ delta_o) * y * (1 - y)
    change_v, change_w = eta * np.outer(delta_y, x), eta * np.outer(delta_o, y)
    found = {"L": 0.5 * np.sum((d - o) ** 2)}
    found |= {f"a1_{j + 1}": y[j] for j in range(m)} | {f"delta1_{j + 1}": delta_y[j] for j in range(m)}
    found |= {f"a2_{k + 1}": o[k] for k in range(l)} | {f"delta2_{k + 1}": delta_o[k] for k in range(l)}
    for layer, old, change in ((1, v, change_v), (2, w, change_w)):
        for (to, source), value in np.ndenumerate(change):
            name = f"w{layer}_{to + 1}_{source + 1}"
            found |= {f"change_{name}": value, f"{name}_next": old[to, source] + value}
            found[f"dL_d{name}"] = -value / eta
    return found


@pytest.mark.parametrize("seed", range(RANDOM))
def test_every_value_of_random_perceptrons_is_the_second_opinions(seed):
    rng = random.Random(seed)
    n, m, l = (rng.randint(1, 6) for _ in range(3))  # noqa: E741
    draw = np.random.default_rng(seed)
    x, d, v, w = (draw.normal(0, 2, shape) for shape in (n, l, (m, n), (l, m)))
    biased = seed % 2
    b, c = draw.normal(0, biased, m), draw.normal(0, biased, l)
    eta = rng.choice((0.01, 0.5, 3.0))
    biases = [b.tolist(), c.tolist()] if biased else None
    ex = bpviz.perceptron(n, m, l, x.tolist(), d.tolist(), [v.tolist(), w.tolist()], biases, eta)
    trace = ex.run()
    expected = second_opinion((x, d, v, w, b, c), n, m, l, eta)
    compared = (Kind.ACTIVATION, Kind.ERROR_SIGNAL, Kind.CHANGE, Kind.UPDATED)
    assert {step.name for step in ex.program.steps if step.role.kind in compared} <= expected.keys()
    for name, value in expected.items():
        assert trace[name] == pytest.approx(value, rel=1e-9, abs=1e-15), name


@pytest.mark.parametrize("sizes", [(2, 2, 2), (1, 1, 1), (6, 4, 1), (3, 1, 5)])
def test_values_are_those_of_a_network_under_its_names(sizes):
    ours, theirs = bpviz.perceptron(*sizes), bpviz.network(list(sizes))
    assert [(g.name, g.default, g.low, g.high) for g in ours.program.givens] == [
        (g.name, g.default, g.low, g.high) for g in theirs.program.givens
    ]
    mine, other = ours.run(), theirs.run()
    assert {name: mine[name] for name in other} == dict(other)
    for k, neuron in ((1, 1), (2, sizes[2])):
        assert mine[f"delta{k}_{neuron}"] == -mine[f"dz{k}_{neuron}"]
    assert ours.train(20).losses.tolist() == theirs.train(20).losses.tolist()
    assert ours.check_gradients().agrees


def test_case2_is_one_of_them():
    ex, source = bpviz.perceptron(2, 2, 2, **CASE2), bpviz.case2()
    trace, known = ex.run(), source.run()
    assert {name: trace[ours] for name, ours in IN_CASE2.items()} == {name: known[name] for name in IN_CASE2}
    assert trace["delta2_1"] == -known["delta_o1"]
    assert ex.train(1000).losses.tolist() == source.train(1000).losses.tolist()
    agree = [figure.name for figure in case2.PUBLISHED if figure.name in IN_CASE2 and figure.agrees(known[figure.name])]
    assert {"out_o1", "E_total", "w5_next", "w1_next"} <= set(agree)
    shown = list(rows_of(ex, next(beat for beat in ex.beats if beat.id == "z1_1")))
    assert shown[:2] == ["netʸ_j = Σ_i=1..n v_ij · x_i + bʸ_j", "netʸ_1 = v11 · x1 + v21 · x2 + bʸ1"]


class Numbering:
    """The way back from general forms: a number for each letter, and a sum sign becomes its terms."""

    def __init__(self, wiring, program):
        self.wiring, self.program, self.general = wiring, program, general_of(wiring, program)
        self.sizes = {index.letter: index.size for index in indices(wiring)}
        self.names = {(q.name, self.numbers(name)): name for name, q in self.general.quantities.items()}

    def numbers(self, name):
        """The letters of a numbered name with their numbers, by where it stands."""
        quantity = self.program_quantity(name)
        neurons = (quantity,) if isinstance(quantity, str) else quantity
        return frozenset((letter_name("ijk"[self.wiring.layer_of(n)]), int(n[-1])) for n in neurons)

    def program_quantity(self, name):
        places = {bias: n for n, bias in self.wiring.biases.items()}
        return places.get(name) or self.program[name].quantity.place

    def written_out(self, expr, numbers):
        if isinstance(expr, Apply) and expr.op == INDEX_SUM:
            letter, _, term = expr.args
            counts = range(1, self.sizes[letter.name] + 1)
            total, *others = (self.written_out(term, numbers | {(letter.name, k)}) for k in counts)
            for part in others:
                total = Apply("add", (total, part))
            return total
        if isinstance(expr, Apply):
            return Apply(expr.op, tuple(self.written_out(arg, numbers) for arg in expr.args))
        if isinstance(expr, Ref):
            known = (name for (general, own), name in self.names.items() if general == expr.name and own <= numbers)
            return Ref(next(known, expr.name))
        return expr


@pytest.mark.parametrize("sizes", [(2, 3, 2), (1, 1, 1), (6, 6, 6), (4, 1, 3)])
@pytest.mark.parametrize("biases", [None, "init"])
def test_every_general_form_written_out_is_the_program(sizes, biases):
    ex = bpviz.perceptron(*sizes, biases=biases)
    wiring = numbered_wiring(sizes, ["sigmoid"] * 2, biases=biases is not None)
    way_back = Numbering(wiring, ex.program)
    for step in ex.program.steps:
        quantity = way_back.general.quantities.get(step.name)
        general = way_back.general.steps[quantity.name if quantity else step.name]
        numbers = way_back.numbers(step.name) if quantity else frozenset()
        assert terms(way_back.written_out(general, numbers)) == terms(step.expr), step.name


XY = {"x1": Lettered("xi", frozenset("i")), "x2": Lettered("xi", frozenset("i")), "b": Lettered("b")}
OVER_I = (Index("i", "n", 2),)


def test_a_sum_is_folded_only_where_it_is_one_over_an_index():
    x1, x2, b = Ref("x1"), Ref("x2"), Ref("b")
    folded = Apply(INDEX_SUM, (Ref("i"), Ref("n"), Ref("xi")))
    assert in_general(x1 + x2 + b, XY, frozenset(), OVER_I) == folded + b
    assert in_general(x1 * b, XY, frozenset("i"), OVER_I) == Ref("xi") * b
    with pytest.raises(ValueError, match="1 terms are no sum over i"):
        in_general(x1 + b, XY, frozenset(), OVER_I)
    with pytest.raises(ValueError, match="2 terms are no sum over nothing"):
        in_general(b + b, XY, frozenset(), OVER_I)


def test_tidying_takes_only_doubled_minus_signs_away():
    a, b = Ref("a"), Ref("b")
    negative = Apply("neg", (a,))
    assert tidied(Apply("neg", (Apply("mul", (negative, b)),))) == Apply("mul", (a, b))
    assert tidied(Apply("neg", (Apply("mul", (b, negative)),))) == Apply("mul", (b, a))
    assert tidied(Apply("neg", (Apply("add", (negative, Apply("neg", (b,)))),))) == Apply("add", (a, b))
    for kept in (Apply("neg", (Apply("add", (negative, b)),)), Apply("mul", (negative, b)), negative):
        assert tidied(kept) == kept


def spoken_of(ex, general, beat):
    """Nodes and edges of what a beat's formula speaks of in its last form; of a letter, all that it stands for."""
    told = {"rest": beat.formulas, "update": beat.formulas[:1]}.get(beat.id.partition("_")[0], beat.formulas[-1:])
    last = [list(formula_rows(ex.program, replace(shown, most=None)))[-1] for shown in told]
    names = {shown.step for shown in told} | {name for row in last for name in references(row.expr)}
    named = [name for name in ex.run() if name in names or general.name_of(name) in names]
    places = [place for name in named if (place := ex.program[name].quantity.place)]
    nodes = {p for p in places if isinstance(p, str)} | {n for name in named for n in ex.scene.where(name).nodes}
    return nodes, {edge_id(*p) for p in places if not isinstance(p, str)}


@pytest.mark.parametrize("sizes", [(2, 3, 2), (1, 1, 1), (3, 2, 2), (6, 6, 6)])
def test_what_a_formula_speaks_of_is_lit_and_nothing_else(sizes):
    ex = bpviz.perceptron(*sizes)
    general = general_of(numbered_wiring(sizes, ["sigmoid"] * 2), ex.program)
    errors = {node.id for node in ex.scene.nodes if node.id.startswith("L")}
    for beat in (beat for beat in ex.beats if beat.formulas and beat.id != "rule"):
        nodes, edges = spoken_of(ex, general, beat)
        lit = set(beat.lit or (*ex.scene.edge, *(node.id for node in ex.scene.nodes)))
        about_error = beat.phase is Phase.LOSS or beat.id == "about_signal_o"
        weights = {name for name in lit & ex.scene.edge.keys() if ex.scene.edge[name].carries}
        assert weights == edges, beat.id
        assert nodes - errors <= lit, beat.id
        ends = {end for e in edges for end in (ex.scene.edge[e].source, ex.scene.edge[e].target)}
        assert {node.id for node in ex.scene.nodes} & lit - ends - nodes <= (errors if about_error else set()), beat.id
        assert bool(errors & lit) == about_error, beat.id
        assert set(beat.focus) <= lit, beat.id


def test_the_first_output_stands_alone_where_its_error_is_written_out():
    beats = {beat.id: beat for beat in bpviz.perceptron(2, 3, 2).beats}
    for name in ("error_hidden_terms", "error_input_terms"):
        assert beats[name].focus == ("2_1",)
        assert {"L1", "t1"} <= set(beats[name].lit)
        assert not {"L2", "t2", "L", "2_2"} & set(beats[name].lit)


def test_an_error_signal_comes_back_over_the_weights_that_its_formula_has():
    beats = {beat.id: beat for beat in bpviz.perceptron(2, 3, 2).beats}
    assert beats["delta1_1"].backward == ("1_1→2_1", "1_1→2_2")
    assert set(beats["signals_1"].backward) == {f"1_{j}→2_{k}" for j in (2, 3) for k in (1, 2)}
    assert len(beats["about_signal_y"].backward) == 6
    assert set(beats["about_signal_o"].backward) == {"2_1→L1", "2_2→L2", "L1→L", "L2→L"}
    back = {chip.anchor: chip for chip in beats["delta1_1"].chips}["1_1→2_2"]
    values = {piece.what for line in back.lines for piece in line if piece.show == "value"}
    assert values == {"delta2_2", "w2_2_1"}


def test_changes_stand_beside_the_error_signals_of_their_formula():
    beats = bpviz.perceptron(2, 3, 2).beats
    for name, signals in (("about_change_o", "22"), ("change_w2_1_1", "2"), ("changes_1", "111")):
        seen = chips_in(beats, index_of(beats, name))
        below = [chip.anchor for chip in seen if chip.anchor.endswith(".left")]
        assert below == [f"{layer}_{k}.left" for k, layer in enumerate(signals, 1)], name


SHORTENED = {None: "a + b + c + d + e", 3: "a + … + e", 4: "a + b + … + e", 5: "a + b + c + d + e"}


@pytest.mark.parametrize(("most", "written"), SHORTENED.items())
def test_long_sums_are_shortened_to_so_many_pieces(most, written):
    ex = bpviz.graph("a + b + c + d + e", name="s", a=1, b=2, c=3, d=4, e=5)
    expr = Ref("a") + Ref("b") + Ref("c") + Ref("d") + Ref("e")
    assert write(Plain(ex.notation), shortened(expr, most)) == written


@pytest.mark.parametrize("size", [0, 7, "3", 2.5, True, None])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_other_sizes_are_refused_with_the_choices(size, place):
    sizes = [2, 2, 2]
    sizes[place] = size
    with pytest.raises((TypeError, ValueError), match=rf"^{'nml'[place]} must be .*from 1 to 6, not "):
        bpviz.perceptron(*sizes)


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"weights": {"v11": 1.0}}, ValueError, r"no weight 'v11'; weights are w1_1_1, w1_1_2, w1_2_1, .*, w2_2_2"),
        ({"weights": {"w1_1_1": "x"}}, TypeError, r"weights\['w1_1_1'\] must be one number"),
        ({"weights": [[[1, 2]]]}, ValueError, "weights has 1 matrices"),
        ({"inputs": [1]}, ValueError, "inputs"),
        ({"targets": [1, float("nan")]}, ValueError, "targets"),
        ({"eta": None}, TypeError, "eta must be one number"),
    ],
)
def test_numbers_that_cannot_be_are_refused(options, error, match):
    with pytest.raises(error, match=match):
        bpviz.perceptron(2, 2, 2, **options)


def test_weights_can_be_given_by_name():
    ex = bpviz.perceptron(2, 2, 2, weights={"w1_2_1": 0.25, "w2_1_2": -3})
    trace, drawn = ex.run(), bpviz.perceptron(2, 2, 2).run()
    assert (trace["w1_2_1"], trace["w2_1_2"], trace["w1_1_1"]) == (0.25, -3.0, drawn["w1_1_1"])


@pytest.mark.parametrize("sizes", [(1, 1, 1), (3, 3, 3), (6, 6, 6), (1, 6, 2)])
def test_every_view_shows_it(sizes, tmp_path):
    ex = bpviz.perceptron(*sizes)
    check_score(score(ex))
    ex.to_html(tmp_path / "page.html")
    for form, sign in (("markdown", r"\sum_{k=1}^{l}"), ("latex", r"\sum_{k=1}^{l}"), ("text", "Σ_k=1..l")):
        assert sign in ex.solution(form)
    for beat in ("error_input_terms", "delta1_1", "how_to_change"):
        ex.draw(beat)
    player = ex.player(start="error_hidden")
    player.train(5)
    assert player.rounds == 5


def test_nothing_is_told_before_its_formula_and_all_is_told_once():
    ex = bpviz.perceptron(4, 5, 3)
    told = [name for beat in ex.beats for name in beat.reveals]
    assert sorted(told) == sorted(step.name for step in ex.program.steps)
    assert [beat.id for beat in ex.beats[-2:]] == ["how_to_change", "done"]
    signals = [s.name for s in ex.program.steps if s.role.kind is Kind.ERROR_SIGNAL]
    assert len(signals) == 8
