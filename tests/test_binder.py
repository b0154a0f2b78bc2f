"""Binder builds the environment that requirements.txt describes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest


def run(command, where):
    """Run a command in a folder and return what it printed; fail with that text if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def dockerfile(repo_root, in_ci) -> str:
    tool = Path(sys.executable).with_name("jupyter-repo2docker")
    if not tool.exists():
        missing = "jupyter-repo2docker is not installed (pip install -e '.[binder]')"
        (pytest.fail if in_ci else pytest.skip)(missing)
    return run([tool, "--no-build", "--debug", "."], repo_root)


def pip_steps(dockerfile: str) -> list[list[str]]:
    """The arguments of each `pip install` in the Dockerfile, in order."""
    return [re.sub('"', "", found).split() for found in re.findall(r"/bin/pip (install .*)", dockerfile)]


def test_dockerfile_has_the_right_python(dockerfile):
    file_names = unquote(dockerfile.replace("-2", "%2"))  # the tool writes "." as -2e and "-" as -2d
    assert "/environment.py-3.11-linux" in file_names


def test_pip_runs_once_from_the_root(dockerfile, repo_root):
    assert pip_steps(dockerfile) == [["install", "--no-cache-dir", "-r", "binder/requirements.txt"]]
    assert (repo_root / "binder/requirements.txt").read_text().split() == ["-r", "../requirements.txt"]
    whole_repo_copied = re.search(r"^COPY --chown=\S+ src/ \$\{REPO_DIR\}/?$", dockerfile, re.MULTILINE)
    assert whole_repo_copied, "`-e .` needs the repository's source"
    assert whole_repo_copied.start() < dockerfile.index("/bin/pip install")


@pytest.mark.slow
def test_pip_steps_give_an_environment_in_which_the_lessons_run(dockerfile, repo_root, tmp_path):
    python_311 = shutil.which("python3.11") if sys.version_info[:2] != (3, 11) else sys.executable
    if not python_311:
        pytest.skip("no Python 3.11 here to replay Binder's steps with")
    copy = tmp_path / "repo"
    shutil.copytree(repo_root, copy, ignore=shutil.ignore_patterns(".*", "node_modules", "*.egg-info", "build"))
    run([python_311, "-m", "venv", tmp_path / "venv"], tmp_path)
    python = tmp_path / "venv/bin/python"
    for step in pip_steps(dockerfile):
        run([python, "-m", "pip", *step], copy)
    run([python, "-m", "pip", "check"], copy)
    printed = run([python, "-m", "pytest", "--nbval", "--nbval-cell-timeout=120", "notebooks"], copy)
    assert re.search(r"\d+ passed", printed)
