"""The truth panel of the exported page: every row against Python's own gradients and published figures."""

import math
from dataclasses import replace

import pytest
from graph import used_twice
from player_driver import agree, open_page
from variants import OTHER_SHAPES

import bpviz
from bpviz.example.published import Published
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words

WORDS = words().section("player")
DIGITS = 1e-7  # relative: what a central difference in float64 can tell
EXAMPLES = {
    "simultaneous": bpviz.case2,
    "sequential": lambda: bpviz.case2("sequential", train_biases=True),
    "neuron": bpviz.neuron,
    "case1": bpviz.case1,
}
READ = """root => [...root.querySelectorAll(".bpviz-truth [data-witness]")].map(cell => {
  const row = cell.parentElement;
  const why = row.nextElementSibling?.querySelectorAll(".bpviz-truth-note") ?? [];
  const sign = row.querySelector("[role=img]");
  return [cell.dataset.witness, {
    label: row.querySelector("th").textContent,
    text: cell.textContent,
    value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
    sign: sign.textContent,
    meaning: sign.getAttribute("aria-label"),
    difference: sign.nextElementSibling.textContent,
    note: [...why].filter(note => getComputedStyle(note).visibility === "visible").map(n => n.textContent).join(),
  }];
})"""


def read(player) -> dict[str, dict]:
    player.settle()
    return dict(player.root.evaluate(READ))


def mains(example):
    """Every beat that computes something, with the name of its main quantity.

    That is the last one that can be checked, if any; of several gradients that change weights at once, the first.
    """
    return [(k, main(example, beat.reveals)) for k, beat in enumerate(example.beats) if beat.reveals]


def main(example, reveals) -> str:
    checked = [name for name in reveals if is_derivative(example.program[name])]
    gradients = [name for name in checked if example.program[name].quantity.kind == "gradient"]
    return (gradients[:1] or checked[-1:] or reveals[-1:])[0]


def is_derivative(step) -> bool:
    return step.phase == "backward" and bool(step.role.by)


@pytest.fixture(params=EXAMPLES)
def example(request):
    return EXAMPLES[request.param]()


def check_mark(row, agrees: bool, difference: float, explained: bool = False) -> None:
    differs = ("≠", WORDS["explained"]) if explained else ("✗", WORDS["differs"])
    assert (row["sign"], row["meaning"]) == (("✓", WORDS["agrees"]) if agrees else differs)
    assert row["difference"] == WORDS["apart"].format(number=format_number(abs(difference)))


def test_by_hand_on_every_beat(page, tmp_path, example):
    player, trace = open_page(page, tmp_path, example), example.run()
    for beat in range(len(example.beats)):
        player.slider("step").fill(str(beat))
        row = read(player)["by_hand"]
        name = dict(mains(example)).get(beat)
        if name is None:
            assert (row["text"], row["value"], row["sign"]) == ("", None, "")
        else:
            assert agree(row["value"], trace[name])
            assert row["text"] == format_number(row["value"], decimals=9)
            assert row["sign"] == "", "the others are compared with it"


GIVENS = ({}, {"w5": -1.25, "i1": 0.9, "eta": 2.0})


@pytest.mark.parametrize("givens", GIVENS, ids=["defaults", "others"])
@pytest.mark.parametrize("rule", ["simultaneous", "sequential"])
def test_central_difference_is_the_slope(page, tmp_path, rule, givens):
    example = EXAMPLES[rule]()
    player, trace = open_page(page, tmp_path, example), example.run(**givens)
    for name, value in givens.items():
        player.type_number(name, str(value))
    no_gradients = {row.name for row in example.check_gradients(**givens).rows if not row.agrees}
    assert bool(no_gradients) == (rule == "sequential")
    compared = 0
    for beat, name in mains(example):
        player.slider("step").fill(str(beat))
        row, step = read(player)["central_difference"], example.program[name]
        if step.phase != "backward":
            assert (row["text"], row["value"], row["sign"]) == (WORDS["no_derivative"], None, "")
            continue
        check_mark(row, row["sign"] == "✓", trace[name] - row["value"])
        assert row["note"] == ("" if row["sign"] == "✓" else WORDS["not_the_slope"])
        of, by = step.role.of, step.role.by
        if of != example.program.loss or step.role.over:
            continue
        assert math.isclose(row["value"], trace.gradient(by), rel_tol=DIGITS, abs_tol=1e-9), name
        if by in {given.name for given in example.program.givens}:
            assert (row["sign"] == "✗") == (by in no_gradients), name
            compared += 1
    assert compared == (10 if rule == "sequential" else 8)


def test_terms_and_local_derivatives(page, tmp_path):
    """What is no derivative of the total error: over one path, of an activation, of a net input."""
    example = bpviz.case2()
    player, trace = open_page(page, tmp_path, example), example.run()
    beats = {name: beat for beat, name in mains(example)}
    for name in ("dE_o1_dout_h1", "dE_o2_dout_h1", "dout_dnet_o1", "dout_dnet_h1", "dnet_o1_dw5"):
        player.slider("step").fill(str(beats[name]))
        row = read(player)["central_difference"]
        assert math.isclose(row["value"], trace[name], rel_tol=DIGITS), name
        assert row["sign"] == "✓", name


@pytest.mark.parametrize(
    ("make", "least"),
    [
        (bpviz.case2, 20),
        (EXAMPLES["sequential"], 20),
        (lambda: bpviz.textbook("cs231n"), 20),
        (lambda: bpviz.textbook("brownlee"), 5),
    ],
    ids=["simultaneous", "sequential", "cs231n", "brownlee"],
)
def test_published_figures(page, tmp_path, make, least):
    example = make()
    player = open_page(page, tmp_path, example)
    figures = {c.name: c for c in example.published() if c.rounds == 0}
    seen = 0
    for beat, name in mains(example):
        player.slider("step").fill(str(beat))
        row, figure = read(player)["published"], figures.get(name)
        if figure is None:
            assert (row["text"], row["value"], row["sign"]) == (WORDS["not_printed"], None, "")
            continue
        seen += 1
        assert row["text"] == figure.printed.replace("-", "\u2212")
        check_mark(row, figure.agrees, figure.difference, explained=True)
        if not figure.agrees:
            assert row["note"]
            assert figure.verdict.endswith(row["note"])
    assert seen > least


@pytest.mark.parametrize(("printed", "sign"), [("0.6629970129852888", "✓"), ("0.6629970129852880", "✗")])
def test_a_figure_printed_with_all_digits_may_differ_in_its_last_bits(page, tmp_path, printed, sign):
    example = replace(bpviz.textbook("brownlee"), figures=(Published("a2_1", printed),))
    assert [c.agrees for c in example.published()] == [sign == "✓"]
    assert read(open_page(page, tmp_path, example, start="a2_1"))["published"]["sign"] == sign


def test_published_figures_belong_to_the_original_numbers(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw5")
    before = read(player)["published"]
    assert before["sign"] == "✓"
    player.type_number("i2", "0.11")
    row = read(player)["published"]
    assert (row["text"], row["value"], row["sign"], row["note"]) == ("", None, "", WORDS["other_numbers"])
    player.button(WORDS["reset"]).click()
    assert read(player)["published"] == before


@pytest.mark.parametrize(("make", "start"), [(bpviz.neuron, "dE_dw1"), (bpviz.case1, "delta1")])
def test_no_row_without_anything_to_say(page, tmp_path, make, start):
    player = open_page(page, tmp_path, make(), start=start)
    assert list(read(player)) == ["by_hand", "central_difference"]


@pytest.mark.parametrize("preset", ["default", "wrong_way"])
@pytest.mark.parametrize("rule", ["illustrated", "exact"])
def test_error_signals_point_downhill(page, tmp_path, rule, preset):
    """δ is compared with minus the slope by y, what changes a weight with the slope by it; as drawn, most differ."""
    example = bpviz.case1(rule, preset=preset)
    player, trace = open_page(page, tmp_path, example), example.run()
    signs = {}
    for beat, name in mains(example):
        player.slider("step").fill(str(beat))
        row, step = read(player)["central_difference"], example.program[name]
        if not name.startswith(("delta", "g_")):
            continue
        slope = trace.gradient(step.role.by) * (-1 if name.startswith("delta") else 1)
        assert math.isclose(row["value"], slope, rel_tol=DIGITS, abs_tol=1e-9), name
        check_mark(row, row["sign"] == "✓", trace[name] - row["value"])
        assert row["note"] == ("" if row["sign"] == "✓" else words()["cases.case1.not_the_slope"])
        assert row["label"] == WORDS["minus_difference" if name.startswith("delta") else "central_difference"]
        signs[name] = row["sign"]
    assert {name.partition("_")[0] for name in signs} == {
        "delta",
        "delta1",
        "delta2",
        "delta3",
        "delta4",
        "delta5",
        "g",
    }
    same = {name for name, sign in signs.items() if sign == "✓"}
    assert same == (set(signs) if rule == "exact" else {"delta", "g_w46"})


@pytest.mark.parametrize("activation", ["identity", {4: "identity", 5: "identity", 6: "identity"}], ids=str)
def test_the_rule_as_drawn_is_the_slope_where_all_on_the_way_back_pass_it_on(page, tmp_path, activation):
    example = bpviz.case1("illustrated", activation)
    player = open_page(page, tmp_path, example)
    for beat, name in mains(example):
        if example.program[name].phase == "backward":
            player.slider("step").fill(str(beat))
            row = read(player)["central_difference"]
            assert (row["sign"], row["note"]) == ("✓", ""), name


def test_a_step_that_computes_nothing_says_so(page, tmp_path):
    example = bpviz.case1()
    player = open_page(page, tmp_path, example)
    for beat in (0, 1, len(example.beats) - 1):
        player.slider("step").fill(str(beat))
        player.settle()
        assert page.locator(".bpviz-truth-symbol").inner_text() == WORDS["nothing_to_check"]
    player.slider("step").fill("2")
    player.settle()
    assert page.locator(".bpviz-truth-symbol").inner_text() == "y1"


def test_a_gradient_that_stands_only_here_says_what_it_is_for(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1("exact"), start="update_1")
    heading = player.root.locator(".bpviz-truth h3")
    assert heading.inner_text().split("\n")[0].endswith(WORDS["step_from"])
    slice_of = player.root.locator("select[name=slice_of] option").first
    assert "w(x1)1" in slice_of.text_content(), "both panels speak of the same weight"
    assert read(player)["by_hand"]["value"] == bpviz.case1("exact").run()["g_w_x1_1"]
    for beat in ("delta1", "done"):
        player = open_page(page, tmp_path, bpviz.case1("exact"), start=beat)
        assert WORDS["step_from"] not in player.root.locator(".bpviz-truth h3").inner_text()


@pytest.mark.parametrize("shape", ["2-2-2-2", "2-2-2-1-skip", "2-2-2-1-shared", "graph"])
def test_each_part_of_a_gradient_is_true_by_itself(page, tmp_path, shape):
    """Over one path alone: deeper in the network, over a skip, by one use of a weight, by one use of a value."""
    example = used_twice() if shape == "graph" else next(ex for ex in OTHER_SHAPES if str(ex) == shape).make()
    player = open_page(page, tmp_path, example)
    parts = [(k, main(example, beat.reveals)) for k, beat in enumerate(example.beats) if beat.reveals]
    parts = [(k, name) for k, name in parts if example.program[name].role.over]
    assert parts
    for beat, name in parts:
        player.slider("step").fill(str(beat))
        assert read(player)["central_difference"]["sign"] == "✓", name


AT_ZERO = {"i1": 0.5, "w1": 0.2, "i2": 0.25, "w2": 0.4, "w3": 0.9, "b1": -0.2}
"""With these net_h1 = 0.5·0.2 + 0.25·0.4 − 0.2 is exactly 0."""


def test_at_a_kink_nothing_is_blamed_as_in_python(page, tmp_path):
    example = bpviz.case2(activation="relu")
    player = open_page(page, tmp_path, example, panels=("slice", "truth"), start=len(example.beats) - 1)
    for name, value in AT_ZERO.items():
        player.type_number(name, str(value))
    kinks = {row.name for row in example.check_gradients(**AT_ZERO).rows if row.kink}
    assert {"w1", "w2"} <= kinks
    seen = set()
    for beat, name in mains(example):
        player.slider("step").fill(str(beat))
        row, step = read(player)["central_difference"], example.program[name]
        if name == "dout_dnet_h1" or (step.phase == "backward" and {step.role.of, step.role.by} & kinks):
            assert (row["sign"], row["difference"], row["note"]) == ("", "", WORDS["kink"]), name
            seen.add(name)
        else:
            assert row["sign"] != "✗", name
    assert {"dout_dnet_h1", "dE_dw1", "dE_dw2"} <= seen
    player.root.locator("select[name=slice_of]").select_option("w1")
    player.settle()
    assert player.root.locator(".bpviz-slice .bpviz-words").inner_text() == WORDS["slice_kink"]


def test_a_wrong_slope_beside_a_kink_is_still_blamed(page, tmp_path):
    example = bpviz.case2("sequential", activation="relu")
    player = open_page(page, tmp_path, example, panels=("truth",), start="dE_dw1")
    assert (read(player)["central_difference"]["sign"], read(player)["central_difference"]["note"]) == (
        "✗",
        WORDS["not_the_slope"],
    )
