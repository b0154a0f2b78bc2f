"""Python's search for garbage goes through all that a kernel has loaded: it waits where much is made that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_for_later() -> Iterator[None]:
    """Put the search for garbage off until this ends; where it was off before, it stays off."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            if not gc.get_freeze_count():  # all that was made counts as old, so the next search does not go through it
                gc.freeze()
                gc.unfreeze()
            gc.enable()
