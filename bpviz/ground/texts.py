"""The one gate for texts: what a person hands in as a title, a name or a caption becomes one line of characters."""

import re
import unicodedata


def one_line(text: str) -> str:
    """Return `text` with each run of white space as one space, without control characters and what is no character."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return "".join(c for c in re.sub(r"\s+", " ", text) if _is_character(c))


def without_marks(text: str) -> str:
    """Return `text` without invisible marks, such as those of direction, which LaTeX does not know."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _is_character(c: str) -> bool:
    """False for controls, for half of a pair, and for the codes that stand for nothing; XML allows none of them."""
    code = ord(c)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nothing and unicodedata.category(c) not in ("Cc", "Cs")
