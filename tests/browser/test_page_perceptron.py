"""The derivation in the page: sum signs that are seen, said and unfolded into their terms."""

import player_driver
import pytest

import bpviz
from bpviz.telling.story import index_of

SLIDING = """() => document.getAnimations().map(({ effect: { target } }) => target)
  .filter((target) => target.namespaceURI.endsWith("MathML")).map((target) => target.textContent)"""
SIGNS = "root => [...root.querySelectorAll('.bpviz-formula munderover')].map(sign => sign.textContent)"
HEARD = {
    "error_input": "E equals one half times the sum over k from 1 to l of open bracket d k minus f of open bracket "
    "the sum over j from 1 to m of w j k times y j close bracket close bracket squared, equals one half times the sum "
    "over k from 1 to l of open bracket d k minus f of open bracket the sum over j from 1 to m of w j k times f of "
    "open bracket the sum over i from 1 to n of v i j times x i close bracket close bracket close bracket squared",
    "delta1_1": "δ y 1 equals open bracket δ o 1 times w11 plus δ o 2 times w12 close bracket times y1 times "
    "open bracket 1 minus y1 close bracket",
    "change_w2_1_1": "Δ w11 equals η times δ o 1 times y1",
}


def set_pace(page, rate):
    devtools = page.context.new_cdp_session(page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": rate})


@pytest.mark.parametrize(("motion", "terms"), [("no-preference", 2), ("reduce", 0)])
def test_the_terms_slide_from_the_sum_sign_where_motion_is_welcome(page, tmp_path, motion, terms):
    example = bpviz.perceptron(2, 3, 2)
    set_pace(page, 0)
    before = index_of(example.beats, "z1_1") - 1
    player = player_driver.open_page(page, tmp_path, example, motion=motion, start=before)
    assert player.root.evaluate(SIGNS) == ["∑i=1n"]
    assert page.evaluate(SLIDING) == []
    player.stage.focus()
    player.press("ArrowRight")
    player.settle()
    assert player.root.evaluate(SIGNS) == ["∑i=1n"]
    assert sorted(set(page.evaluate(SLIDING)) - {"+"}) == ["v11·x1", "v21·x2"][:terms]


def test_sum_signs_are_said(page, tmp_path):
    example = bpviz.perceptron(2, 3, 2)
    player = player_driver.open_page(page, tmp_path, example)
    for beat, said in HEARD.items():
        player.slider("step").fill(str(index_of(example.beats, beat)))
        player.settle()
        player.settle()
        assert said in player.root.locator("[aria-live]").text_content(), beat
        if beat == "error_input":
            assert "follows the weights, v i j and w j k, and" in player.root.locator("[aria-live]").text_content()
            assert player.root.locator(".bpviz-caption sub i").all_text_contents() == ["j", "ij", "jk"]


WIDTH = "document.querySelector('.bpviz').clientWidth"
FORMULA = """root => {
  const formula = root.querySelector(".bpviz-formula");
  return { text: formula.textContent, rows: formula.querySelectorAll("mtr").length,
    over: formula.scrollWidth - formula.clientWidth, letters: parseFloat(getComputedStyle(formula).fontSize) };
}"""


@pytest.mark.parametrize("sizes", [(2, 3, 2), (6, 6, 6)])
def test_the_longest_formulas_are_broken_where_they_are_too_wide_and_whole_again_where_not(page, tmp_path, sizes):
    example = bpviz.perceptron(*sizes)
    player = player_driver.open_page(page, tmp_path, example)
    broken = 0
    for beat in ("z1_1", "L", "error_input", "error_input_terms", "delta1_1"):
        player.slider("step").fill(str(index_of(example.beats, beat)))
        seen = {}
        for width in (1186, 860, 390, 1186):
            page.set_viewport_size({"width": width, "height": 844 if width < 500 else 530})
            page.wait_for_function(
                "width => Math.abs(document.querySelector('.bpviz').clientWidth / width - 0.97) < 0.05", arg=width
            )
            player.settle()
            seen.setdefault(width, player.root.evaluate(FORMULA))
        again, wide, phone = player.root.evaluate(FORMULA), seen[1186], seen[390]
        assert again == wide, beat
        assert all(one["over"] <= 0 and one["letters"] >= 11 for one in seen.values()), (beat, seen)
        assert phone["text"].replace("=", "") == wide["text"].replace("=", ""), "nothing is lost or out of order"
        assert sizes == (2, 3, 2) or "…" in wide["text"] or beat == "error_input"
        broken += phone["rows"] > wide["rows"]
    assert broken, "on a phone some row is broken"


# How much of the picture is out of sight, its smallest number in CSS pixels, and chips that meet each other or a node.
PICTURE = """root => {
  const picture = root.querySelector(".bpviz-picture");
  const seen = [...picture.querySelectorAll("text[data-value]")].filter(text => text.getClientRects().length);
  const sizes = seen.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
  const box = what => element => ({ what, ...element.getBoundingClientRect().toJSON() });
  const shown = frame => frame.getClientRects().length && !frame.closest("[style*='visibility: hidden']");
  const chips = [...picture.querySelectorAll(".bpviz-chip-frame")].filter(shown)
    .map(frame => box(frame.parentElement.textContent)(frame));
  const nodes = [...picture.querySelectorAll(".bpviz-body")].map(box("a node"));
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  return {
    over: picture.scrollHeight - picture.clientHeight,
    least: Math.min(...sizes),
    meetings: chips.flatMap((a, k) =>
      [...nodes, ...chips.slice(k + 1)].filter(b => meet(a, b)).map(b => [a.what, b.what])),
  };
}"""


@pytest.mark.layout
@pytest.mark.parametrize(
    ("sizes", "width", "least"), [((2, 3, 2), 1186, 12), ((2, 3, 2), 860, 11.4), ((2, 3, 1), 1186, 12)]
)
def test_three_hidden_neurons_are_in_sight_as_a_whole_in_little_height(page, tmp_path, sizes, width, least):
    example = bpviz.perceptron(*sizes)
    page.set_viewport_size({"width": width, "height": 530})
    player = player_driver.open_page(page, tmp_path, example)
    player.stage.focus()
    for beat in example.beats:
        seen = player.root.evaluate(PICTURE)
        assert seen["over"] <= 0, beat.id
        assert seen["least"] >= least, beat.id
        assert seen["meetings"] == [], beat.id
        player.press("ArrowRight")
        player.settle()
