"""The form that builds a network, in JupyterLab by keyboard alone: nothing is lost to the notebook around it."""

from lab_driver import find_player, show_cell
from lab_state import cells_and_mode, run_notebook, wait_for_kernel

CELLS = ("import bpviz\nform = bpviz.network_form(panels=[])\nform", "1 + 1")

KEYS = (
    "Control+a",
    "Tab",
    "Shift+Tab",
    "Space",
    "Enter",
    "End",
    "Backspace",
    "ArrowDown",
    "ArrowUp",
    "ArrowRight",
    "Home",
)
MOST_TABS = 40


def press(page, *keys):
    """Press each of KEYS, and type every other text."""
    for key in keys:
        (page.keyboard.press if key in KEYS else page.keyboard.type)(key)


def tab_to(page, wanted):
    """Press Tab until an element has the keyboard."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no Tab of {MOST_TABS} reaches it")


def test_a_network_is_built_by_keyboard_alone(lab_context, lab):
    with run_notebook(lab_context, lab, "form.ipynb", 1000, CELLS) as (page, watch):
        cell = show_cell(page, 0)
        before = cells_and_mode(page)
        page.keyboard.press("Escape")
        tab_to(page, cell.get_by_label("neurons, inputs first"))
        press(page, "Control+a", "2, 4, 3", "Tab", "0.25", "Tab", "Tab", "Space", "Tab")
        # names that begin with, and hold, letters that are keys of the notebook
        press(page, "identity", "Tab", "softmaxx", "Tab", "cross_entropy", "Tab", "Tab", "Tab", "Enter")
        cell.get_by_role("alert").get_by_text("✗ Not built: no activation 'softmaxx'").wait_for()
        press(page, *["Shift+Tab"] * 4, "End", "Backspace", "Tab")
        # arrows are the field's own; one may choose another suggestion, which what is typed replaces
        press(page, "ArrowDown", "ArrowUp", "Control+a", "cross_entropy", "Tab", "Tab", "Tab", "Space")
        cell.get_by_role("status").get_by_text("✓ Built: Network 2-4-3").wait_for()
        wait_for_kernel(page, "form.example.kept['activation']", "['identity', 'softmax']")
        wait_for_kernel(page, "form.player.eta", "0.25")
        assert "loss='cross_entropy', biases='init'" in cell.locator("code").last.inner_text()
        player = find_player(cell)
        tab_to(page, player.locator("input[name=step]"))
        press(page, "ArrowRight", "ArrowRight", "Home", "ArrowRight")
        player.get_by_text("step 2 of").first.wait_for()
        wait_for_kernel(page, "form.player.beat", "1")
        assert cells_and_mode(page) == before
        assert watch.complaints() == []
