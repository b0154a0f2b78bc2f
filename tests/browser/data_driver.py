"""The panel of data in a player: its cells, what it shows for each row, and what it says."""

from player_driver import PlayerDriver
from playwright.sync_api import Locator


def cell(player: PlayerDriver, row: int, column: str) -> Locator:
    """The box of a number in the table; rows count from 1."""
    return player.root.get_by_role("textbox", name=f"{column} in row {row}", exact=True)


def shown(player: PlayerDriver, what: str) -> list[float]:
    """What every row shows for a computed quantity, from the first row on."""
    player.settle()
    return [float(e.get_attribute("data-value")) for e in player.root.locator(f"[data-of='{what}']").all()]


def told(player: PlayerDriver) -> str:
    """All the text of the panel."""
    player.settle()
    return player.root.locator(".bpviz-data").inner_text()


def mean(player: PlayerDriver) -> float:
    """The mean loss over the rows."""
    player.settle()
    return float(player.root.locator(".bpviz-mean").get_attribute("data-value"))


def weights(player: PlayerDriver, example) -> dict[str, float]:
    """Every trained given and its value."""
    return {w: player.value(w) for w in example.program.feedback}
