"""Records what a page complains about and where it sends requests."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

LOCAL_SCHEMES = ("file", "data", "blob", "about")


class Watch:
    """Listens to a page. `home` is the one origin it may ask (None: files only)."""

    def __init__(self, home: str | None = None):
        self._home = urlsplit(home).netloc if home else None
        self._seen: list[str] = []
        self._allowed: list[str] = []

    def follow(self, page: Page) -> None:
        """Start listening; call it before the page loads anything."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._seen.append(f"script error: {error}"))
        page.on("request", lambda request: self._on_request(request.url))
        page.on("websocket", lambda socket: self._on_request(socket.url))

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

    def _on_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self._home:
            self._seen.append(f"request to elsewhere: {url}")
