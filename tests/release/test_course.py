"""The course of this repository can be handed out, and what is handed out can be checked."""

import shutil
import zipfile

import pytest

from grader.errors import ExerciseError
from grader.release import release


def test_the_whole_course_is_released_without_its_secrets(root, tmp_path):
    files = release(root, tmp_path / "course.zip")
    names = set(zipfile.ZipFile(tmp_path / "course.zip").namelist())
    assert names == {str(path) for path in files}
    slugs = {path.parent.name for path in (root / "exercises").glob("*/exercise.toml")}
    for slug in slugs:
        assert {f"exercises/{slug}/{slug}{end}" for end in (".py", ".ipynb")} <= names
    assert not any("solution" in name or "hidden" in name for name in names)


def test_a_solution_added_to_a_statement_of_the_course_is_found(root, tmp_path):
    for name in ("exercises", "solutions"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "course.toml", tmp_path)
    hidden = (root / "solutions/pooling/test_hidden.py").read_text().splitlines(keepends=True)
    with (tmp_path / "exercises/pooling/README.md").open("a") as statement:
        statement.writelines(f"> {line}" for line in hidden[20:40])
    with pytest.raises(
        ExerciseError, match=r"pooling/README\.md: holds text of solutions/pooling/"
    ):
        release(tmp_path, tmp_path / "out")
