"""Lets tests of commands use the attempts that tests of pages are made with."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass

import pytest

HALF = "def half(x, times=1):\n    if times < 0:\n        raise ValueError\n    return {}\n"
ROSTER = (
    "id,name,email,canvas_id\n"
    "ada,Ada Lovelace,ada@x.org,55\n"
    "ben,Ben Bit,ben@x.org,56\n"
    "cleo,Cleo Code,cleo@x.org,57\n"
    "zoe,Zoe Zero,zoe@x.org,58\n"
)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def graded_folder(tmp_path_factory, root):
    """A course with a class that `grader batch` has graded: ada all right, ben and cleo not."""
    folder = tmp_path_factory.mktemp("class")
    ignored = shutil.ignore_patterns("gradebook", "reports")
    shutil.copytree(root / "tests/samples/tiny", folder / "course", ignore=ignored)
    (folder / "roster.csv").write_text(ROSTER)
    answers = {"ada": "x / 2**times", "ben": "x * 2**times", "cleo": "x / 2"}
    for student, answer in answers.items():
        path = folder / "hand-in" / student / "halves.py"
        path.parent.mkdir(parents=True)
        path.write_text(HALF.format(answer))
    command = [
        str(Path(sys.executable).with_name("grader")), "batch", "hand-in", "--course", "course",
        "--roster", "roster.csv", "--jobs", "1",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    (folder / "batch.txt").write_text(done.stdout)
    return folder


@pytest.fixture
def classroom(graded_folder, tmp_path, monkeypatch):
    """A copy of it to spoil, with the course as the current folder."""
    folder = tmp_path / "class"
    shutil.copytree(graded_folder, folder)
    with closing(sqlite3.connect(folder / "course/gradebook/gradebook.db")) as book, book:
        book.execute("UPDATE places SET pages = ?", (str(folder / "course/reports/only"),))
    monkeypatch.chdir(folder / "course")
    monkeypatch.setenv("GRADER_AUTHOR", "prof")
    monkeypatch.setenv("COLUMNS", "200")
    return folder


@pytest.fixture
def run(classroom, monkeypatch, capsys):
    """Run a command in this process, as from a shell."""
    from grader import cli

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        code = cli.run()
        printed = capsys.readouterr()
        return Done(code=code, out=printed.out, err=printed.err)

    return command
