"""The browser tests stand on these: a JupyterLab that opens, runs, survives a kill, and a watch that notices."""

import pytest
from lab_driver import kill_kernel, open_notebook, run_all, set_theme, show_cell
from lab_state import wait_until


def test_lab_runs_a_notebook(page, lab):
    lab.write_notebook("smoke.ipynb", "6 * 7")
    open_notebook(page, lab, "smoke.ipynb")
    run_all(page)
    assert show_cell(page, 0).locator(".jp-OutputArea-output").inner_text().strip() == "42"


def test_a_cell_that_raises_is_noticed(page, lab):
    lab.write_notebook("broken.ipynb", "1 / 0")
    open_notebook(page, lab, "broken.ipynb")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run_all(page)


def test_theme_can_be_switched_and_kernel_killed(page, lab, watch):
    lab.write_notebook("smoke.ipynb", "6 * 7")
    open_notebook(page, lab, "smoke.ipynb")
    run_all(page)
    for theme in ("dark", "light"):
        set_theme(page, theme)
    kill_kernel(page, lab, watch)
    assert lab.rest("GET", "kernels") == []
    assert show_cell(page, 0).locator(".jp-OutputArea-output").inner_text().strip() == "42"


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('a console error')", "a console error"),
        ("setTimeout(() => { throw new Error('a script error'); })", "a script error"),
        ("fetch('http://127.0.0.2:9/elsewhere').catch(() => {})", "127.0.0.2:9/elsewhere"),
    ],
)
def test_watch_notices(page, watch, tmp_path, script, complaint):
    blank = tmp_path / "blank.html"
    blank.write_text("<!doctype html><title>blank</title><link rel=icon href=data:,>")
    page.goto(blank.as_uri())
    page.evaluate(f"() => {{ {script} }}")
    page.evaluate("() => new Promise(done => setTimeout(done))")  # after what the script put off
    wait_until(page, lambda: any(complaint in seen for seen in watch.complaints()))
    watch.allow(complaint)
    watch.allow("ERR_CONNECTION_REFUSED")
    assert watch.complaints() == []
