"""The state that an exported page carries: read it, or put another in its place."""

import base64
import json
import re
import zlib

from bpviz.views.player.page import packed


def _where(text):
    return re.search(r'id="bpviz-state">(.*?)</script>', text, re.DOTALL).span(1)


def state_of(text):
    """Return the state in a page's text."""
    begin, end = _where(text)
    return json.loads(zlib.decompress(base64.b64decode(text[begin:end])))


def with_state(text, changes):
    """Return a page's text with parts of its state replaced."""
    begin, end = _where(text)
    return text[:begin] + packed(state_of(text) | changes) + text[end:]
