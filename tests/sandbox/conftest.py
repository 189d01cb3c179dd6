"""One sandbox for all tests here, and a short way to run a function of a student's in a box."""

from __future__ import annotations

import shutil
import textwrap

import pytest

from grader.model import Limits
from grader.protocol import Operation
from grader.sandbox import Sandbox

SECONDS = 20.0


@pytest.fixture(scope="session")
def sandbox():
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    with Sandbox() as made:
        yield made


@pytest.fixture
def boxes(sandbox):
    """Makes boxes that end with the test."""
    made = []

    def make(limits=None):
        box = sandbox.spawn(limits or Limits())
        made.append(box)
        return box

    yield make
    for box in made:
        box.close()


class Student:
    """Asks boxes for what the tests need."""

    def load(self, box, code, function="attack", seconds=SECONDS):
        arguments = {
            "files": {"solution.py": textwrap.dedent(code).encode()},
            "functions": [function],
            "path": None,
            "mode": "auto",
            "seconds": seconds / 2,
        }
        return box.request(Operation.LOAD, arguments, seconds=seconds)

    def call(self, box, *arguments, function="attack", seconds=SECONDS):
        """The result of one call."""
        return self.calls(box, [[list(arguments), {}]], function=function, seconds=seconds)[0]

    def calls(self, box, cases, *, function="attack", seconds=SECONDS):
        asked = self.asking(cases, function)
        stream = box.stream(Operation.CALL, asked, count=len(cases), seconds=seconds)
        return [observation.result for observation in stream]

    def asking(self, cases, function="attack"):
        return {"function": function, "cases": cases, "seed": 1, "gradient": False, "reset": True}


@pytest.fixture(scope="session")
def student():
    return Student()


@pytest.fixture
def run(boxes, student):
    """Load the code in a fresh box and call `attack`: its result."""

    def run_once(code, *arguments, limits=None, seconds=SECONDS):
        box = boxes(limits)
        assert student.load(box, code)["attack"] is None
        return student.call(box, *arguments, seconds=seconds)

    return run_once


@pytest.fixture
def errno_of(run):
    """Run statements in a box: the name of the OSError they meet, else what they return."""

    def run_statements(statements, *arguments, **options):
        body = textwrap.indent(textwrap.dedent(statements).strip(), " " * 8)
        code = (
            "import ctypes, errno, os, resource, signal, socket, sys\n"
            "def attack(*arguments):\n"
            "    try:\n"
            f"{body}\n"
            "    except OSError as error:\n"
            "        return errno.errorcode.get(error.errno, str(error))\n"
        )
        return run(code, *arguments, **options)

    return run_statements
