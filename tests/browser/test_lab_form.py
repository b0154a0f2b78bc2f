"""The form that builds a network, in JupyterLab by keyboard alone: nothing is lost to the notebook around it."""

from lab_driver import show_cell
from lab_state import cells_and_mode, run_notebook, wait_for_kernel

CELLS = ("import bpviz\nform = bpviz.network_form(panels=[])\nform", "1 + 1")


def test_a_network_is_built_by_keyboard_alone(lab_context, lab):
    with run_notebook(lab_context, lab, "form.ipynb", 1000, CELLS) as (page, watch):
        cell = show_cell(page, 0)
        before = cells_and_mode(page)
        cell.get_by_label("neurons, inputs first").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type("2, 4, 3")
        page.keyboard.press("Tab")
        page.keyboard.type("0.25")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        for name in ("identity", "softmaxx"):  # they begin with, and hold, letters that are keys of the notebook
            page.keyboard.type(name)
            page.keyboard.press("Tab")
        page.keyboard.type("cross_entropy")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        cell.get_by_role("alert").get_by_text("✗ Not built: no activation 'softmaxx'").wait_for()
        for _ in range(4):
            page.keyboard.press("Shift+Tab")
        for key in ("End", "Backspace", "Tab", "ArrowDown", "ArrowUp", "Tab", "Tab", "Tab", "Space"):
            page.keyboard.press(key)
        cell.get_by_role("status").get_by_text("✓ Built: Network 2-4-3").wait_for()
        wait_for_kernel(page, "form.example.kept['activation']", "['identity', 'softmax']")
        wait_for_kernel(page, "form.player.eta", "0.25")
        assert "loss='cross_entropy', biases='init'" in cell.locator("code").last.inner_text()
        assert cells_and_mode(page) == before
        assert watch.complaints() == []
