"""Firefox and WebKit: every beat of the exported page says and draws what Python says, no formula is torn."""

import pytest
from expected import Expected
from other_engines import ENGINES
from test_page_screen import REST, STORY
from windowed import EVERY_BEAT

import bpviz

pytestmark = pytest.mark.parametrize("engine_page", ENGINES, indirect=True)

EXAMPLES = {
    "case2": bpviz.case2,
    "case1 as drawn": bpviz.case1,
    "case1 exact": lambda: bpviz.case1("exact"),
    "neuron": bpviz.neuron,
}
FACES = """await document.fonts.ready;
const tell = ({ family, status }) => [family.replaceAll('"', ""), status, document.fonts.check(`14px ${family}`)];
return [...document.fonts].map(tell);"""
TEAR = """const style = document.head.appendChild(document.createElement("style"));
style.textContent = given[0];
await frames();
const seen = read().problems;
style.remove();
return seen;"""
TEARING = {
    "webkit": ".bpviz .bpviz-left { text-align: -webkit-right } .bpviz .bpviz-right { text-align: -webkit-left }",
    "firefox": "mfrac > :first-child { transform: translateX(20px) }",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_beat(engine_page, tmp_path, name):
    example = EXAMPLES[name]()
    engine_page.open(tmp_path / "page.html", example)
    expected, beats = Expected(example), engine_page.every_beat()
    assert len(beats) == len(example.beats)
    for beat, seen in enumerate(beats):
        expected.check_beat(seen, beat)
        assert seen["problems"] == [], f"at beat {beat} ({example.beats[beat].id})"


@pytest.mark.parametrize(
    ("name", "width", "least"), [("case1 as drawn", 1186, 12), ("case1 exact", 1186, 12), ("case1 exact", 860, 11)]
)
def test_the_widest_network_is_one_screen(engine_page, tmp_path, name, width, least):
    engine_page.open(tmp_path / "page.html", EXAMPLES[name](), width, 530)
    engine_page.wait_for("document.querySelector('.bpviz').dataset.layout === 'side'")  # it has noticed its window
    assert engine_page.run(EVERY_BEAT, STORY + REST, least) == {}


def test_a_torn_fraction_is_seen(engine_page, tmp_path):
    engine_page.open(tmp_path / "page.html", bpviz.case2(), start="dE_dw5")
    assert engine_page.read()["problems"] == []
    assert engine_page.run(TEAR, TEARING[engine_page.name])


def test_the_faces_are_loaded(engine_page, tmp_path):
    engine_page.open(tmp_path / "page.html", bpviz.case2(), start="dE_dw5")
    faces = engine_page.run(FACES)
    assert {family for family, *_ in faces} == {"bpviz sans", "bpviz signs", "bpviz mono", "bpviz maths"}
    assert all(status == "loaded" and here for _, status, here in faces), faces
