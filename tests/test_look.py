"""Figure and player draw with the same numbers: those of look.json."""

import functools
import json
import re

import pytest

import bpviz
from bpviz.views import look
from bpviz.views.figure.text import spans
from bpviz.views.player import assets

SECTIONS = {name.lower(): numbers for name, numbers in vars(look).items() if name.isupper() and name[0] != "_"}
LETTERS = SECTIONS.pop("narrow_letters")
NUMBERS = [(section, name) for section, numbers in SECTIONS.items() for name in numbers]
STYLED = ("stroke", "fade", "leader")
"""Drawn with by the player's style, not by its script."""
ELSEWHERE = {("text", "narrow_width"), ("text", "wide_width"), ("text", "sup"), ("edge", "crowd"), ("written", "least")}
ELSEWHERE |= {("settle", name) for name in ("farthest", "beside", "hides", "around_end", "whole_arrow", "leader")} | {
    ("sign", "border")
}
"""Guesses, where a figure measures its letters; and what no still below has."""
SCRIPTS = {"widget": assets.widget_module, "page": assets.page_script}
LOOK = re.compile(r"\b(?:const|let) LOOK = (\{.*?\});")


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_player_carries_the_numbers_that_the_figure_reads(script):
    (carried,) = LOOK.findall(SCRIPTS[script]())
    assert json.loads(carried) == SECTIONS | {"narrow_letters": LETTERS}


def test_the_player_asks_for_every_number():
    script = LOOK.sub("", assets.widget_module())
    asked = [(section, name) for section, name in NUMBERS if section not in STYLED]
    assert [name for name in (*asked, ("", "narrow_letters")) if not re.search(rf"\b{name[1]}\b", script)] == []
    style = assets.style()
    styled = [f"var(--bp-{section}-{name})" for section, name in NUMBERS if section in STYLED]
    assert [name for name in styled if name not in style] == []


def test_the_style_writes_text_as_large_as_the_player_expects_it():
    for name, size in (
        ("text-size", f"{look.TEXT['size']}px"),
        ("chip-number", f"{look.CHIP['number']}px"),
        ("cell-number", f"{look.CELL['number']}px"),
        ("text-index", f"{look.TEXT['index_size']:.0%}"),
    ):
        assert f"--bp-{name}:{size};" in assets.style()
        assert f"font-size:var(--bp-{name})" in assets.style()


def test_every_name_that_the_style_asks_for_is_set():
    style = assets.style()
    asked = set(re.findall(r"var\((--bp-[a-z-]+)\)", style))
    assert [name for name in sorted(asked) if f"{name}:" not in style] == []


def stills():
    """Together they show every part that a number of look.json shapes."""
    neuron, case1 = bpviz.neuron(), bpviz.case1("exact")
    yield neuron.draw("network", w1=50, w2=-3)
    yield neuron.draw(1, w1=0, w2=-0.1, x1=-1.23456e-7)
    yield neuron.draw("path_w1")
    yield case1.draw("delta2", w24=-0.1, w_x1_1=-1234.5678, z=-1.23456e-7)
    yield bpviz.graph("(x + y) * z", name="f", x=1, y=2, z=3).draw(-1)
    yield bpviz.graph("-sum(t*log(softmax(a)))", a=[1, 2, 3, 4, 5], t=[1, 0, 0, 0, 0]).draw(18)
    yield bpviz.graph("y = softmax(a); -sum(t*log(y))", name="L", a=[1, 2, 0.5], t=[1, 0, 0]).draw(21)
    yield bpviz.graph("leaky_relu(0.5*" * 10 + "x" + ")" * 10, x=0.5).draw(26)
    recurrent = "h1 = tanh(u*x1); h2 = tanh(w*h1 + u*x2); h3 = tanh(w*h2 + u*x3); (h3 - t)**2 / 2"
    shared = bpviz.graph(recurrent, w=0.5, u=2, x1=0.5, x2=0.25, x3=-0.5, t=1)
    yield shared.draw(25)
    yield shared.draw(33)


@functools.cache
def plain():
    return [still.to_png() for still in stills()]


@pytest.mark.parametrize(("section", "name"), [number for number in NUMBERS if number not in ELSEWHERE])
def test_every_number_shapes_a_figure(monkeypatch, section, name):
    before = plain()
    monkeypatch.setitem(SECTIONS[section], name, SECTIONS[section][name] * 1.3)
    assert any(still.to_png() != png for still, png in zip(stills(), before, strict=True))


@pytest.mark.parametrize("style", ["sub", "sup"])
def test_an_index_of_a_figure_stands_where_the_player_puts_it(style):
    (index,) = spans([[style, "2"]], look.TEXT["size"], {})
    assert index.shift == pytest.approx(look.TEXT[style])
    assert index.size == look.TEXT["size"] * look.TEXT["index_size"]
