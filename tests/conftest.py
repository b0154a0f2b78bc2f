"""What every test may ask for, and when the slow ones run."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also run the tests marked slow (always run when CI=true)")


def pytest_collection_modifyitems(config, items):
    if IN_CI or config.getoption("--slow"):
        return
    wait = pytest.mark.skip(reason="slow: runs with --slow, and on the build machine")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(wait)


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def in_ci() -> bool:
    """Whether a missing tool is a failure (CI=true) or a reason to skip."""
    return IN_CI
