"""A lesson exported by nbconvert: every picture carries its description, and none waits for a widget."""

from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

import bpviz
from bpviz.views.text.description import describe

NEURON = bpviz.neuron()
CELLS = (
    "import bpviz; ex = bpviz.neuron()\nex.player(start='out_n')",
    "ex.draw('dE_dw1')",
    "import matplotlib.pyplot as plt\nex.draw('dE_dw1', w1=0.25)",
    "ex.draw_schedules({'<small>': [0.5, 0.25], '\"large\"': [4.0, 4.0]})",
    "bpviz.compare_rules(rounds=10)",
)


class Pictures(HTMLParser):
    """The alternative texts of a page's pictures, and the widgets that it would fetch."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.widgets = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "img":
            self.texts.append(given["alt"])
        self.widgets += "widget" in given.get("type", "")


@pytest.fixture(scope="module")
def page():
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook, _ = ExecutePreprocessor(timeout=120, store_widget_state=False).preprocess(notebook, {})
    return HTMLExporter(template_name="classic").from_notebook_node(notebook)[0]


def described(beat, **givens):
    return describe(NEURON, [each.id for each in NEURON.beats].index(beat), "en", NEURON.run(**givens))


def test_every_picture_carries_its_description(page):
    player, figure, moved, schedules, rules = Pictures(page).texts
    assert player == described("out_n")
    assert figure == described("dE_dw1")
    assert moved == described("dE_dw1", w1=0.25) != figure
    losses = [NEURON.train(2, eta=rates).losses[-1] for rates in ([0.5, 0.25], [4.0, 4.0])]
    assert schedules.splitlines() == [
        "One neuron: learning rates and what they lead to",
        f"<small>: the learning rate goes from 0.50 to 0.25; the error is {losses[0]:.4f} after 2 rounds.",
        f'"large": the learning rate goes from 4.00 to 4.00; the error is {losses[1]:.4f} after 2 rounds.',
    ]
    assert rules == f"CASE 1's rules side by side. {bpviz.compare_rules(rounds=10).summary()}"


def test_no_picture_waits_for_a_widget(page):
    assert Pictures(page).widgets == 0
