"""`grader grade --execute`: the executed notebook lies beside the page, with pictures in both."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.sandbox


@pytest.fixture
def grade(tiny_course, tmp_path):
    """Grades a file with the tiny course; the folder of its page."""
    root = tmp_path / "course"
    shutil.copytree(tiny_course.root, root, ignore=shutil.ignore_patterns("gradebook", "reports"))

    def run(path, *options):
        done = subprocess.run(
            [
                str(Path(sys.executable).with_name("grader")),
                *("grade", str(path), "--out", str(tmp_path / "out"), *options),
            ],
            cwd=root,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return tmp_path / "out" / path.stem

    return run


def test_an_executed_notebook_is_stored_until_it_is_graded_without_executing(grade, root, tmp_path):
    path = tmp_path / "halves.ipynb"
    shutil.copy(root / "tests/samples/notebooks/rich_outputs.ipynb", path)
    folder = grade(path, "--execute")
    executed = nbformat.read(folder / "executed.ipynb", as_version=4)
    nbformat.validate(executed)
    assert "image/png" in executed.cells[4].outputs[0].data
    results = json.loads((folder / "results.json").read_text())
    sources = results["exercises"][0]["sources"]
    assert [len(source["pictures"]) for source in sources][3:5] == [1, 1]
    assert sources[-1]["output"].startswith("tensor([0.0000, 0.5000")
    assert "<script>fetch" not in (folder / "index.html").read_text()
    assert not (grade(path) / "executed.ipynb").exists()


def test_nbclient_can_be_asked_for(grade, root, tmp_path):
    path = tmp_path / "halves.ipynb"
    shutil.copy(root / "tests/samples/notebooks/await_and_main.ipynb", path)
    folder = grade(path, "--execute", "--engine", "nbclient")
    nbformat.validate(nbformat.read(folder / "executed.ipynb", as_version=4))


def test_an_engine_without_a_notebook_to_run_is_refused():
    from grader.cli.execution import ExecutionChoice
    from grader.errors import UsageError

    with pytest.raises(UsageError, match="add --execute"):
        ExecutionChoice(engine="nbclient").of([])
