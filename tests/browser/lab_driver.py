"""A real JupyterLab and the few moves the browser tests make in it.

`Lab` starts and ends the server. The functions below it drive one page: they wait for what they ask for and raise
when it does not come, so that a test reads as a list of what a learner does.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

BROWSER_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
"""The first is the same engine without a window's own interface: it starts and opens pages quicker."""
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAYER = ".bpviz-card"
START_SECONDS = 60
CELL_SECONDS = 90
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


def find_browser() -> str | None:
    """Path of a Chromium-like browser: BPVIZ_BROWSER (a path or a command) if set, else the first one installed."""
    names = [os.environ["BPVIZ_BROWSER"]] if os.environ.get("BPVIZ_BROWSER") else BROWSER_NAMES
    return next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Lab:
    """One JupyterLab server with its own settings, serving `root`; `lessons` is where its notebooks come from."""

    base: Path
    lessons: Path

    def __post_init__(self):
        self.root = self.base / "lessons"
        self.token = secrets.token_hex(16)
        self.origin = f"http://127.0.0.1:{free_port()}"
        shutil.copytree(self.lessons, self.root)

    def start(self) -> None:
        """Start the server from this very Python and wait until it answers."""
        own_folders = {
            name: str(self.base / name.lower())
            for name in (
                "JUPYTER_CONFIG_DIR",
                "JUPYTER_DATA_DIR",
                "JUPYTER_RUNTIME_DIR",
                "JUPYTERLAB_SETTINGS_DIR",
                "JUPYTERLAB_WORKSPACES_DIR",
                "IPYTHONDIR",
            )
        }
        notes = Path(own_folders["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab/apputils-extension")
        notes.mkdir(parents=True)
        (notes / "notification.jupyterlab-settings").write_text('{"fetchNews": "false", "checkForUpdates": false}')
        self.log = self.base / "jupyterlab.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self._command(), env=os.environ | own_folders, stdout=log, stderr=subprocess.STDOUT, cwd=self.base
            )
        self._wait_until_it_answers()

    def _command(self) -> list[str]:
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.origin.rsplit(":", 1)[1],
            "ServerApp.port_retries": "0",
            "ServerApp.root_dir": str(self.root),
            "ServerApp.allow_root": "True",
            "IdentityProvider.token": self.token,
            "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "LabApp.extension_manager": "readonly",
            "LabApp.expose_app_in_browser": "True",
        }
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [sys.executable, "-m", "jupyterlab", "--no-browser", *flags]

    def _wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self.process.poll() is None:
            try:
                self.rest("GET", "status")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self) -> None:
        """End the server, and with it every kernel it started."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def rest(self, method: str, path: str):
        """Call the server's REST API, e.g. `rest("GET", "kernels")`; returns the decoded answer, None if empty."""
        url = f"{self.origin}/api/{path}"
        request = urllib.request.Request(url, method=method, headers={"Authorization": f"token {self.token}"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def fresh(self, name: str) -> None:
        """Put back a lesson as it is in the repository, undoing what an earlier test saved."""
        original = self.lessons / name
        if original.exists():
            shutil.copyfile(original, self.root / name)

    def write_notebook(self, name: str, *sources: str) -> None:
        """Write a notebook of code cells for a test that needs one of its own."""
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), self.root / name)

    def end_sessions(self) -> None:
        """Shut every kernel down; tests end with none left behind."""
        for session in self.rest("GET", "sessions"):
            self.rest("DELETE", f"sessions/{session['id']}")


def open_notebook(page: Page, lab: Lab, name: str) -> None:
    """Open a notebook in a workspace without leftovers and wait until its kernel is ready."""
    lab.fresh(name)
    page.goto(f"{lab.origin}/lab/tree/{name}?reset&token={lab.token}")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", timeout=START_SECONDS * 1000)
    wait_until_idle(page)


def wait_until_idle(page: Page) -> None:
    """Wait until the current notebook's kernel has nothing to do."""
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
        timeout=CELL_SECONDS * 1000,
    )


def run_all(page: Page) -> None:
    """Run every cell of the current notebook; raises AssertionError with the text of the first error output."""
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    wait_until_idle(page)
    failed = page.evaluate(
        """() => [...jupyterapp.shell.currentWidget.content.model.cells]
            .flatMap(cell => cell.type === 'code' ? cell.toJSON().outputs : [])
            .filter(output => output.output_type === 'error').map(output => `${output.ename}: ${output.evalue}`)"""
    )
    assert not failed, failed[0]


def show_cell(page: Page, index: int) -> Locator:
    """Scroll to a cell (0 = first) and return it. Lab keeps cells that are out of sight out of the page."""
    page.evaluate(
        """async index => {
            const notebook = jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = index;
            await notebook.scrollToItem(index, 'smart');
        }""",
        index,
    )
    cell = page.locator(f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index='{index}']")
    cell.wait_for(state="visible")
    return cell


def find_player(cell: Locator) -> Locator:
    """The player in a cell's output, once it is drawn."""
    player = cell.locator(f".jp-OutputArea-output {PLAYER}").first
    player.wait_for(state="visible")
    return player


def kill_kernel(page: Page, lab: Lab, watch) -> None:
    """Kill the current notebook's kernel for good; only complaints that name this very kernel are let through."""
    kernel_id = page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
    watch.allow(kernel_id)
    lab.rest("DELETE", f"kernels/{kernel_id}")
    page.wait_for_function(
        "() => !['idle', 'busy', 'starting'].includes("
        "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status)"
    )


def set_theme(page: Page, theme: str) -> None:
    """Switch JupyterLab to "light" or "dark" and wait until it is on."""
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", THEMES[theme])
    page.wait_for_selector(f"body[data-jp-theme-light={str(theme == 'light').lower()}]", state="attached")
    page.wait_for_selector("#jupyterlab-splash", state="detached")  # Lab fails if it is asked again before that
