"""The form that builds a network, in JupyterLab by keyboard alone: nothing is lost to the notebook around it."""

from lab_driver import show_cell
from lab_state import cells_and_mode, run_notebook, wait_for_kernel

CELLS = ("import bpviz\nform = bpviz.network_form(panels=[])\nform", "1 + 1")

KEYS = ("Control+a", "Tab", "Shift+Tab", "Space", "Enter", "End", "Backspace", "ArrowDown", "ArrowUp")


def press(page, *keys):
    """Press each of KEYS, and type every other text."""
    for key in keys:
        (page.keyboard.press if key in KEYS else page.keyboard.type)(key)


def test_a_network_is_built_by_keyboard_alone(lab_context, lab):
    with run_notebook(lab_context, lab, "form.ipynb", 1000, CELLS) as (page, watch):
        cell = show_cell(page, 0)
        before = cells_and_mode(page)
        cell.get_by_label("neurons, inputs first").focus()
        press(page, "Control+a", "2, 4, 3", "Tab", "0.25", "Tab", "Tab", "Space", "Tab")
        # names that begin with, and hold, letters that are keys of the notebook
        press(page, "identity", "Tab", "softmaxx", "Tab", "cross_entropy", "Tab", "Tab", "Tab", "Enter")
        cell.get_by_role("alert").get_by_text("✗ Not built: no activation 'softmaxx'").wait_for()
        press(page, *["Shift+Tab"] * 4, "End", "Backspace", "Tab", "ArrowDown", "ArrowUp", "Tab", "Tab", "Tab", "Space")
        cell.get_by_role("status").get_by_text("✓ Built: Network 2-4-3").wait_for()
        wait_for_kernel(page, "form.example.kept['activation']", "['identity', 'softmax']")
        wait_for_kernel(page, "form.player.eta", "0.25")
        assert "loss='cross_entropy', biases='init'" in cell.locator("code").last.inner_text()
        assert cells_and_mode(page) == before
        assert watch.complaints() == []
