"""Where a graph's calculation goes wrong: which step, why, and that all before it stays."""

import math

import numpy as np
import pytest
from matplotlib.text import Text

import bpviz
from bpviz.calculation.faults import faults
from bpviz.ground.words import words

WRONG = {
    ("log(x)*2 + 1", 0): ("v1", "log_of_zero"),
    ("log(x) + 1", -1): ("v1", "log_of_negative"),
    ("x + 1/x", 0): ("v1", "division_by_zero"),
    ("sqrt(x)*2", -1): ("v1", "root_of_negative"),
    ("sqrt(x)*3", 0): ("dv1_dx", "division_by_zero"),
    ("exp(x)*2", 1000): ("v1", "overflow"),
    ("x**0.5 + 1", -2): ("v1", "power_of_negative"),
    ("x**-1 + 1", 0): ("v1", "division_by_zero"),
    ("x*x*1e300", 1e10): ("y", "overflow"),
    ("(x - 1)**x", 1): ("dy_dx", "log_of_zero"),
}


@pytest.mark.parametrize(("text", "x"), WRONG)
def test_the_first_fault_is_told_and_all_before_it_stays(text, x):
    step, key = WRONG[text, x]
    run = bpviz.graph(text, x=x).run()
    assert run.faults[0][1] == words()[f"player.{key}"]
    assert run.faults[0][0].startswith(step[:2])
    before = list(run)[: list(run).index(run.faults[0][0])]
    assert all(math.isfinite(run[name]) for name in before)


def test_all_is_well_where_it_is():
    ex = bpviz.graph("log(x) + 1/x + sqrt(x)", x=2)
    assert ex.run().faults == []
    assert [step for step, _ in ex.run(x=-1).faults] == ["v1", "v4"]
    assert [step for step, _ in ex.run(x=[1, -1]).faults] == ["v1", "v4"]


def test_in_lists_each_element_is_told_by_itself():
    t = bpviz.graph("mean(log(a))", name="m", a=[1, 0, -1]).run()
    assert [(s, w) for s, w in t.faults if s.startswith("v")] == [
        ("v1_2", words()["player.log_of_zero"]),
        ("v1_3", words()["player.log_of_negative"]),
    ]
    assert np.isfinite(t["v1"]).tolist() == [True, False, False]


def test_views_of_a_run_with_a_fault_say_so():
    ex = bpviz.graph("u = x - y; l = log(u); l*y + x", name="z", x=2, y=1)
    why = words()["player.log_of_zero"]
    still = ex.draw("l", x=1)
    assert why in still.description
    written = "".join(text.get_text() for text in still.findobj(Text))
    assert why.replace(" ", "") in written  # each word is a text of its own
    assert why not in ex.draw("u", x=1).description
    assert why not in ex.draw("l").description
    assert "log" in ex.solution("text", x=1)


def test_every_fault_has_its_words_and_every_step_its_registers():
    ex = bpviz.graph("exp(x)*log(x) + sum([x, x*x, 1/x])", x=0)
    found = dict(faults(ex.program, ex.program.tape.run([0.0])))
    assert set(found.values()) <= set(words().section("player"))
    assert {"v2"} <= set(found)
