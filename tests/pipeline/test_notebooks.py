"""Executed notebooks as files: valid, small, and without what a student's file or pictures held."""

import base64
import io
import json
from dataclasses import replace

import nbformat
import pytest
from PIL import Image

from grader.model import CellStatus, ExerciseResult, Source
from grader.pipeline import notebooks
from grader.pipeline.notebooks import executed_notebooks
from grader.runner import Cell, CellOutput, Execution

pytestmark = pytest.mark.sandbox

RESULT = ExerciseResult(
    slug="a",
    title="A",
    concept="",
    score_fingerprint="",
    feedback_fingerprint="",
    seed=0,
    functions=(),
)


def picture(kind="PNG", size=(8, 6)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "green").save(data, format=kind, comment=b"<script>")
    return data.getvalue()


def code(*outputs, number=1, source="1"):
    return Cell(
        index=number - 1,
        kind="code",
        source=source,
        number=number,
        status=CellStatus.OK,
        outputs=outputs,
    )


@pytest.fixture
def written(sandbox):
    """The one file made of these cells, read back with nbformat."""

    def write(*cells):
        files = executed_notebooks([Execution(path="a.ipynb", cells=cells)], sandbox).files
        assert list(files) == ["executed.ipynb"]
        notebook = nbformat.reads(files["executed.ipynb"].decode(), as_version=4)
        nbformat.validate(notebook)
        return notebook

    return write


def test_every_kind_of_output_is_valid(written):
    outputs = [
        CellOutput(kind="stdout", text="a\n"),
        CellOutput(kind="stderr", text="b"),
        CellOutput(kind="result", text="3", mimes=("text/plain",)),
        CellOutput(kind="display", text="R", mimes=("text/plain", "text/html")),
        CellOutput(kind="error", text="no", name="ValueError", frames=("a.ipynb, cell 1, line 1",)),
    ]
    text = Cell(index=1, kind="markdown", source="# \ud800 Title")
    notebook = written(code(*outputs), text, Cell(index=2, kind="raw", source="x"))
    shown = notebook.cells[0].outputs
    assert [o.output_type for o in shown] == [
        "stream",
        "stream",
        "execute_result",
        "display_data",
        "error",
    ]
    assert shown[3].data["text/plain"] == "R\n[not kept: text/html]"
    assert "text/html" not in shown[3].data


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_encoded_anew(written, kind):
    data = picture(kind)
    output = CellOutput(kind="display", text="p", mimes=("image/png",), pictures=(data,))
    shown = written(code(output)).cells[0].outputs[0].data
    made = base64.b64decode(shown["image/png"])
    assert b"script" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (8, 6))


def test_what_is_no_picture_is_left_out(written):
    output = CellOutput(kind="display", text="p", pictures=(b"\x89PNG\r\n\x1a\n" + b"\0" * 50,))
    assert list(written(code(output)).cells[0].outputs[0].data) == ["text/plain"]


def test_a_notebook_that_would_be_too_large_loses_pictures_first_then_outputs(written, monkeypatch):
    output = CellOutput(kind="display", text="p", pictures=(picture(size=(300, 300)),))
    monkeypatch.setattr(notebooks, "MAX_BYTES", 1000)
    data = written(code(output)).cells[0].outputs[0].data
    assert list(data) == ["text/plain"]
    assert written(code(CellOutput(kind="stdout", text="x" * 5000))).cells[0].outputs == []


def test_several_notebooks_have_names_of_their_own(sandbox):
    paths = ["hw/one.ipynb", "two <b>.ipynb", "never.ipynb"]
    executions = [Execution(path=p, cells=(code(),)) for p in paths[:2]] + [Execution(path="x")]
    files = executed_notebooks(executions, sandbox).files
    assert list(files) == ["executed-1-one.ipynb", "executed-2-two--b-.ipynb"]
    assert all(json.loads(data)["nbformat"] == 4 for data in files.values())


def test_their_names_fit_into_a_folder_whatever_letters_they_are_of(sandbox):
    wide = "\N{MATHEMATICAL BOLD CAPITAL A}" * 60  # 240 bytes
    executions = [Execution(path=f"{name}.ipynb", cells=(code(),)) for name in (wide, "b")]
    files = executed_notebooks(executions, sandbox).files
    assert max(len(name.encode()) for name in files) <= 220  # while it is written it is longer


def test_pictures_come_under_the_cells_of_a_page_as_far_as_it_has_room(sandbox, monkeypatch):
    shown = CellOutput(kind="display", text="p", pictures=(picture(),))
    execution = Execution(path="a.ipynb", cells=(code(number=1), code(shown, shown, number=2)))
    executed = executed_notebooks([execution], sandbox)
    assert list(executed.pictures) == [("a.ipynb", 2)]
    first, second = executed.pictures["a.ipynb", 2]
    assert first == second
    sources = tuple(Source(path="a.ipynb", text="", cell=number) for number in (1, 2))
    result = executed.shown_in(RESULT)
    assert result == RESULT
    result = executed.shown_in(replace(RESULT, sources=sources))
    assert [source.pictures for source in result.sources] == [(), (first, second)]
    monkeypatch.setattr(notebooks, "_PAGE_BYTES", len(base64.b64decode(first)) + 1)
    assert executed_notebooks([execution], sandbox).pictures == {("a.ipynb", 2): (first,)}
