"""What the README says is true: its Python prints what it shows, its maps are complete, its links lead somewhere."""

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = sorted(
    {
        path.parent.relative_to(ROOT / "bpviz").as_posix()
        for path in (ROOT / "bpviz").rglob("*.*")
        if path.suffix in (".py", ".js", ".css")
    }
    - {"."}
)


def test_the_python_prints_what_is_shown():
    code, shown = re.search(r"```python\n(.*?)```\s+```\n(.*?)```", README, re.DOTALL).groups()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == shown
    assert len([line for line in code.splitlines() if line.strip()]) <= 5


def test_the_path_to_an_own_graph_is_three_lines():
    code = re.search(r"own graph in three lines\n\n```python\n(.*?)```", README, re.DOTALL).group(1)
    *before, last = code.splitlines()
    space = {}
    exec(compile("\n".join(before), "README.md", "exec"), space)
    assert len([line for line in before if line.strip()]) == 2
    assert "text/plain" in eval(last, space)._repr_mimebundle_()[0]  # noqa: S307


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_every_lesson_is_on_the_map(path):
    assert f"](notebooks/{path.name})" in README


@pytest.mark.parametrize("name", FOLDERS)
def test_every_folder_is_on_the_map(name):
    assert f"`{name}/`" in README


def test_links_lead_somewhere():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_make_command_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
