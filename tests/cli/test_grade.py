"""The command line as people type it: tables, pages, exit codes, and one sentence when it fails."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox


@pytest.fixture
def course(tiny_course, tmp_path):
    import shutil

    root = tmp_path / "course"
    shutil.copytree(tiny_course.root, root, ignore=shutil.ignore_patterns("gradebook", "reports"))
    return root


@pytest.fixture
def grader(course, tmp_path):
    def run(*arguments, cwd=None):
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "120"}
        return subprocess.run(
            [str(Path(sys.executable).with_name("grader")), *map(str, arguments)],
            cwd=cwd or course,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def good(course, tmp_path):
    path = tmp_path / "ada" / "halves.py"
    path.parent.mkdir()
    path.write_text((course / "solutions/halves/reference.py").read_text())
    return path


def test_a_submission_becomes_a_row_a_page_and_two_views(grader, good, course, tmp_path):
    done = grader("grade", good, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "8/8" in done.stdout
    assert "all passed" in done.stdout
    page = tmp_path / "out/halves/index.html"
    assert str(page) in done.stdout
    assert page.read_text().startswith("<!doctype html>")
    student = json.loads((tmp_path / "out/halves/results.json").read_text())
    assert student["audience"] == "student"
    (staff,) = (course / "gradebook/results").glob("*.staff.json")
    assert stat.S_IMODE(staff.stat().st_mode) == 0o600
    assert json.loads(staff.read_text())["audience"] == "staff"


def test_below_the_threshold_is_exit_code_1_unless_asked_otherwise(grader, good, tmp_path):
    good.write_text("def half(x, times=1):\n    return x\n")
    out = tmp_path / "out"
    assert grader("grade", good, "--out", out, "--fail-under", "50").returncode == 1
    assert grader("grade", good, "--out", out, "--fail-under", "50", "--exit-zero").returncode == 0


def test_json_output_is_one_object_a_submission(grader, good, tmp_path):
    also = tmp_path / "rows.jsonl"
    arguments = ("--output-format", "json", "--output-file", f"json={also}")
    done = grader("grade", good, "--out", tmp_path / "out", *arguments)
    assert also.read_text() == done.stdout
    row = json.loads(done.stdout)
    assert row["points"] == row["max_points"] == "8"
    assert row["functions"]["half"] == "PASSED"


def test_a_bad_path_is_told_and_the_others_are_graded(grader, good, tmp_path):
    done = grader("grade", good, tmp_path / "nobody.py", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "8/8" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("empty", None, 4, "no .py or .ipynb file"),
        ("essay.txt", b"hello", 4, "a submission is a .py or .ipynb"),
        ("broken.zip", b"PK", 4, "not a zip file"),
    ],
)
def test_nothing_to_grade_is_one_sentence_and_exit_code_4(
    grader, tmp_path, name, content, code, said
):
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    done = grader("grade", path, "--out", tmp_path / "out")
    assert done.returncode == code
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"def half(x:\n", "halves.py"),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_file_without_usable_code_is_graded_with_a_sentence(grader, tmp_path, content, said):
    path = tmp_path / "halves.py"
    path.write_bytes(content)
    done = grader("grade", path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "0/8" in done.stdout
    assert said in (tmp_path / "out/halves/results.json").read_text()


@pytest.mark.parametrize(
    "notebook",
    [
        b"{",
        b"[]",
        b'{"cells": []}',
        b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}',
    ],
)
def test_a_notebook_without_usable_cells_is_graded_with_a_sentence(grader, tmp_path, notebook):
    path = tmp_path / "halves.ipynb"
    path.write_bytes(notebook)
    done = grader("grade", path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "0/8" in done.stdout


def test_an_unknown_exercise_is_met_with_the_nearest_name(grader, good):
    done = grader("grade", good, "--exercise", "halvs")
    assert done.returncode == 2
    assert "did you mean `halves`" in done.stderr


@pytest.mark.user_only
def test_an_output_folder_that_cannot_be_written_is_told_before_grading(grader, good, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = grader("grade", good, "--out", locked / "out")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr


def test_an_output_path_that_is_a_file_is_told_before_grading(grader, good, tmp_path):
    (tmp_path / "file").write_text("x")
    done = grader("grade", good, "--out", tmp_path / "file" / "out")
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_hostile_working_directory_is_not_read(grader, good, course, tmp_path):
    trap = "import pathlib; pathlib.Path('TRAPPED').touch()"
    for name in (
        "torch.py",
        "conftest.py",
        "sitecustomize.py",
        "pytest.py",
        "grader.py",
        "click.py",
    ):
        (tmp_path / "ada" / name).write_text(trap)
    (tmp_path / "ada/pytest.ini").write_text("[pytest]\naddopts = --this-does-not-exist\n")
    done = grader(
        "grade", "halves.py", "--course", course, "--out", tmp_path / "out", cwd=tmp_path / "ada"
    )
    assert done.returncode == 0, done.stderr
    assert "8/8" in done.stdout
    assert not (tmp_path / "ada/TRAPPED").exists()


def test_check_runs_the_public_tests_and_says_who_decides(grader, course):
    path = course / "exercises/halves/halves.py"
    path.write_text((course / "solutions/halves/reference.py").read_text())
    done = grader("check", path)
    assert done.returncode == 0, done.stderr
    assert "2 of 2 public tests pass" in done.stdout
    assert "hidden tests" in done.stdout
    path.write_text("def half(x):\n    return x\n")
    done = grader("check", path)
    assert done.returncode == 1
    assert "expected" in done.stdout


def test_verify_proves_the_tiny_course_and_finds_what_is_broken(grader, course):
    done = grader("verify", "--seeds", "1")
    assert done.returncode == 0, done.stdout
    assert "proved" in done.stdout
    (course / "solutions/halves/wrong_answer/half/right_after_all.py").write_text(
        '"""Your result matches nothing wrong. Check again."""\n'
        + (course / "solutions/halves/accepted/divides.py").read_text().split('"""', 2)[2]
    )
    done = grader("verify", "--seeds", "1")
    assert done.returncode == 2
    assert "right_after_all.py:7: passes every test" in done.stdout.replace("\n", "")


def test_help_loads_neither_torch_nor_rich():
    code = (
        "import sys, grader.cli; sys.exit(bool({'torch', 'rich', 'pydantic'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
