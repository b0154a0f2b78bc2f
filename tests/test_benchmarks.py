"""The contenders of the benchmarks compute the same numbers, and the README has room for their table."""

import importlib.util

import digits
import numpy as np
import pytest
from surface import broadcast, nested_loop
from table import README
from training import WAYS, straight_line

import bpviz


@pytest.mark.parametrize("name", WAYS)
def test_every_way_of_training_gives_the_same_losses(name):
    if name == "PyTorch" and not importlib.util.find_spec("torch"):
        pytest.skip("PyTorch is not installed")
    np.testing.assert_allclose(WAYS[name](50), straight_line(50), rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", [name for name in digits.WAYS if name != "scikit-learn"])
def test_every_way_of_training_layers_gives_the_same_losses(name, dtype):
    if name in digits.NEEDS and not importlib.util.find_spec(digits.NEEDS[name]):
        pytest.skip(f"{name} is not installed")
    X, y = digits.made_up(300, dtype)
    found, wanted = digits.WAYS[name](X, y, 3), digits.by_hand(X, y, 3)
    np.testing.assert_allclose(found, wanted, rtol=1e-11 if dtype == "float64" else 1e-4)
    assert wanted[-1] < wanted[0]


def test_scikit_learn_trains_the_same_layers():
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    assert len(digits.with_scikit_learn(*digits.made_up(300, "float64"), 3)) == 3


def test_both_surfaces_are_the_same():
    ex = bpviz.case2()
    np.testing.assert_allclose(broadcast(ex, 9), nested_loop(ex, 9), rtol=1e-12)


def test_the_readme_keeps_the_table_between_its_markers():
    text = README.read_text(encoding="utf-8")
    assert text.index("<!-- benchmarks -->") < text.index("| what | measured |") < text.index("<!-- /benchmarks -->")
