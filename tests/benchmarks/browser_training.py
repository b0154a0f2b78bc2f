"""CASE 2 trained in a browser: by the player, by its register machine, and as a good user would write it."""

from pathlib import Path

from playwright.sync_api import Page
from shipped import load_shipped
from table import Row, milliseconds

import bpviz
from bpviz.views.score.score import score
from bpviz.views.score.variants import plain

STRAIGHT_LINE = (Path(__file__).parent / "straight_line.js").read_text(encoding="utf-8")
ROUNDS = 10_000
_LOAD = """({ program, givens }) => {
  const names = givens.map(({ name }) => name);
  const values = givens.map(({ value }) => value);
  const [player, registers] = [undefined, Infinity].map((worth) => createRunner(program, names, worth));
  window.ways = {
    player: (rounds) => player.rounds(values, rounds).losses.subarray(0, rounds),
    registers: (rounds) => registers.rounds(values, rounds).losses.subarray(0, rounds),
    plain: straightLine,
  };
}"""
_MEASURE = """([rounds, repeats, at_once]) => {
  const seconds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let k = -3; k < repeats; k += 1) { // the first three warm up
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      for (let n = 0; n < at_once; n += 1) way(rounds);
      if (k >= 0) seconds[name].push((performance.now() - start) / 1000 / at_once);
    }
  }
  const median = (each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)];
  return Object.fromEntries(Object.entries(seconds).map(([name, each]) => [name, median(each)]));
}"""


def load_ways(page: Page) -> None:
    """Make `ways` on a page: name → function from a number of rounds to the loss before each."""
    load_shipped(page)
    page.evaluate(STRAIGHT_LINE)
    page.evaluate(_LOAD, plain(score(bpviz.case2())))


def rows(page: Page, repeats: int = 15) -> list[Row]:
    """Measure 10,000 rounds in every way, in turn."""
    load_ways(page)
    seconds = page.evaluate(_MEASURE, [ROUNDS, repeats, 10])  # ten at once: a browser's clock is coarse
    ours, straight = seconds["player"], seconds["plain"]
    found = [
        Row("10,000 rounds in the browser: the player", milliseconds(ours), "≤ 1.3 × plain JS", ours <= 1.3 * straight)
    ]
    for what, name in (("straight-line JavaScript", "plain"), ("where WebAssembly is refused", "registers")):
        found.append(Row(f"— {what}", f"{milliseconds(seconds[name])} ({seconds[name] / ours:.2g} ×)"))
    return found
