"""The pad in JupyterLab: Python hears what keys draw, and the notebook leaves them alone; it works without a kernel."""

import numpy as np
from lab_driver import kill_kernel, open_notebook, run_all, show_cell
from lab_state import cells_and_mode, wait_for_kernel

import bpviz

CELL = "import bpviz\nnet = bpviz.MLP([64, 12, 10])\npad = bpviz.digits.pad(net)\npad"
SHARES = "rows => rows.map(row => Number(row.getAttribute('data-value')))"


def test_the_pad_draws_by_keys_and_answers_without_a_kernel(page, lab, watch):
    lab.write_notebook("pad.ipynb", CELL)
    open_notebook(page, lab, "pad.ipynb")
    run_all(page)
    cell = show_cell(page, 0)
    before = cells_and_mode(page)
    cell.locator(".bpviz-pad-paper").focus()
    for key in (" ", *["ArrowDown"] * 3, "ArrowRight", " "):
        page.keyboard.press(key)
    down = [[50, 15 + 5 * k] for k in range(4)]
    wait_for_kernel(page, "pad.state['lines']", repr([[*down, [55, 30]]]))
    assert cells_and_mode(page) == before
    kill_kernel(page, lab, watch)
    cell.locator(".bpviz-pad-paper").focus()
    for key in (" ", "ArrowUp", " "):
        page.keyboard.press(key)
    seen = bpviz.digits.image([[*down, [55, 30]], [[55, 30], [55, 25]]])
    shares = cell.locator(".bpviz-pad-shares li").evaluate_all(SHARES)
    np.testing.assert_allclose(shares, bpviz.MLP([64, 12, 10]).predict([seen])[0], rtol=1e-12)
