"""The calculation by hand: every step with its number, in order, in three formats."""

import dataclasses
import re
from itertools import groupby, pairwise

import pytest

import bpviz
from bpviz.algebra.traversal import references
from bpviz.ground.numbers import format_number
from bpviz.telling.story import Text
from bpviz.writing.markup import Latex, Plain, latex_number

FORMATS = ("markdown", "latex", "text")
EXAMPLES = {
    "case2": bpviz.case2(),
    "sequential": bpviz.case2(update="sequential", train_biases=True),
    "relu": bpviz.case2(activation="relu"),
    "neuron": bpviz.neuron(),
    "case1": bpviz.case1(),
    "case1 exact": bpviz.case1("exact"),
    "case1 by neuron": bpviz.case1("exact", {1: "tanh", 2: "relu", 6: "identity"}),
}
OTHER = {
    "case2": {"w1": -123.456, "w5": 1e-7, "eta": 1e6},
    "neuron": {"w1": -3.21, "x2": 1e-7, "eta": 1e6},
    "case1": {"w14": -123.456, "w_x1_3": 1e-7, "eta": 1e6},
    "case1 by neuron": {"w14": -123.456, "w_x1_2": -7, "eta": 1e6},
}
RUNS = [(name, {}) for name in EXAMPLES] + list(OTHER.items())


def formula_lines(example, format, givens):
    """The rows of all formulas, from the sign on, each with the left side it belongs to."""
    text = example.solution(format, **givens)
    left, rows = "", []
    sign = " = " if format == "text" else "&= "
    for line in text.splitlines():
        before, found, after = line.partition(sign)
        if found and (format != "text" or line.startswith("    ")):
            left = before.strip() or left
            rows.append((left, after.removesuffix(r" \\[4pt]")))
    return rows


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("name", "givens"), RUNS)
def test_every_step_ends_in_its_value(name, givens, format):
    example, trace = EXAMPLES[name], EXAMPLES[name].run(**givens)
    symbols = (Plain if format == "text" else Latex)(example.notation)
    rows = formula_lines(example, format, givens)
    for step in example.program.steps:
        if step.name.startswith("g_"):
            continue  # what CASE 1 changes without the learning rate: for the truth panel alone
        value = format_number(trace[step.name])
        ending = f"= {value}" if format == "text" else rf"= \mathbf{{{latex_number(value)}}}"
        if not any(references(step.expr)):
            ending = "= 1"  # the slope of the identity: nothing to put in
        own = [right for left, right in rows if left == symbols.symbol(step.name)]
        assert own, step.name
        assert f"= {own[-1]}".endswith(ending), step.name


@pytest.mark.parametrize("format", FORMATS)
def test_every_given_is_listed(format):
    text = EXAMPLES["case2"].solution(format, w1=-123.456, eta=1e6)
    if format == "text":
        assert "Weights to hidden: w1 = −123.4560, w2 = 0.20, w3 = 0.25, w4 = 0.30" in text
        assert "Learning rate: η = 1.000×10⁶" in text
    else:
        assert "Weights to hidden: $w_{1} = -123.4560$, $w_{2} = 0.20$" in text
        assert r"Learning rate: $\eta = 1.000\times 10^{6}$" in text


def test_rows_align_at_their_equals_signs():
    assert """\
The gradient for w6

    ∂net_o1/∂w6  = out_h2 = 0.5969
    ∂E_total/∂w6 = δ_o1 · ∂net_o1/∂w6
                 = 0.1385 · 0.5969 = 0.0827
""" in EXAMPLES["case2"].solution("text")


def sections(text, pattern):
    return re.findall(pattern, text, re.MULTILINE)


@pytest.mark.parametrize(
    ("format", "pattern"),
    [
        ("markdown", r"^## \d+\. (\w+)$"),
        ("latex", r"^\\section\*\{\d+\. (\w+)\}$"),
        ("text", r"^\d+\. (\w+)\n-+$"),
    ],
)
def test_sections_follow_the_phases(format, pattern):
    assert sections(EXAMPLES["case2"].solution(format), pattern) == ["Forward", "Error", "Backward", "Update"]
    again = ["Forward", "Error", "Backward", "Update", "Backward", "Update"]
    assert sections(EXAMPLES["sequential"].solution(format), pattern) == again


def lefts_in_text(example):
    return [left for left, _ in groupby(left for left, _ in formula_lines(example, "text", {}))]


@pytest.mark.parametrize("name", [name for name in EXAMPLES if "case1" not in name])
def test_steps_stand_in_the_order_of_the_program(name):
    example = EXAMPLES[name]
    symbols = Plain(example.notation)
    steps = [symbols.symbol(step.name) for step in example.program.steps]
    assert [left for left in lefts_in_text(example) if left in steps] == steps


@pytest.mark.parametrize("name", [name for name in EXAMPLES if "case1" in name])
def test_steps_of_case_1_stand_where_its_story_tells_them(name):
    example = EXAMPLES[name]
    symbols = Plain(example.notation)
    for before, after in pairwise(example.beats):
        early, late = ([symbols.symbol(n) for n in beat.reveals if not n.startswith("g_")] for beat in (before, after))
        lefts = lefts_in_text(example)
        assert max(map(lefts.index, early), default=-1) < min(map(lefts.index, late), default=len(lefts)), after.id


def test_the_update_rule_is_said():
    assert "Every gradient is taken at the old weights." in EXAMPLES["case2"].solution("text")
    assert "later steps use the changed weight" in EXAMPLES["sequential"].solution("text")


def test_markdown_has_one_closed_formula_for_each_step_told():
    text = EXAMPLES["case2"].solution()
    blocks = re.findall(r"\$\$\n(.*?)\n\$\$", text, re.DOTALL)
    assert len(blocks) == sum(1 for beat in EXAMPLES["case2"].beats if beat.formulas)
    assert text.count("$$") == 2 * len(blocks)
    for block in blocks:
        assert block.startswith("\\begin{aligned}\n")
        assert block.endswith("\n\\end{aligned}")
        assert "\n\n" not in block
        assert "$" not in block


@pytest.mark.parametrize("name", EXAMPLES)
def test_latex_is_a_whole_document_with_everything_closed(name):
    text = EXAMPLES[name].solution("latex")
    assert text.startswith("\\documentclass{article}")
    assert text.endswith("\\end{document}\n")
    open_environments = []
    for what, environment in re.findall(r"\\(begin|end)\{([a-z]+\*?)\}", text):
        if what == "begin":
            open_environments.append(environment)
        else:
            assert open_environments.pop() == environment
    assert not open_environments
    for line in text.splitlines():
        bare = re.sub(r"\\[\\{}$]", "", line)
        assert bare.count("{") == bare.count("}"), line
        assert bare.count("$") % 2 == 0, line
    assert text.isascii()


HOSTILE = "$x$ **b** <script> # \\end{document} %_^~&`|[a](b)\n\n# heading"


@pytest.fixture
def hostile():
    example = EXAMPLES["case2"]
    beat = dataclasses.replace(example.beats[1], title=Text("titles.net", {"n": HOSTILE}))
    return dataclasses.replace(example, beats=(beat,))


def test_hostile_text_stays_text_in_markdown(hostile):
    text = hostile.solution("markdown")
    (heading,) = [line for line in text.splitlines() if line.startswith("### ")]
    shown = re.sub(r"\\([^\w\s]|_)", r"\1", heading.removeprefix("### Net input of "))
    assert shown == " ".join(HOSTILE.split())
    assert not re.search(r"(?<!\\)[$*<`_#\[\]|&~]", heading.removeprefix("### "))
    assert "\n# heading" not in text


def test_hostile_text_stays_text_in_latex(hostile):
    text = hostile.solution("latex")
    (heading,) = [line for line in text.splitlines() if line.startswith(r"\subsection*{")]
    assert r"\$x\$" in heading
    assert r"\textbackslash{}end\{document\}" in heading
    assert r"\%\_\textasciicircum{}\textasciitilde{}\&" in heading
    assert text.count(r"\end{document}") == 1


def test_hostile_text_stays_on_its_line_as_plain_text(hostile):
    assert f"Net input of {' '.join(HOSTILE.split())}\n" in hostile.solution("text")


def test_an_unknown_format_or_language_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="no format 'html'; formats are markdown, latex, text"):
        EXAMPLES["case2"].solution("html")
    with pytest.raises(ValueError, match=r"no format \[\]; formats are"):
        EXAMPLES["case2"].solution([])
    with pytest.raises(ValueError, match="languages are"):
        EXAMPLES["case2"].solution(lang="xx")


CASE1_IN_TEXT = """
New weights into neuron 6

    f6′(e6) = df6(e)/de = y · (1 − y)
            = 0.5209 · (1 − 0.5209) = 0.2496
    w46′    = w46 + η · δ · f6′(e6) · y4
            = 0.80 + 0.50 · 0.3791 · 0.2496 · 0.5544 = 0.8262
"""


def test_case1_is_told_in_its_own_symbols_and_says_its_rule():
    drawn, exact = EXAMPLES["case1"].solution("text"), EXAMPLES["case1 exact"].solution("text")
    assert CASE1_IN_TEXT in drawn
    assert "this is not the gradient" in drawn
    assert "This is the gradient" in exact
    assert "g_" not in drawn + exact
