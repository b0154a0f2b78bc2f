"""Records what a page complains about and where it sends requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page

LOCAL_SCHEMES = ("file", "data", "blob", "about")


class Watch:
    """Listens to a page. `home` is the one origin it may ask (None: files only)."""

    def __init__(self, home: str | None = None):
        self._home = urlsplit(home).netloc if home else None
        self._seen: list[str] = []
        self._allowed: list[str] = []

    @contextmanager
    def following(self, page: Page) -> Iterator[None]:
        """Listen to a page; begin before it loads anything."""
        heard = {
            "console": self._on_console,
            "pageerror": self._on_error,
            "request": self._on_request,
            "websocket": self._on_request,
        }
        for event, listener in heard.items():
            page.on(event, listener)
        yield
        for event, listener in heard.items():
            page.remove_listener(event, listener)

    def check(self) -> None:
        """Fail with every complaint that is not allowed."""
        complaints = self.complaints()
        assert not complaints, "the page is not clean:\n" + "\n".join(complaints)

    def allow(self, text: str) -> None:
        """Let complaints through that contain this text; name the one thing that is expected, nothing wider."""
        if len(text) < 8:
            raise ValueError(f"{text!r} is too short to name one complaint")
        self._allowed.append(text)

    def complaints(self) -> list[str]:
        """What was seen and not allowed, in order."""
        return [seen for seen in self._seen if not any(text in seen for text in self._allowed)]

    def _on_console(self, message) -> None:
        if message.type == "error":
            self._seen.append(f"console error: {message.text} (at {message.location.get('url', '')})")

    def _on_error(self, error) -> None:
        self._seen.append(f"script error: {error}")

    def _on_request(self, asked) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self._home:
            self._seen.append(f"request to elsewhere: {asked.url}")
