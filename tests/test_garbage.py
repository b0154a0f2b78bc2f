"""Python's search for garbage waits until a player stands, and goes on as it was."""

import gc
import subprocess
import sys

import pytest

from bpviz.ground.garbage import kept_for_later

FIRST_PLAYER = """
import gc
searches = []
gc.callbacks.append(lambda phase, info: searches.append(phase))
import bpviz
before = len(searches)
bpviz.case2()._repr_mimebundle_()
print(len(searches) - before, gc.isenabled())
"""


def test_no_search_while_the_first_player_is_made():
    # Made in three goes: the module, the player and its still; between them a few objects are new.
    done = subprocess.run([sys.executable, "-c", FIRST_PLAYER], capture_output=True, text=True, check=True)
    searches, goes_on = done.stdout.split()
    assert int(searches) <= 3 * 2 * 2
    assert goes_on == "True"


@pytest.fixture
def as_before():
    searched = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if searched else gc.disable)()


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("searched", [True, False])
def test_it_goes_on_as_it_was_whatever_happens(searched):
    (gc.enable if searched else gc.disable)()
    with kept_for_later(), kept_for_later():
        assert not gc.isenabled()
    assert gc.isenabled() is searched
    with pytest.raises(ZeroDivisionError), kept_for_later():
        1 / 0  # noqa: B018
    assert gc.isenabled() is searched


@pytest.mark.usefixtures("as_before")
def test_what_somebody_froze_stays_frozen():
    gc.enable()
    gc.freeze()
    frozen = gc.get_freeze_count()
    with kept_for_later():
        pass
    assert gc.get_freeze_count() == frozen > 0
