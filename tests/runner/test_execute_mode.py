"""Exercises whose notebooks are executed before their functions are tested, in real boxes."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.config import ExecutionSettings
from grader.model import Limits, Submission, Verdict
from grader.runner import run, run_public

pytestmark = pytest.mark.sandbox


def notebook(*cells) -> bytes:
    rows = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            **({"source": cell} if isinstance(cell, str) else cell),
        }
        for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": rows}).encode()


@pytest.fixture
def halves(tiny_course):
    settings = ExecutionSettings(cell_seconds=3.0, total_seconds=20.0)
    return replace(tiny_course.exercise("halves"), notebook="execute", execution=settings)


@pytest.fixture
def graded(halves, sandbox):
    """Grade one submission; its result for the one exercise, and what was executed."""

    def grade(*cells, exercise=halves, name="work.ipynb", **files):
        data = cells[0] if isinstance(cells[0], bytes) else notebook(*cells)
        paths = {name: data, **files}
        submission = Submission(
            name="s", files={PurePosixPath(p): data for p, data in paths.items()}
        )
        (one,) = run([exercise], [submission], sandbox, seed=7)
        return one.exercises[0], one.executions

    return grade


def texts(result):
    return [note.text for note in result.notes]


def test_functions_are_called_where_the_notebook_left_them(graded, good):
    cells = [good, "%%time\nprint('trained')", "factor = 1\nhalf_before = half\n"]
    cells += ["def half(x, times=1):\n    return half_before(x, times) * factor", "1 + 1"]
    result, [execution] = graded(*cells)
    assert result.points == 8
    assert [cell.status for cell in execution.cells] == ["ok"] * 5
    assert [s.output for s in result.sources][-1] == "2"
    assert "trained\n" in result.sources[1].output
    assert texts(result) == ["`half` is defined 2 times; the last one counts"]


def test_a_failing_cell_is_told_with_its_number_and_line(graded, good):
    result, [execution] = graded(good, "x = 1\nx / 0", "print('after')")
    assert result.points == 8
    assert [cell.status for cell in execution.cells] == ["ok", "error", "ok"]
    assert texts(result) == ["Cell 2 stopped with ZeroDivisionError: division by zero"]
    assert (result.notes[0].cell, result.notes[0].line) == (2, 2)
    assert result.sources[1].output == "ZeroDivisionError: division by zero"


def test_a_hanging_cell_costs_only_itself(graded, good):
    result, [execution] = graded("while True: pass", good, "1")
    assert [cell.status for cell in execution.cells] == ["timeout", "ok", "ok"]
    assert result.points == 8
    assert "Cell 1 took too long" in texts(result)[0]


@pytest.mark.parametrize(
    ("cell", "status", "words"),
    [
        ("import os\nos._exit(0)", "interrupted", "ended the Python process"),
        ("import ctypes\nctypes.string_at(0)", "interrupted", "segmentation fault"),
        (
            "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
            "while True: pass",
            "timeout",
            "it still ran after",
        ),
    ],
)
def test_after_a_dead_worker_definitions_are_graded_and_that_is_said(
    graded, good, cell, status, words
):
    result, [execution] = graded("print('before')", cell, good)
    assert [c.status for c in execution.cells] == ["ok", status, "unreached"]
    assert [source.status for source in result.sources] == ["ok", status, "unreached"]
    assert execution.cells[0].text == "before"
    assert result.points == 8
    assert words in texts(result)[0]
    assert "graded by their definitions, from the whole notebook" in texts(result)[-1]
    assert result.notes[-1].cell == 2


FORGE = """
import msgpack, os, struct
header = msgpack.packb([0, [[0, [{number}, 0, True, None]]]])
os.write(3, struct.pack(">IQ", len(header), 0) + header)
"""


@pytest.mark.parametrize(
    "cell",
    [
        "import os\nos.write(3, b'x' * 100)",
        "import os\nos.close(3)",
        *(FORGE.replace("{number}", str(number)) for number in range(1, 9)),
    ],
)
def test_frames_that_a_cell_writes_itself_gain_nothing(graded, good, cell):
    result, [execution] = graded(cell, good.replace("0.5**times", "0.25**times"))
    assert result.points < 8
    assert execution.cells[1].status in ("unreached", "ok", "interrupted")


def test_the_total_limit_leaves_the_rest_unrun(graded, good, halves):
    settings = ExecutionSettings(cell_seconds=3.0, total_seconds=1.0)
    exercise = replace(halves, execution=settings)
    result, [execution] = graded("import time\ntime.sleep(5)", good, "1", exercise=exercise)
    assert [c.status for c in execution.cells] == ["timeout", "unreached", "unreached"]
    assert result.points == 8
    assert "had run for 1 seconds, all that it may" in " ".join(texts(result))
    assert "loaded from its definition" in " ".join(texts(result))


def test_a_memory_bomb_costs_its_cell(graded, good, halves):
    exercise = replace(halves, limits=Limits(memory_bytes=256 << 20))
    result, _ = graded("x = bytearray(10 ** 9)", good, exercise=exercise)
    assert result.points == 8
    assert "MemoryError" in texts(result)[0]


def test_a_function_that_hangs_is_tested_again_in_a_notebook_executed_again(graded, good):
    broken = good.replace("x * 0.5**times", "loop()")
    cells = [broken, "def loop():\n    while True: pass", "print('ready')"]
    result, executions = graded(*cells)
    assert len(executions) == 1
    assert result.points == 4  # `apply` and `make_layer` build on no other function


def test_tagged_cells_are_not_run(graded, good):
    skipped = {"source": "1 / 0", "metadata": {"tags": ["skip"]}}
    result, [execution] = graded(good, skipped)
    assert [c.status for c in execution.cells] == ["ok", "skipped"]
    assert texts(result) == []


def test_another_language_is_refused_with_a_sentence(graded, good):
    data = json.loads(notebook(good))
    data["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    result, executions = graded(json.dumps(data).encode())
    assert result.points == 0
    assert "written in R, not in Python" in " ".join(texts(result))
    assert executions == ()


def test_a_module_is_graded_as_always(graded, good, halves, sandbox):
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    (one,) = run([halves], [submission], sandbox, seed=7)
    assert one.exercises[0].points == 8
    assert one.executions == ()


def test_network_and_processes_are_refused_within_cells(graded, good):
    cells = [
        "import socket\nsocket.create_connection(('1.1.1.1', 53), 1)",
        "import subprocess\nsubprocess.run(['/usr/bin/true'])",
        "import urllib.request\nurllib.request.urlopen('http://example.org')",
        "open('/etc/shadow').read()",
    ]
    result, [execution] = graded(*cells, good)
    assert [c.status for c in execution.cells] == ["error"] * 4 + ["ok"]
    assert result.points == 8


def test_public_tests_never_execute_a_notebook(good, halves, sandbox):
    data = notebook(good, "while True: pass")
    submission = Submission(name="s", files={PurePosixPath("work.ipynb"): data})
    (one,) = run_public(halves, [submission], sandbox)
    assert one.executions == ()
    assert {t.verdict for f in one.exercises[0].functions for t in f.tests} == {Verdict.PASSED}
