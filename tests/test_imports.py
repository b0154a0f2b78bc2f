"""`import bpviz` is quick: the drawing and widget libraries wait until a view is asked for."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("heavy", ["matplotlib", "anywidget", "ipywidgets", "IPython", "tqdm"])
def test_import_leaves_view_libraries_alone(heavy):
    probe = f"import bpviz, sys; sys.exit({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"import bpviz also loads {heavy}\n{done.stderr}"
