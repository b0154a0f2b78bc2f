"""Stories: a beat is found by id, by quantity and by number."""

import numpy as np
import pytest

import bpviz
from bpviz.telling.story import index_of


def test_a_beat_is_found_by_id_by_quantity_and_by_number():
    beats = bpviz.case2().beats
    ids = [b.id for b in beats]
    assert index_of(beats, None) == len(beats) - 1
    assert index_of(beats, "dE_dw5") == ids.index("dE_dw5")
    assert index_of(beats, "dnet_o1_dw6") == ids.index("dE_dw6")
    assert index_of(beats, 0) == 0
    assert index_of(beats, -1) == len(beats) - 1
    assert index_of(beats, np.int64(3)) == 3
    assert index_of(beats, np.int8(-2)) == len(beats) - 2


@pytest.mark.parametrize(
    "which",
    ["w9", "", 99, -99, True, 1.0, ["dE_dw5"], {"a": 1}, b"", np.array([0, 1]), np.float64(1), np.True_, 10**4000],
)
def test_a_beat_that_does_not_exist_is_refused_with_the_choices(which):
    with pytest.raises(ValueError, match=r"no beat .*; beats are 0 to 43, or: network, net_h1, out_h1, "):
        index_of(bpviz.case2().beats, which)
