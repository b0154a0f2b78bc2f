"""The HTML export: one self-contained page with the same player, no kernel and no network."""

import html as markup
import json
import os
import pathlib
import tempfile
from typing import Any

from bpviz.views import assets
from bpviz.views.check import beat_index, check_score, first_history

_NO_CONNECTIONS = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
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
<script type="application/json" id="bpviz-state">{state}</script>
<script type="module">
{script}
</script>
</body>
</html>
"""


def html(score: dict[str, Any], title: str | None = None, start: str | int | None = None) -> str:
    """Return the page that plays a score, under 200 KB and asking nothing of any server.

    `title` names the page (default: the score's own); `start` is a beat's id or index (default: the first).
    A damaged score, or a beat that does not exist, raises ValueError.
    """
    check_score(score)
    givens = {given["name"]: given["value"] for given in score["givens"]}
    training = {"rounds": 0, "history": first_history(score), "slice_of": ""}
    state = json.dumps(
        {"score": score, "beat": beat_index(score, start)} | training | givens,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    return _PAGE.format(
        lang=markup.escape(score["lang"]),
        title=markup.escape(score["title"] if title is None else title),
        style=assets.style(),
        needs_script=markup.escape(score["words"]["needs_script"]),
        policy=_NO_CONNECTIONS,
        state=state.replace("<", "\\u003c"),  # so that no text can end the script element
        script=assets.page_script(),
    )


def write(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file (UTF-8) whole or not at all: one sees the old file or the new one, never half of it.

    A folder that does not exist raises FileNotFoundError.
    """
    target = pathlib.Path(path)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"cannot write '{target.name}': there is no folder '{target.parent}'")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=".", delete=False) as file:
        half = pathlib.Path(file.name)
        try:
            file.write(text)
            file.close()
            half.chmod(0o644)  # a temporary file starts out closed to everybody else
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
