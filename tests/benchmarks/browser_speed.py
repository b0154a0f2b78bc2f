"""What a learner waits for: slider to frame in a real JupyterLab, long tasks while dragging, a player, training."""

import importlib.util
import os
import statistics
import tempfile
import time
from pathlib import Path

import browser_training
import large_network
import slow_laptop
from lab_driver import BROWSER_ARGS, Lab, find_browser, find_player, open_notebook, run_all, show_cell
from playwright.sync_api import Locator, Page, sync_playwright
from table import ABSENT, Row

import bpviz

HERE = Path(__file__).parent
PAINTED = (HERE / "painted.js").read_text(encoding="utf-8")
FRAME = 1000 / 60
BLOCKS, MOVES = 3, 12
OURS = {"bpviz, CASE 2": "w5", "bpviz, CASE 1": "w14"}  # row: the slider that is moved
CELLS = {
    "bpviz, CASE 2": "import bpviz\nbpviz.case2().player(panels=[])",  # the diagram alone, as the others draw it
    "bpviz, CASE 1": "bpviz.case1().player(panels=[])",
    "`interact` + inline figure": "import rival_diagrams as r\nr.with_interact()",
    "Agg figure into an Image widget": "r.with_image()",
    "ipympl": "%matplotlib widget\nr.with_ipympl()",
}


def rows() -> tuple[list[Row], str]:
    """Measure everything in one browser; also returns the browser's name and version."""
    path = find_browser()
    if path is None:
        raise SystemExit("no Chromium or Chrome found: install one, or name it in BPVIZ_BROWSER")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])  # for the kernels
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGS))
        lab = Lab(Path(folder, "lab"), lessons=HERE.parents[1] / "notebooks")
        lab.start()
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 1400})
            found = [*_lab_rows(page, lab), *_page_rows(browser.new_page(), Path(folder, "case2.html"))]
            found += browser_training.rows(browser.new_page())
            found += slow_laptop.rows(browser, Path(folder))
            found += large_network.rows(browser, Path(folder))
        finally:
            lab.end_sessions()
            lab.stop()
        return found, f"Chromium {browser.version}"


def _lab_rows(page: Page, lab: Lab) -> list[Row]:
    opening = _opening_row(page, lab)
    names = [name for name in CELLS if name != "ipympl" or importlib.util.find_spec("ipympl")]
    lab.write_notebook("rivals.ipynb", *(CELLS[name] for name in names), "bpviz.case2()", "bpviz.case1()")
    open_notebook(page, lab, "rivals.ipynb")
    run_all(page)
    page.evaluate(PAINTED)
    waits = {name: [] for name in names}
    for _ in range(BLOCKS):
        for index, name in enumerate(names):
            cell = show_cell(page, index)
            page.wait_for_timeout(500)
            move = "movePlayer" if name in OURS else "moveRival"
            waits[name] += cell.evaluate(f"(cell, [w, n]) => window.{move}(cell, w, n)", [OURS.get(name), MOVES])
    ours, larger, interact = (statistics.median(waits[name]) for name in names[:3])
    targets = {
        names[0]: ("about 17 ms; interact ≥ 8 ×", ours <= 1.1 * FRAME and interact >= 8 * ours),
        names[1]: ("about 17 ms", larger <= 1.1 * FRAME),
    }
    found = []
    for name in CELLS:
        each = waits.get(name)
        target, met = targets.get(name, ("", True))
        known = f"{_times(each)} ({statistics.median(each) / ours:.1f} ×)" if each else ABSENT
        found.append(Row(f"slider to painted frame in JupyterLab: {name}", known, target, met))
    drags = [_drag_row(show_cell(page, len(names) + k), case) for k, case in enumerate(("CASE 2", "CASE 1"))]
    return [*found, *drags, opening]


def _drag_row(cell: Locator, case: str) -> Row:
    waits, longest = cell.evaluate("(cell, n) => window.dragPlayer(cell, 'eta', n)", 60)
    met = statistics.median(waits) <= 2 * FRAME and longest <= 50
    drag = f"{_times(waits)}; longest task {longest:.0f} ms" if longest else f"{_times(waits)}; no task over 50 ms"
    return Row(f"dragging η, 10,000 rounds redrawn, {case}", drag, "≤ 33 ms, no task over 50 ms", met)


def _opening_row(page: Page, lab: Lab) -> Row:
    """From running a cell to a player on the screen: in a new kernel, and again in the same one."""
    lab.write_notebook("open.ipynb", "import bpviz\nbpviz.case2()", "bpviz.case2()")
    open_notebook(page, lab, "open.ipynb")
    seconds = []
    for index in (0, 1):
        cell = show_cell(page, index)
        start = time.perf_counter()
        page.evaluate("() => { jupyterapp.commands.execute('notebook:run-cell'); }")
        find_player(cell)
        seconds.append(time.perf_counter() - start)
    return Row("cell run to player in JupyterLab: first, second", f"{seconds[0]:.2f} s, {seconds[1]:.2f} s")


def _page_rows(page: Page, path: Path) -> list[Row]:
    """Opening the HTML file, and its size."""
    bpviz.case2().to_html(path)
    seconds = []
    for _ in range(7):
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.locator(".bpviz-card input[name=eta]").wait_for()
        seconds.append(time.perf_counter() - start)
    known = f"{statistics.median(seconds) * 1000:.0f} ms"
    return [Row("HTML file opened to player", known), Row("size of the HTML", f"{path.stat().st_size / 1024:.0f} KB")]


def _times(waits: list[float]) -> str:
    p95 = statistics.quantiles(waits, n=20)[-1]
    return f"median {statistics.median(waits):.0f} ms, p95 {p95:.0f} ms"
