"""What is wrong with the look of a player, measured in the page by `looks.js`."""

from pathlib import Path

from playwright.sync_api import Page

SMALLEST_TEXT = 10  # CSS pixels, height of the letters' box
SMALLEST_INDEX = 8  # of subscripts and superscripts
LEAST_CONTRAST = 4.5

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def start_looking(page: Page) -> None:
    """Put the measuring script into a page that is loaded."""
    page.evaluate(_SCRIPT)


def problems(page: Page, smallest_text: float = SMALLEST_TEXT) -> list[str]:
    """Everything that is wrong with what the page shows at this moment, in words."""
    limits = {"smallestText": smallest_text, "smallestIndex": SMALLEST_INDEX, "leastContrast": LEAST_CONTRAST}
    return page.evaluate("limits => looks.problems(limits)", limits)


def places(page: Page) -> dict[str, list[float]]:
    """Where the player's main parts stand: x, y, width, height in CSS pixels."""
    return page.evaluate("() => looks.places()")
