"""Chips stay between the nodes of their edge and clear of rings, however long their numbers become."""

import pytest
from player_driver import PlayerDriver

import bpviz

MEETINGS = """root => {
  const box = (element, what) => ({ what, ...element.getBoundingClientRect().toJSON() });
  const shown = [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")].filter(chip => chip.getClientRects().length);
  const chips = shown.map(chip => box(chip.querySelector(".bpviz-chip-frame"), chip.textContent));
  const nodes = [...root.querySelectorAll(".bpviz-node")].map(node => {
    const focus = node.classList.contains("bpviz-focus");
    return box(node.querySelector(focus ? ".bpviz-ring" : ".bpviz-body"), node.dataset.node);
  });
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return chips.flatMap((a, k) =>
    [...nodes, ...chips.slice(k + 1)].filter(b => meet(a, b)).map(b => `${a.what} meets ${b.what}`));
}"""


@pytest.fixture
def open_page(page, tmp_path):
    def opened(player):
        player.to_html(tmp_path / "page.html")
        page.emulate_media(reduced_motion="reduce")
        page.goto((tmp_path / "page.html").as_uri())
        page.locator(".bpviz-card").wait_for()
        return PlayerDriver(page)

    return opened


def after_training(rule, preset):
    """A player whose weights have four decimals, most of them with a minus sign."""
    example = bpviz.case1(rule, preset=preset)
    player = example.player(panels=[])
    for name in example.program.feedback:
        setattr(player, name, -0.1234 - abs(getattr(player, name)) / 3)
    return player


@pytest.mark.parametrize("rule", ["illustrated", "exact"])
@pytest.mark.parametrize("preset", ["default", "apart"])
def test_new_weights_of_many_digits_keep_clear_of_nodes_and_rings(open_page, rule, preset):
    player = open_page(after_training(rule, preset))
    player.stage.focus()
    player.press("End")
    for _ in range(8):
        assert player.root.evaluate(MEETINGS) == []
        player.press("ArrowLeft")
