"""Every lesson is committed as a reader should find it, and the tool that checks so notices what is wrong."""

import execute_notebooks
import nbformat
import pytest

LESSONS = sorted(execute_notebooks.LESSONS.glob("*.ipynb"))


def test_there_are_lessons():
    assert LESSONS, "no notebook in notebooks/"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_lesson_is_committed_as_executed(path):
    assert execute_notebooks.faults_of_file(path) == [], "run `make notebooks`"


def write(tmp_path, *sources):
    path = tmp_path / "lesson.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_second_run_changes_nothing(tmp_path):
    path = write(tmp_path, "import ipywidgets\nipywidgets.FloatSlider(0.5)", "print(6 * 7)")
    ids = [cell.id for cell in nbformat.read(path, 4).cells]
    assert execute_notebooks.main([str(path)]) == 0
    first = path.read_text()
    assert execute_notebooks.main([str(path)]) == 0
    assert path.read_text() == first
    assert execute_notebooks.main(["--check", str(path)]) == 0
    assert [cell.id for cell in nbformat.read(path, 4).cells] == ids
    assert "42" in first
    assert "model_id" not in first


@pytest.mark.parametrize(
    ("sources", "fault"),
    [
        (["1 / 0"], "ZeroDivisionError"),
        (["x = 1\n" * 11], "more than 10 lines"),
        (["import warnings; warnings.warn('careful')"], "prints a warning"),
        ([], "no code cell"),
    ],
)
def test_a_bad_lesson_is_refused_and_left_alone(tmp_path, capsys, sources, fault):
    path = write(tmp_path, *sources)
    before = path.read_text()
    assert execute_notebooks.main([str(path)]) == 1
    assert fault in capsys.readouterr().out
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda notebook: notebook.metadata.update(widgets={}), "not normalised"),
        (lambda notebook: notebook.cells[0].metadata.update(execution={"idle": "12:00"}), "not normalised"),
        (lambda notebook: notebook.cells[0].update(execution_count=None), "not run"),
        (lambda notebook: notebook.cells[0].update(execution_count=7), "not run"),
    ],
)
def test_check_notices_damage(tmp_path, damage, fault):
    path = write(tmp_path, "6 * 7")
    assert execute_notebooks.main([str(path)]) == 0
    notebook = nbformat.read(path, 4)
    damage(notebook)
    path.write_text(nbformat.writes(notebook) + "\n")
    assert any(fault in found for found in execute_notebooks.faults_of_file(path))


@pytest.mark.parametrize(
    ("source", "tells"),
    [
        ("6 * 7", True),
        ("print(42)", True),
        ("print('Answer: 42')", True),
        ("print('Answer:')\n6 * 7", False),
        ("answer = 42", False),
        ("import bpviz\nbpviz.neuron().draw()", False),
    ],
)
def test_a_closed_output_does_not_tell_its_answer_beside_the_dots(tmp_path, source, tells):
    path = write(tmp_path, source)
    notebook = nbformat.read(path, 4)
    notebook.cells[0].metadata["jupyter"] = {"outputs_hidden": True}
    nbformat.write(notebook, path)
    found = execute_notebooks.store(path)
    assert found == (
        ['code cell 1 is closed, yet its first line shows: begin it with print("Answer:")'] if tells else []
    )


def test_check_notices_a_file_from_another_program(tmp_path):
    path = write(tmp_path, "6 * 7")
    assert execute_notebooks.main([str(path)]) == 0
    path.write_text(path.read_text().rstrip())
    assert execute_notebooks.faults_of_file(path) == ["is not normalised"]
