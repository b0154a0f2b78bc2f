"""The HTML export: one self-contained page with the same player, no kernel and no network."""

import base64
import errno
import functools
import html as markup
import json
import os
import pathlib
import secrets
import stat
import zlib
from collections.abc import Sequence
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


def html(
    score: dict[str, Any],
    title: str | None = None,
    start: int = 0,
    panels: Sequence[str] | None = None,
    front: str | None = None,
    fresh: bool = False,
) -> str:
    """Return the page that plays a score, under 256 KB and asking nothing of any server.

    `title` names the page (default: the score's own); `start`, `panels`, `front` and `fresh` are those of
    `first_state`, with its errors.
    """
    first = first_state(score, start, panels, front, fresh)
    return html_of(first | {given["name"]: given["value"] for given in score["givens"]}, title)


def html_of(state: dict[str, Any], title: str | None = None) -> str:
    """Return the page that goes on from a state: all that `first_state` names, and the value of every given."""
    if title is not None and not isinstance(title, str):
        raise TypeError(f"the title of a page must be a text, not {shown(title)}")
    score = state["score"]
    return _PAGE.format(
        lang=markup.escape(score["lang"]),
        title=markup.escape(score["title"] if title is None else title),
        style=assets.style(),
        needs_script=markup.escape(score["words"]["needs_script"]),
        policy=_NO_CONNECTIONS,
        state=packed(state),
        script=_packed_script(),
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


def write(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file (UTF-8) whole or not at all: one sees the old file or the new one, never half of it.

    An old file keeps its permissions, a link still leads to its file. OSError, naming the file, where there is no such
    folder, no file can be, or none may be written; TypeError or ValueError for what can be no path.
    """
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"the path of a file must be a text or a pathlib.Path, not {shown(path)}")
    if "\0" in os.fspath(path):
        raise ValueError(f"cannot write {os.fspath(path)!r}: a path holds no null character")
    target = pathlib.Path(os.path.realpath(path))  # through links, so that the link stays and its file is replaced
    try:
        _refuse_no_file(path, target)
        _replace(target, text)
    except OSError as problem:
        raise type(problem)(f"cannot write '{path}': {problem.strerror}") from None


def _refuse_no_file(path: str | os.PathLike[str], target: pathlib.Path) -> None:
    if not os.fspath(path) or target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a file needs a name, and this is a folder")
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder '{target.parent}'")
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "this is a device or a pipe, not a file")


def _replace(target: pathlib.Path, text: str) -> None:
    half = target.with_name(f".{secrets.token_hex(8)}.half")
    try:
        half.write_text(text, encoding="utf-8")
        if target.exists():
            half.chmod(stat.S_IMODE(target.stat().st_mode))
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
