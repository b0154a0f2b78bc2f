"""Hostile text in the player: it stays text, runs nothing, and leaves the player as usable as ever."""

import sys
from pathlib import Path

import pytest
from player_driver import PlayerDriver

sys.path.insert(0, str(Path(__file__).parent.parent))
from hostile import TEXTS, example_of

from bpviz.ground.texts import one_line


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_player_stays_whole(page, tmp_path, text, width):
    example_of(text).to_html(tmp_path / "page.html", title=text, start=1)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "page.html").as_uri())
    player = PlayerDriver(page)
    title = player.root.locator(".bpviz-title")
    assert one_line(text) in title.text_content()
    assert title.get_attribute("title") == title.text_content(), "what is cut can still be read"
    assert one_line(text).strip() in player.root.locator(".bpviz-caption").text_content()
    assert page.evaluate("() => window.ran") is None
    assert page.locator(".bpviz img, .bpviz script, .bpviz iframe").count() == 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    assert player.root.locator(".bpviz-header").bounding_box()["height"] < 120
    right = player.root.locator(".bpviz-header").bounding_box()
    for pressed in (player.button("Reset"), player.tab("table"), player.button("Next step")):
        box = pressed.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= right["x"] + right["width"] + 1
    player.button("Next step").click()
    assert player.beat() == 2
    player.type_number("w1", "0.75")
    assert player.value("w1") == 0.75


@pytest.mark.parametrize("text", [TEXTS["directions"]])
def test_marks_of_direction_do_not_turn_what_follows(page, tmp_path, text):
    example_of(text).to_html(tmp_path / "page.html", start=1)
    page.goto((tmp_path / "page.html").as_uri())
    for selector in (".bpviz-name", ".bpviz-title", ".bpviz-caption"):
        isolated = page.locator(selector).first.evaluate("e => getComputedStyle(e).unicodeBidi")
        assert isolated in ("isolate", "plaintext"), selector
