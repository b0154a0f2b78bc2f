"""What the current notebook and its kernel hold, asked without touching a cell."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from lab_driver import Lab, open_notebook, run_all
from playwright.sync_api import BrowserContext, Page
from watch import Watch

SYNC_SECONDS = 60  # that a busy machine may need
PAUSE = 20  # ms between two looks


@contextmanager
def run_notebook(
    context: BrowserContext, lab: Lab, name: str, height: int, cells: tuple[str, ...] = ()
) -> Iterator[tuple[Page, Watch]]:
    """A notebook in a window 1280 px wide, run once for several tests; yields the page and what it complains about.

    With `cells` it is written first.
    """
    if cells:
        lab.write_notebook(name, *cells)
    watch = Watch(home=lab.origin)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": height})
    with watch.following(page):
        open_notebook(page, lab, name)
        run_all(page)
        yield page, watch
        page.close()
    lab.end_sessions()


def wait_until(page: Page, true) -> None:
    """Wait until what Python sent has arrived in the page."""
    give_up = time.monotonic() + SYNC_SECONDS
    while not true():
        assert time.monotonic() < give_up, "it does not arrive"
        page.wait_for_timeout(PAUSE)


def in_kernel(page: Page, code: str, expression: str = "None") -> str:
    """Run code in the current notebook's kernel, not in a cell, and return repr(expression).

    What Python raises comes back as AssertionError, "NameOfTheError: its message".
    """
    answer = page.evaluate(
        """async ([code, expression]) => {
            const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const reply = await kernel.requestExecute({ code, user_expressions: { answer: expression } }).done;
            const { status, data, ename, evalue } = reply.content.user_expressions?.answer ?? reply.content;
            return status === 'ok' ? data['text/plain'] : { problem: `${ename}: ${evalue}` };
        }""",
        [code, expression],
    )
    assert isinstance(answer, str), answer["problem"]
    return answer


def wait_for_kernel(page: Page, expression: str, wanted: str) -> None:
    """Wait until repr(expression) in the kernel is `wanted`: what moves in the page reaches Python a little later."""
    give_up = time.monotonic() + SYNC_SECONDS
    while (answer := in_kernel(page, "", expression)) != wanted:
        assert time.monotonic() < give_up, f"the kernel has {expression} = {answer}, not {wanted}"
        page.wait_for_timeout(PAUSE)


def cells_and_mode(page: Page) -> dict:
    """The current notebook as its keys could change it: every cell's id, type and text, and the mode."""
    return page.evaluate(
        """() => {
            const notebook = jupyterapp.shell.currentWidget.content;
            const cells = [...notebook.model.cells].map(cell => [cell.id, cell.type, cell.sharedModel.getSource()]);
            return { cells, mode: notebook.mode, active: notebook.activeCellIndex };
        }"""
    )
