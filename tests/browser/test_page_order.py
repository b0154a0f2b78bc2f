"""Tab meets the parts of a player in the order in which they are seen, whatever the layout (WCAG 2.4.3)."""

from itertools import pairwise

import pytest
from windowed import layout, open_windowed

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
SIZES = {(1186, 530): "side", (1280, 1000): "tall", (844, 390): "low", (768, 1024): "stack", (390, 844): "stack"}
# The parts in which Tab stops, in the order of the document, and where each of them stands.
PARTS = """root => {
  const seen = e => e.getClientRects().length > 0;
  const all = [...root.querySelectorAll("button, input, select, summary, [tabindex='0']")];
  const stops = all.filter(e => e.tabIndex >= 0 && seen(e));
  const names = ["tools", "tabs", "stage", "transport", "controls", "panels"];
  const part = e => e.closest(names.map(name => `.bpviz-${name}`).join());
  const parts = [...new Set(stops.map(part))];
  return parts.map(e => ({ name: e.classList[0].slice(6), ...e.getBoundingClientRect().toJSON() }));
}"""


def parts_of(player):
    player.page.evaluate("scrollTo(0, document.body.scrollHeight)")  # so that what sticks stands at its own place
    return player.root.evaluate(PARTS)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_tab_goes_down_and_to_the_right(open_window, tmp_path, size):
    player = open_windowed(open_window(*size), tmp_path, bpviz.case2())
    assert layout(player) == SIZES[size]
    parts = parts_of(player)
    names = [part["name"] for part in parts]
    assert {"tabs", "tools", "stage", "transport", "controls", "panels"} <= set(names)
    if layout(player) == "stack" and size[0] < 560:
        assert names == ["tabs", "stage", "tools", "panels", "controls", "transport"]
    if layout(player) in ("low", "stack"):
        for one, other in pairwise(parts):
            below, beside = other["top"] >= one["bottom"] - 1, other["left"] >= one["right"] - 1
            sticks = one["name"] == "panels" and other["name"] == "controls"
            assert below or beside or sticks, (one["name"], other["name"])


def test_the_focus_stays_where_it_is_when_the_parts_change_places(open_window, tmp_path):
    page = open_window(1186, 530)
    player = open_windowed(page, tmp_path, bpviz.case2())
    for find in (player.slider("w5"), player.button(WORDS["reset"]), player.button(WORDS["next"])):
        page.set_viewport_size({"width": 1186, "height": 530})
        player.settle()
        find.focus()
        page.set_viewport_size({"width": 390, "height": 844})
        player.settle()
        assert find.evaluate("element => element === document.activeElement")


def test_presenting_on_a_phone_keeps_the_way_out_in_sight(phone, tmp_path):
    phone.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })")
    player = open_windowed(phone, tmp_path, bpviz.case2())
    player.button(WORDS["present"]).click()
    player.settle()
    assert player.button(WORDS["leave"]).is_visible()
    player.button(WORDS["leave"]).click()
    player.settle()
    assert player.button(WORDS["present"]).evaluate("button => button === document.activeElement")
