"""The HTML export: one self-contained page with the same player, no kernel and no network."""

import base64
import functools
import html as markup
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from bpviz.ground.checked import shown
from bpviz.views.player import assets
from bpviz.views.player.state import first_state

_NO_CONNECTIONS = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:"
)
"""Nothing is loaded from anywhere, no text is run as code; WebAssembly may be compiled, as training does."""
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body class="bpviz-page">
<noscript>{needs_script}</noscript>
<main id="bpviz-player"></main>
<script type="text/plain" id="bpviz-state">{state}</script>
<script type="text/plain" id="bpviz-script">{script}</script>
<script type="module">
{loader}
</script>
</body>
</html>
"""


def html(  # noqa: PLR0913 - all that a player begins with
    score: dict[str, Any],
    title: str | None = None,
    start: int = 0,
    panels: Sequence[str] | None = None,
    front: str | None = None,
    fresh: bool = False,
    pytorch: Mapping[str, Any] | None = None,
) -> str:
    """Return the page that plays a score, under 256 KB and asking nothing of any server.

    `title` names the page (default: the score's own); `start`, `panels`, `front` and `fresh` are those of
    `first_state`, with its errors. `pytorch`: what PyTorch finds for the score's own values, {} for nothing.
    """
    first = first_state(score, start, panels, front, fresh) | {"pytorch": dict(pytorch or {})}
    return html_of(first | {given["name"]: given["value"] for given in score["givens"]}, title)


def html_of(state: dict[str, Any], title: str | None = None) -> str:
    """Return the page that goes on from a state: all that `first_state` names, and the value of every given."""
    if title is not None and not isinstance(title, str):
        raise TypeError(f"the title of a page must be a text, not {shown(title)}")
    score = state["score"]
    own = score["title"] if title is None else title
    texts = (score["lang"], own, score["words"]["needs_script"])
    return _page(texts, assets.style(), state, _packed_script())


def board_html(content: dict[str, Any], state: dict[str, Any]) -> str:
    """Return the page that shows a board as it stands."""
    texts = (content["lang"], content["title"], content["needs_script"])
    held = {"content": content, "state": state}
    return _page(texts, assets.style(assets.BOARD_SHEETS), held, _deflated(assets.board_script()))


def _page(texts: tuple[str, str, str], style: str, state: dict[str, Any], script: str) -> str:
    """`texts`: the language, the page's title, and what stands there where no script runs."""
    lang, title, needs_script = map(markup.escape, texts)
    return _PAGE.format(
        lang=lang,
        title=title,
        style=style,
        needs_script=needs_script,
        policy=_NO_CONNECTIONS,
        state=packed(state),
        script=script,
        loader=assets.loader(),
    )


@functools.cache
def _packed_script() -> str:
    return _deflated(assets.page_script())


def packed(state: dict[str, Any]) -> str:
    """Return a state as the page carries it: deflated JSON in base64; no text can end an element."""
    return _deflated(json.dumps(state, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _deflated(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
