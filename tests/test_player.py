"""The widget without a browser: what it refuses, and the picture and text that go with it."""

import base64

import pytest

import bpviz
from bpviz.notation import Symbol
from bpviz.published import Comparison, Comparisons


@pytest.fixture
def player():
    return bpviz.neuron().player(start="out_n")


def test_the_text_and_the_picture_follow_the_player(player):
    before, _ = player._repr_mimebundle_()
    player.w1 = 1.5
    after, _ = player._repr_mimebundle_()
    assert "w1 = 0.80" in before["text/plain"]
    assert "w1 = 1.50" in after["text/plain"]
    assert before["image/png"] != after["image/png"]
    assert base64.b64decode(after["image/png"]).startswith(b"\x89PNG")
    player.beat = 0
    assert "step 1 of 16" in player._repr_mimebundle_()[0]["text/plain"]


def test_a_name_that_is_no_given_is_refused(player):
    with pytest.raises(AttributeError, match=r"no 'w99'; its givens are x1, x2, w1, w2, b, target, eta"):
        player.w99 = 3
    assert not hasattr(player, "w99")


def test_identity_has_no_slope_to_speak_of():
    keys = {beat.id: beat.caption.key for beat in bpviz.case2(activation="identity").beats}
    assert keys["delta_o1"] == "captions.delta_first_identity"
    assert keys["delta_h1"] == "captions.delta_identity"
    assert keys["dE_dw1"] == "captions.gradient_deep_identity"
    assert not any(beat.caption.key.endswith("_identity") for beat in bpviz.case2(activation="relu").beats[13:])


def test_hostile_text_stays_text_in_tables_and_latex():
    row = Comparison("<img src=x onerror=alert(1)>", 0, "1", 1.0, 0.0, True, "a|b\nc")
    shown = Comparisons([row], source="<b>")._repr_markdown_()
    assert "<" not in shown
    assert r"a\|b c" in shown
    assert Symbol("a_b", "50%").latex == r"\mathrm{a\_b}_{\mathrm{50\%}}"


def test_figures_and_solutions_refuse_arrays_by_name():
    ex = bpviz.neuron()
    for view in (ex.draw, ex.solution):
        with pytest.raises(TypeError, match=r"w1 is an array of shape \(2,\)"):
            view(w1=[1, 2])
