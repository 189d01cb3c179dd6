"""The tutorial for authors, followed to the letter: its commands run and its files written."""

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).resolve().parent.parent / "docs/tutorial/write-an-exercise.md"
FILE = r"Put this into `(?P<path>[^`]+)`:\n\n```\w+\n(?P<text>.*?)```"
COMMAND = r"^    (?P<command>(?:grader|cd) [^\n]*)$"
STEP = re.compile(f"{FILE}|{COMMAND}", re.DOTALL | re.MULTILINE)

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Every command as typed, with its exit code and what it said."""
    here = tmp_path_factory.mktemp("author")
    done = []
    for step in STEP.finditer(TUTORIAL.read_text()):
        if step["path"]:
            (here / step["path"]).write_text(step["text"])
        elif step["command"].startswith("cd "):
            here = here / step["command"][3:]
        else:
            done.append(run(step["command"], here))
    return here, done


def run(command, here):
    arguments = shlex.split(command)
    arguments[0] = str(Path(sys.executable).with_name("grader"))
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "150"}
    result = subprocess.run(
        arguments,
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return command, result.returncode, result.stdout + result.stderr


def test_every_command_does_what_the_tutorial_says(followed):
    _, done = followed
    codes = {command: code for command, code, _ in done}
    wanted = dict.fromkeys(codes, 0) | {"grader check exercises/leaky_relu --html stub.html": 1}
    assert len(codes) == 7
    assert codes == wanted, done


def test_the_scaffold_and_the_finished_exercise_are_proved(followed):
    _, done = followed
    proofs = [said for command, _, said in done if command.startswith("grader verify")]
    assert [" proved" in said for said in proofs] == [True, True], proofs


def test_what_students_get_holds_the_new_exercise(followed):
    here, _ = followed
    with zipfile.ZipFile(here.parent / "handout.zip") as archive:
        names = archive.namelist()
        stub = archive.read("exercises/leaky_relu/leaky_relu.py").decode()
    assert "raise NotImplementedError" in stub
    assert not any("solutions" in name for name in names)
