"""Fixtures for tests in a real browser.

- `page`: a fresh page. When the test ends it fails if anything was written to the console as an error, if a script
  failed, or if anything was asked of a machine other than the test's own JupyterLab.
- `lab`: a running JupyterLab on a copy of the lessons; ask for it beside `page` and drive it with `lab_driver`.
- `watch`: what `page` saw; `watch.allow("text")` lets through only complaints that contain that text.

    def test_lesson_opens(page, lab):
        open_notebook(page, lab, "00-start-here.ipynb")
        run_all(page)

A test of a file on disk asks for `page` alone and calls `page.goto(path.as_uri())`.
"""

from pathlib import Path

import pytest
from lab_driver import BROWSER_ARGS, Lab, find_browser
from playwright.sync_api import sync_playwright
from watch import Watch

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(in_ci):
    """Chromium, headless, for the whole session."""
    path = find_browser()
    if path is None:
        missing = "no Chromium or Chrome found: install one, or name it in BPVIZ_BROWSER. Browser tests did NOT run."
        (pytest.fail if in_ci else pytest.skip)(missing)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def lab(repo_root, tmp_path_factory, browser):
    """A JupyterLab of its own, serving a copy of notebooks/."""
    lab = Lab(tmp_path_factory.mktemp("lab"), lessons=repo_root / "notebooks")
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture
def watch(request) -> Watch:
    """What the page complained about and asked for; a JupyterLab is at home only where the test asks for `lab`."""
    return Watch(home=request.getfixturevalue("lab").origin if "lab" in request.fixturenames else None)


@pytest.fixture
def page(browser, watch, request):
    """A fresh 1280 × 900 page whose console, scripts and requests are checked when the test ends."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch.follow(page)
    yield page
    complaints = watch.complaints()
    context.close()
    if "lab" in request.fixturenames:
        request.getfixturevalue("lab").end_sessions()
    assert not complaints, "the page is not clean:\n" + "\n".join(complaints)
