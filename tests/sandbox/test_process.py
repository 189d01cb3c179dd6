"""Tier process: the same questions and answers over two pipes, on any system."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.model import Isolation, Limits, Verdict
from grader.protocol import Operation, Raised
from grader.sandbox import BoxFailed
from grader.sandbox.process import ProcessSandbox

CODE = """
import os, time, torch

def double(x):
    print("hello")
    return 2 * x

def leave(x):
    os._exit(3)

def spin(x):
    while True:
        pass

def flood(x):
    while True:
        print("x" * 5000)

def crash(x):
    import ctypes
    ctypes.string_at(0)

def hoard(x):
    return torch.zeros(1 << 30, dtype=torch.float64) + 1
"""
NAMES = ["double", "leave", "spin", "flood", "crash", "hoard"]
LIMITS = Limits(memory_bytes=512 << 20)


@pytest.fixture(scope="module")
def boxes():
    with ProcessSandbox(ahead=True) as sandbox:
        yield sandbox


@pytest.fixture
def box(boxes):
    one = boxes.spawn(LIMITS)
    files = {"code.py": CODE.encode()}
    reply = one.request(Operation.LOAD, {"files": files, "functions": NAMES}, seconds=30)
    assert not isinstance(reply, Raised), reply
    yield one
    one.close()


def ask(box, function, *, seconds=20, count=1):
    cases = [[[n], {}] for n in range(count)]
    arguments = {"function": function, "cases": cases, "seed": 0, "gradient": False, "reset": True}
    return list(box.stream(Operation.CALL, arguments, count=count, seconds=seconds))


def test_it_answers_every_case_in_order_and_keeps_what_was_printed(box):
    assert [observation.result for observation in ask(box, "double", count=3)] == [0, 2, 4]
    deadline = time.monotonic() + 5
    while not box.output and time.monotonic() < deadline:
        time.sleep(0.01)
    assert box.output == b"hello\n" * 3


@pytest.mark.parametrize(
    ("function", "verdict", "words"),
    [
        ("leave", Verdict.ERROR, "exit status 3"),
        ("flood", Verdict.OUTPUT, "printed more than"),
        ("crash", Verdict.ERROR, "segmentation fault"),
        ("hoard", Verdict.MEMORY, "512 MiB"),
    ],
)
def test_a_process_that_fails_gets_its_verdict(box, function, verdict, words):
    with pytest.raises(BoxFailed, match=words) as caught:
        ask(box, function)
    assert caught.value.verdict is verdict


def test_an_endless_loop_is_ended_at_the_deadline_and_nothing_is_left(box):
    folder, process = box._worker.folder, box._worker.process
    started = time.monotonic()
    with pytest.raises(BoxFailed) as caught:
        ask(box, "spin", seconds=0.5)
    assert caught.value.verdict is Verdict.TIMEOUT
    assert time.monotonic() - started < 5
    box.close()
    assert process.poll() is not None
    assert not folder.exists()


def test_it_says_which_tier_it_is(boxes):
    assert boxes.isolation is Isolation.PROCESS


def test_a_process_whose_grader_was_killed_ends_and_tidies_up():
    start = (
        "import time; from grader.sandbox.process import ProcessSandbox; s = ProcessSandbox(); "
        "s.start(); print(s._spare.folder, s._spare.process.pid, flush=True); time.sleep(60)"
    )
    killed = subprocess.Popen([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True)
    folder, pid = killed.stdout.readline().split()
    killed.kill()
    killed.communicate()
    deadline = time.monotonic() + 60
    while (Path(folder).exists() or Path("/proc", pid).exists()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(folder).exists()
