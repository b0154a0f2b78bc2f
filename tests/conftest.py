"""What every test may ask for, in which order they run, what is left out, and how long it takes."""

import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
HOW_LONG = (
    "This takes about twenty-five minutes on two quiet cores: layouts under two sets of fonts, and what is slow."
    if IN_CI
    else "This takes about twenty minutes on two quiet cores, longer on a busy machine; a part: make test TESTS=FILE"
)


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also run the tests marked slow (always run when CI=true)")
    parser.addoption(
        "--every-font",
        action="store_true",
        default=IN_CI,
        help="run the tests marked layout under each set of fonts of tests/browser/font_sets.py (always when CI=true)",
    )


def pytest_report_header(config):
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and config.getoption("nbval", default=False)
    return HOW_LONG if whole else None


def pytest_xdist_auto_num_workers(config):
    """One process more than there are cores, since a browser often waits; four fill any machine with browsers."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_collection_modifyitems(config, items):
    if not (IN_CI or config.getoption("--slow")):
        wait = pytest.mark.skip(reason="slow: runs with --slow, and on the build machine")
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(wait)
    items.sort(key=lambda item: _turn(item.path))


def _turn(path: Path) -> int:
    """When a file's turn comes: what takes long begins first, so that all workers end together."""
    if path.name.startswith("test_lab"):
        return 0
    return 1 if path.suffix == ".ipynb" else 2 if path.parent.name == "browser" else 3


def pytest_terminal_summary(terminalreporter):
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    )
    if reasons:
        terminalreporter.section("left out")
        for reason, count in reasons.items():
            terminalreporter.line(f"{count:4} × {reason}")
    if repeated := terminalreporter.stats.get("rerun"):
        terminalreporter.section("failed, then run once more")
        for report in repeated:
            terminalreporter.line(report.nodeid)


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def in_ci() -> bool:
    """Whether a missing tool is a failure (CI=true) or a reason to skip."""
    return IN_CI
