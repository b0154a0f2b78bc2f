"""Fixtures for tests in a real browser.

- `page`: a fresh page. When the test ends it fails if anything was written to the console as an error, if a script
  failed, or if anything was asked of a machine other than the test's own JupyterLab.
- `shipped`: a page that holds the script of the HTML export and no player, for tests that call its functions.
- `lab`: a running JupyterLab on a copy of the lessons; ask for it beside `page` and drive it with `lab_driver`.
- `engine_page`: a player in Firefox or WebKit, by `@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)`;
  like `page` it is checked for errors when the test ends.
- `open_window`: a function from a size to a page in a window of that size, with fingers or other pixels where asked;
  `phone` is one as a phone shows it. They are checked like `page`.
- `watch`: what `page` saw; `watch.allow("text")` lets through only complaints that contain that text.

    def test_lesson_opens(page, lab):
        open_notebook(page, lab, "00-start-here.ipynb")
        run_all(page)

A test of a file on disk asks for `page` alone and calls `page.goto(path.as_uri())`. A test marked `layout` runs once
for each set of fonts in `font_sets`: on the build machine in browsers that see these alone, at home in the usual one.
"""

import os
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from engine_page import EnginePage
from font_sets import FONT_SETS, font_environment, missing_fonts
from lab_driver import BROWSER_ARGS, Lab, find_browser
from other_engines import ENGINES, missing_parts
from playwright.sync_api import sync_playwright
from shipped import load_shipped
from watch import Watch

from bpviz.worked import playable

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """On a loaded build machine a browser may lose a frame: there a test that fails runs once more, and is named."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if os.environ.get("CI") == "true":
                item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("layout") and metafunc.config.getoption("every_font"):
        metafunc.parametrize("fonts", FONT_SETS, indirect=True)


@pytest.fixture(autouse=True)
def _nobody_imported_pytorch(monkeypatch):
    """A player has a row more where another test has imported it."""
    monkeypatch.setattr(playable, "is_imported", lambda: False)


@pytest.fixture
def fonts(request, in_ci) -> str | None:
    """The set of fonts that the page's browser sees; None: those of this machine."""
    name = getattr(request, "param", None)
    if name and (missing := missing_fonts(name)):
        (pytest.fail if in_ci else pytest.skip)(f"these fonts are not installed: {', '.join(missing)}")
    return name


@pytest.fixture(scope="session")
def browsers(in_ci, tmp_path_factory):
    """A function from a set of fonts to a headless Chromium that sees it; each is started once for the session."""
    path = find_browser()
    if path is None:
        missing = "no Chromium or Chrome found: install one, or name it in BPVIZ_BROWSER. Browser tests did NOT run."
        (pytest.fail if in_ci else pytest.skip)(missing)
    running = {}
    with sync_playwright() as playwright:

        def browser_with(fonts=None):
            if fonts not in running:
                own = font_environment(fonts, tmp_path_factory.mktemp("fonts")) if fonts else {}
                running[fonts] = playwright.chromium.launch(
                    executable_path=path, args=list(BROWSER_ARGS), env=os.environ | own
                )
            return running[fonts]

        yield browser_with
        for each in running.values():
            each.close()


@pytest.fixture(scope="session")
def browser(browsers):
    """Chromium, headless, with this machine's fonts."""
    return browsers()


@pytest.fixture(scope="session")
def engines(in_ci):
    """A function from ("firefox" or "webkit", dark or not) to a driver of it; each is started once for the session."""
    with ExitStack() as running:

        @cache
        def driver_of(name, dark):
            if missing := missing_parts(name):
                reason = f"{name} needs {', '.join(missing)}: its tests did NOT run."
                (pytest.fail if in_ci else pytest.skip)(reason)
            return running.enter_context(ENGINES[name](dark=dark))

        yield driver_of


@pytest.fixture
def engine_page(engines, request):
    """A player in the engine that the test's parameter names, for readers who like it light."""
    page = EnginePage(request.param, engines(request.param, False))
    yield page
    page.leave()


@pytest.fixture(scope="session")
def lab(repo_root, tmp_path_factory, browser):
    """A JupyterLab of its own, serving a copy of notebooks/."""
    lab = Lab(tmp_path_factory.mktemp("lab"), lessons=repo_root / "notebooks")
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture(scope="session")
def lab_context(browser, lab):
    """What all pages of this JupyterLab share, so that its scripts are fetched and compiled once."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def watch(request) -> Watch:
    """What the page complained about and asked for; a JupyterLab is at home only where the test asks for `lab`."""
    return Watch(home=request.getfixturevalue("lab").origin if "lab" in request.fixturenames else None)


@pytest.fixture
def page(browsers, fonts, watch, request):
    """A fresh 1280 × 900 page whose console, scripts and requests are checked when the test ends."""
    uses_lab = "lab" in request.fixturenames
    context = request.getfixturevalue("lab_context") if uses_lab else browsers(fonts).new_context()
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    with watch.following(page):
        yield page
        page.close()
    if uses_lab:
        request.getfixturevalue("lab").end_sessions()
    else:
        context.close()
    watch.check()


@pytest.fixture
def open_window(browsers, fonts, watch):
    """A function from width, height and more options of a browser's context to a fresh page, watched like `page`."""
    with ExitStack() as opened:

        def window(width, height, **options):
            context = browsers(fonts).new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", **options
            )
            opened.callback(context.close)
            page = context.new_page()
            opened.enter_context(watch.following(page))
            return page

        yield window
    watch.check()


@pytest.fixture
def phone(open_window):
    """A page as a phone shows it, upright, watched until the test ends."""
    return open_window(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture(scope="module")
def shipped(browsers):
    """A page with the shipped script as it is, watched until the module's tests have ended."""
    page, watch = browsers().new_page(), Watch()
    with watch.following(page):
        load_shipped(page)
        yield page
    page.close()
    watch.check()
