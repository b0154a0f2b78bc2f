"""Imports are light: `import bpviz` leaves drawing and widgets alone, and a view needs nothing that stands above it."""

import subprocess
import sys

import pytest

import bpviz

# Prints how many views there are, then those that bring the top along. Each is imported as if nothing of bpviz were
# there yet; the facade, which stands above all, stays empty.
VIEWS_ALONE = """
import importlib, importlib.util, pkgutil, sys

def forget():
    for name in [name for name in sys.modules if name.partition(".")[0] == "bpviz"]:
        del sys.modules[name]
    sys.modules["bpviz"] = importlib.util.module_from_spec(facade)

facade = importlib.util.find_spec("bpviz")
forget()
views = importlib.import_module("bpviz.views")
names = [views.__name__, *(found.name for found in pkgutil.walk_packages(views.__path__, "bpviz.views."))]
print(len(names))
for name in names:
    forget()
    importlib.import_module(name)
    for top in {"bpviz.worked", "bpviz.cases"} & set(sys.modules):
        print(name, "loads", top)
"""


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("heavy", ["matplotlib", "anywidget", "ipywidgets", "IPython", "tqdm"])
def test_import_leaves_view_libraries_alone(heavy):
    done = run(f"import bpviz, sys; [getattr(bpviz, name) for name in dir(bpviz)]; sys.exit({heavy!r} in sys.modules)")
    assert done.returncode == 0, f"import bpviz also loads {heavy}\n{done.stderr}"


def test_a_player_loads_nothing_that_it_does_not_show():
    others = ("graphs", "matrices", "mlp", "cases.perceptron", "cases.textbook", "networks.layer_telling")
    done = run(
        f"import bpviz, sys; bpviz.case2().player(); print([o for o in {others} if 'bpviz.' + o in sys.modules])"
    )
    assert done.stdout == "[]\n", done.stderr


def test_a_shown_player_draws_its_still_without_figures_and_axes():
    done = run("import bpviz, sys; bpviz.case2()._repr_mimebundle_(); sys.exit('matplotlib.figure' in sys.modules)")
    assert done.returncode == 0, done.stderr or "axes take longer to load than the rest of the first player"


def test_every_name_is_found_where_it_is_said_to_be():
    assert run("from bpviz import *; print(case1, MLP, graph, curves)").returncode == 0
    assert {"MLP", "case1", "max", "schedules"} <= set(dir(bpviz))
    with pytest.raises(AttributeError, match="'bpviz' has no attribute 'case3'"):
        bpviz.case3  # noqa: B018


def test_no_view_loads_what_stands_above_it():
    done = run(VIEWS_ALONE)
    assert done.returncode == 0, done.stderr
    count, *loaded = done.stdout.splitlines()
    assert int(count) > 20
    assert loaded == []
