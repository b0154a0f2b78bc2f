"""Run the lessons and store them in the one form in which they are committed.

    python tools/execute_notebooks.py              # run and store every notebook in notebooks/
    python tools/execute_notebooks.py NAME...      # only these
    python tools/execute_notebooks.py --check      # run nothing; name every notebook that is not in that form

The form: run top to bottom from a fresh kernel, outputs and counts kept; nothing in it that changes from run to run or
from machine to machine. A widget's live view is left out, since its model is gone when the file is opened: the picture
and the text in the same output show instead, and running the cell brings the widget back.
"""

import argparse
import copy
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

LESSONS = Path(__file__).resolve().parent.parent / "notebooks"
MAX_LINES = 10
FIRST_OF_CLOSED = "Answer:\n"
CELL_SECONDS = 120
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT_CELL_METADATA = ("jupyter", "tags")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def execute(notebook: NotebookNode, folder: Path) -> None:
    """Run all cells in a fresh kernel whose working directory is `folder`; raises CellExecutionError."""
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # how a text comes in parts is a matter of time
        resources={"metadata": {"path": str(folder)}},
    ).execute()


def normalised(notebook: NotebookNode) -> NotebookNode:
    """A copy without what differs between runs and machines. Cell ids stay."""
    tidy = copy.deepcopy(notebook)
    tidy.nbformat, tidy.nbformat_minor = 4, 5
    tidy.metadata = nbformat.from_dict(METADATA)
    for cell in tidy.cells:
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in KEPT_CELL_METADATA if key in cell.metadata})
        for output in cell.get("outputs", []):
            if len(output.get("data", {})) > 1:
                output.data.pop(WIDGET_VIEW, None)
    return tidy


def faults(notebook: NotebookNode) -> list[str]:
    """What keeps a notebook from being committed, one sentence each; empty if nothing does."""
    found = [] if notebook == normalised(notebook) else ["is not normalised"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code:
        found.append("has no code cell")
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append("was not run from top to bottom in a fresh kernel")
    for number, cell in enumerate(code, 1):
        if len(cell.source.splitlines()) > MAX_LINES:
            found.append(f"code cell {number} has more than {MAX_LINES} lines")
        found += [
            f"code cell {number} raises {output.ename}: {output.evalue}"
            for output in cell.outputs
            if output.output_type == "error"
        ]
        if any(output.get("name") == "stderr" for output in cell.outputs):
            found.append(f"code cell {number} prints a warning")
        if _tells_its_answer(cell):
            found.append(f'code cell {number} is closed, yet its first line shows: begin it with print("Answer:")')
    return found


def _tells_its_answer(cell: NotebookNode) -> bool:
    """Whether a closed output shows some of what it should hide: JupyterLab writes its first line beside the dots."""
    if not cell.metadata.get("jupyter", {}).get("outputs_hidden") or not cell.outputs:
        return False
    first = cell.outputs[0]
    return "image/png" not in first.get("data", {}) and not first.get("text", "").startswith(FIRST_OF_CLOSED)


def as_text(notebook: NotebookNode) -> str:
    """The text of the file: valid nbformat 4.5, one newline at the end."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def faults_of_file(path: Path) -> list[str]:
    """The faults of a notebook as it lies on disk, including a file written by another program."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        return ["is not in notebook format 4.5"]
    found = faults(notebook)
    return found if found or text == as_text(notebook) else ["is not normalised"]


def store(path: Path) -> list[str]:
    """Run and rewrite one notebook; a notebook with faults is left as it was, and its faults are returned."""
    notebook = nbformat.read(path, as_version=4)
    with suppress(CellExecutionError):  # the error is an output of its cell now
        execute(notebook, path.parent)
    notebook = normalised(notebook)
    found = faults(notebook)
    if not found:
        path.write_text(as_text(notebook), encoding="utf-8")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run or check notebooks, say what happened; 0 if all are well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", type=Path, help="notebooks (all of notebooks/ if none is named)")
    parser.add_argument("--check", action="store_true", help="run nothing, only look at the files")
    options = parser.parse_args(arguments)
    paths = options.names or sorted(LESSONS.glob("*.ipynb"))
    if not paths:
        print(f"no notebook in {LESSONS}", file=sys.stderr)
        return 1
    broken = False
    for path in paths:
        found = faults_of_file(path) if options.check else store(path)
        broken = broken or bool(found)
        print(f"{path.name}: {'; '.join(found) or 'well'}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
