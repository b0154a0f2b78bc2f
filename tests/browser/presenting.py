"""How a player looks while it presents, on a page and in JupyterLab."""

from player_driver import PlayerDriver

LEAST = 24  # CSS pixels
ON = "() => document.querySelector('.bpviz').classList.contains('bpviz-presenting')"
HIDDEN = (".bpviz-controls", ".bpviz-panels", ".bpviz-table", ".bpviz-tabs")
SHOWN = (".bpviz-title", ".bpviz-diagram", ".bpviz-formula", ".bpviz-caption", ".bpviz-transport")
# Font sizes as painted: the diagram scales its units.
SIZES = """root => {
  const size = (element, scale = 1) => [element.textContent, parseFloat(getComputedStyle(element).fontSize) * scale];
  const diagram = root.querySelector(".bpviz-diagram");
  return [
    ...[...diagram.querySelectorAll("text[data-value]")].filter(t => t.getClientRects().length)
      .map(t => size(t, t.getScreenCTM().a)),
    ...[...root.querySelectorAll(".bpviz-caption, .bpviz-formula, .bpviz-title")].map(e => size(e)),
  ];
}"""


# Chips of two lines: how much the lines are closer than a subscript needs that reaches below the first one.
CLASHES = """root => [...root.querySelectorAll(".bpviz-diagram .bpviz-chip")].filter(c => c.getClientRects().length)
  .flatMap(chip => {
    const texts = [...chip.querySelectorAll("text")].map(t => [Number(t.getAttribute("y")), t]);
    const [first, last] = [Math.min(...texts.map(t => t[0])), Math.max(...texts.map(t => t[0]))];
    if (first === last || !chip.querySelector(".bpviz-run-sub")) return [];
    const number = texts.find(([y, t]) => y === last && t.matches(".bpviz-chip-number"))?.[1];
    const needed = 3 + 2.5 + 0.73 * (number ? parseFloat(getComputedStyle(number).fontSize) : 14.5);
    return last - first < needed ? [`${chip.textContent}: ${last - first} < ${needed.toFixed(1)}`] : [];
  })"""


def is_on(player: PlayerDriver) -> bool:
    """Whether the page's player presents."""
    player.settle()
    return player.page.evaluate(ON)


def too_small(player: PlayerDriver, least: float = LEAST) -> list[str]:
    """The texts for a hall that are smaller than a hall needs."""
    return [f"{size:.1f} px: {text}" for text, size in player.root.evaluate(SIZES) if size < least]


def check_parts(player: PlayerDriver) -> None:
    """What one looks at stands there, and the controls do not."""
    for part in HIDDEN:
        assert not player.root.locator(part).is_visible(), part
    for part in SHOWN:
        assert player.root.locator(part).is_visible(), part
