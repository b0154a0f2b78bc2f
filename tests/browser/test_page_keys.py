"""Keys work as soon as the page is open, where nothing else has the focus; the first words fit the device."""

import pytest
from page_state import state_of
from player_driver import PlayerDriver, open_page

import bpviz
from bpviz.ground.words import words
from bpviz.views.player.page import html
from bpviz.views.score.score import score

WORDS = words().section("player")


def test_the_arrow_takes_the_first_step_at_once(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2())
    assert page.evaluate("document.activeElement === document.body"), "nothing has the focus"
    assert WORDS["begin_by_key"] in player.root.locator(".bpviz-caption").inner_text()
    player.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert player.beat() == 2
    assert WORDS["begin_by_key"] not in player.root.locator(".bpviz-caption").inner_text()
    player.press("End")
    assert player.beat() == len(bpviz.case2().beats) - 1
    player.press("Home", "PageDown")
    assert player.beat() > 1


def test_every_other_key_works_at_once_too(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2())
    player.root.locator(f".bpviz-train button[aria-label='{WORDS['train_once']}']").evaluate("b => b.click()")
    before = player.value("w5")
    player.press("Control+z")
    assert (before, player.value("w5")) == (pytest.approx(0.3589, abs=1e-4), 0.4)
    player.press("Control+Shift+z")
    assert player.value("w5") == before
    player.press("p")
    page.locator(".bpviz-presenting").wait_for()
    player.press("Escape")
    page.locator(".bpviz:not(.bpviz-presenting)").wait_for()


def test_what_has_the_focus_keeps_its_keys(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2())
    page.evaluate(
        """() => {
          const box = document.createElement("textarea");
          box.value = "ab";
          document.body.append(box);
          box.focus();
        }"""
    )
    player.press("ArrowRight", "End", "Space", "p", "Home")
    assert player.beat() == 0
    assert page.locator("body > textarea").input_value() == "ab p"


EMBED = """() => {
  // as a notebook does it: a player is one part of a page
  const state = JSON.parse(window.bpvizState);
  for (const id of ["one", "two"]) {
    const el = document.createElement("div");
    el.id = id;
    document.body.append(el);
    render({ model: createModel(structuredClone(state)), el });
  }
}"""


def test_in_a_notebook_it_must_be_touched_first_and_one_player_takes_the_keys(page, shipped):
    shipped.evaluate("state => (window.bpvizState = JSON.stringify(state))", state_of(html(score(bpviz.case2()))))
    shipped.evaluate(EMBED)
    one, two = (PlayerDriver(shipped, shipped.locator(f"#{name} .bpviz-card")) for name in ("one", "two"))
    one.press("ArrowRight")
    assert (one.beat(), two.beat()) == (0, 0), "not touched yet"
    for touched, beats in ((two, (0, 1)), (one, (1, 1))):
        touched.root.locator(".bpviz-caption").dispatch_event("pointerdown")
        one.press("ArrowRight")
        assert (one.beat(), two.beat()) == beats
    shipped.evaluate("() => { const b = document.createElement('input'); document.body.append(b); b.focus(); }")
    one.press("ArrowRight")
    assert (one.beat(), two.beat()) == (1, 1), "the focus is elsewhere"


def test_on_a_phone_the_words_name_no_key(browser, tmp_path):
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    player = open_page(page, tmp_path, bpviz.case2(), width=390, height=844)
    caption = player.root.locator(".bpviz-caption").inner_text()
    assert WORDS["begin_by_touch"] in caption
    assert "→" not in caption
    context.close()
