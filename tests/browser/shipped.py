"""The shipped JavaScript on a blank page: its functions by name, and doubles handed over bit by bit."""

import base64
import struct

from playwright.sync_api import Page

from bpviz.views.player import assets

_UNPACK = """() => {
  window.unpackDoubles = packed =>
    new Float64Array(Uint8Array.from(atob(packed), letter => letter.charCodeAt(0)).buffer);
}"""


def load_shipped(page: Page) -> None:
    """Load the script of the HTML export as it is, on a page without a player; its functions become global."""
    page.goto("about:blank")
    page.add_script_tag(content=assets.page_script())
    page.evaluate(_UNPACK)


def pack(doubles: list[float]) -> str:
    """Doubles as text that loses no bit, not even those of -0.0 and nan."""
    return base64.b64encode(struct.pack(f"<{len(doubles)}d", *doubles)).decode()
