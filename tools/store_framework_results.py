"""Write down what PyTorch and TensorFlow find in lesson 16, for readers who have not installed them.

    python tools/store_framework_results.py

It runs the cells of the lesson with both installed, and rewrites bpviz/frameworks/stored.json.
"""

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import nbformat

import bpviz.frameworks
from bpviz.frameworks.stored import found_or_stored

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"PyTorch": ("torch",), "TensorFlow": ("tensorflow-cpu", "tensorflow")}


def main() -> None:
    """Run the lesson and write the file; ValueError where a framework is not installed."""
    results: dict[str, dict[str, Any]] = {framework: {} for framework in PACKAGES}

    def keep(framework: str, name: str, found: Any = None) -> Any:
        if found is None:
            raise ValueError(f"{framework} is not installed: what it finds cannot be stored")
        results[framework][name] = found_or_stored(framework, name, found)
        return results[framework][name]

    bpviz.frameworks.found_or_stored = keep
    space: dict[str, Any] = {}
    for cell in nbformat.read(ROOT / "notebooks" / "16-frameworks.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, cell.id, "exec"), space)  # noqa: S102 - the lesson itself
    stored = {f: {"version": _version(f), "results": found} for f, found in results.items()}
    (ROOT / "bpviz" / "frameworks" / "stored.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _version(framework: str) -> str:
    for package in PACKAGES[framework]:
        try:
            return importlib.metadata.version(package).partition("+")[0]
        except importlib.metadata.PackageNotFoundError:
            continue
    raise ValueError(f"{framework} is not installed")


if __name__ == "__main__":
    main()
