"""A box: what it answers, how it fails, and that it stays failed."""

from __future__ import annotations

import time

import pytest

from grader.model import Limits, Verdict
from grader.protocol import Operation, Raised
from grader.sandbox import BoxFailed

pytestmark = pytest.mark.sandbox


def failure_of(run, code, *arguments, **options):
    with pytest.raises(BoxFailed) as caught:
        run(code, *arguments, **options)
    return caught.value


def test_a_call_is_answered_with_what_the_function_returned(run):
    assert run("def attack(x):\n    return [x + 1, (x,)]", 41) == [42, (41,)]


def test_a_stream_gives_one_observation_per_case_in_order(boxes, student):
    box = boxes()
    student.load(box, "def attack(x):\n    return x * x")
    assert student.calls(box, [[[n], {}] for n in range(50)]) == [n * n for n in range(50)]


def test_an_exception_is_an_answer_and_the_box_lives(boxes, student):
    box = boxes()
    student.load(box, "def attack(x):\n    return 1 / x")
    assert isinstance(student.call(box, 0), Raised)
    assert student.call(box, 4) == 0.25


def test_cases_before_a_hanging_one_still_count(boxes, student):
    box = boxes()
    student.load(box, "def attack(x):\n    while x == 2:\n        pass\n    return x")
    cases = [[[n], {}] for n in range(4)]
    stream = box.stream(Operation.CALL, student.asking(cases), count=4, seconds=1.0)
    assert [next(stream).result, next(stream).result] == [0, 1]
    with pytest.raises(BoxFailed) as caught:
        next(stream)
    assert caught.value.verdict is Verdict.TIMEOUT
    assert caught.value.sentence == "Your code was stopped: it still ran after 1 second."


def test_a_deadline_is_kept_within_half_a_second(boxes, student):
    box = boxes()
    student.load(box, "import time\ndef attack():\n    time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(BoxFailed):
        student.call(box, seconds=0.5)
    assert 0.5 <= time.monotonic() - started < 1.0


def test_cpu_time_has_its_own_limit_and_sentence(run):
    limits = Limits(cpu_seconds=0.5)
    failure = failure_of(run, "def attack():\n    while True:\n        pass", limits=limits)
    assert failure.verdict is Verdict.TIMEOUT
    assert "it had computed for 0.5 seconds" in failure.sentence


def test_sleeping_costs_no_cpu_time(boxes, student):
    box = boxes(Limits(cpu_seconds=0.3))
    student.load(box, "import time\ndef attack():\n    time.sleep(0.6)\n    return 1")
    assert student.call(box) == 1
    assert box.cpu_seconds < 0.3


def test_cpu_seconds_grow_with_the_work_and_outlive_the_worker(boxes, student):
    box = boxes()
    student.load(
        box,
        """
        import time
        def attack():
            end = time.process_time() + 0.3
            while time.process_time() < end:
                pass
        """,
    )
    student.call(box)
    used = box.cpu_seconds
    assert 0.29 <= used < 1.0
    box.close()
    assert used <= box.cpu_seconds < 1.0


@pytest.mark.parametrize(
    "code",
    [
        "def attack():\n    return len(bytearray(300 << 20))",
        "import torch\ndef attack():\n    return torch.ones(100_000_000).sum().item()",
        "def attack():\n    kept = []\n    while True:\n        kept.append([0] * 100_000)",
        "import numpy\ndef attack():\n    return numpy.ones(60_000_000).sum()",
    ],
    ids=["bytearray", "torch", "list", "numpy"],
)
def test_asking_for_more_memory_than_allowed_is_memory(run, code):
    failure = failure_of(run, code, limits=Limits(memory_bytes=200 << 20))
    assert failure.verdict is Verdict.MEMORY
    assert failure.sentence == "Your code asked for more than 200 MiB of memory."


def test_memory_below_the_limit_may_be_used(run):
    code = "def attack():\n    return len(bytearray(150 << 20))"
    assert run(code, limits=Limits(memory_bytes=200 << 20)) == 150 << 20


@pytest.mark.parametrize("stream", ["sys.stdout", "sys.stderr"])
def test_printing_more_than_allowed_is_output(run, stream):
    code = f"import sys\ndef attack():\n    while True:\n        {stream}.write('x' * 10_000)"
    failure = failure_of(run, code, limits=Limits(output_bytes=100_000))
    assert failure.verdict is Verdict.OUTPUT
    assert "it printed more than 97.7 KiB" in failure.sentence


def test_output_before_the_answer_counts_too(run):
    code = "import os\ndef attack():\n    return os.write(1, b'x' * 60_000)"
    failure = failure_of(run, code, limits=Limits(output_bytes=50_000))
    assert failure.verdict is Verdict.OUTPUT


def test_what_is_printed_is_kept_to_64_kib(boxes, student):
    box = boxes()
    student.load(box, "def attack(n):\n    print('y' * n, flush=True)")
    student.call(box, 5)
    assert box.output.endswith(b"yyyyy\n")
    student.call(box, 200_000)
    assert len(box.output) == 64 << 10


def test_closing_standard_output_neither_hangs_nor_spins(boxes, student):
    box = boxes()
    student.load(
        box, "import os, time\ndef attack():\n    os.close(1); os.close(2)\n    time.sleep(0.5)"
    )
    before = time.process_time()
    student.call(box)
    assert time.process_time() - before < 0.2


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import ctypes\ndef attack():\n    ctypes.string_at(0)", "segmentation fault"),
        ("import os\ndef attack():\n    os.abort()", "crashed Python itself"),
        ("import os\ndef attack():\n    os._exit(0)", "(exit status 0)"),
        ("import os\ndef attack():\n    os._exit(7)", "(exit status 7)"),
        (
            "import os\ndef attack():\n    os.close(3)\n    while True: pass",
            "closed the connection",
        ),
    ],
    ids=["null", "abort", "exit", "exit 7", "hang up"],
)
def test_a_worker_that_ends_itself_is_an_error_in_plain_words(run, code, words):
    failure = failure_of(run, code)
    assert failure.verdict is Verdict.ERROR
    assert words in failure.sentence


def test_a_crash_of_python_itself_names_recursion(run):
    failure = failure_of(run, "def attack():\n    import ctypes\n    ctypes.string_at(0)")
    assert failure.verdict is Verdict.ERROR
    assert "recursion" in failure.sentence


FORGE = """
import socket
from grader.protocol import Bounds, Channel, Observation, Reply
def forge(number, index, value, last):
    channel = Channel(socket.socket(fileno=3), Bounds())
    channel.send(Reply(number=number, index=index, value=value, last=last).to_value())
"""


@pytest.mark.parametrize(
    ("number", "index", "last"),
    [(2, 1, True), (2, 0, False), (3, 0, True), (1, 0, True), (2, -1, True)],
    ids=["later case", "not last", "next request", "earlier request", "no such case"],
)
def test_a_forged_reply_that_is_not_due_ends_the_box(run, number, index, last):
    body = f"def attack():\n    forge({number}, {index}, [1, None, ()], {last})\n    return 2"
    failure = failure_of(run, FORGE + body)
    assert failure.verdict is Verdict.ERROR


def test_a_second_answer_ends_the_box_at_the_next_question(boxes, student):
    box = boxes()
    student.load(box, FORGE + "def attack():\n    forge(2, 0, [1, None, ()], True)\n    return 2")
    assert student.call(box) == 1  # the same as returning 1: it is the student's own answer
    with pytest.raises(BoxFailed) as caught:
        student.call(box)
    assert caught.value.verdict is Verdict.ERROR


@pytest.mark.parametrize(
    "frame",
    [
        b"\xff" * 12,
        b"\x00\x10\x00\x01" + b"\x00" * 8,
        b"\x00\x00\x00\x01" + b"\x00" * 7 + b"\x01" + b"\xc0\x00",
        b"\x00\x00\x00\x00" + b"\x00" * 8,
        b"\x00\x00\x00\x02" + b"\x00" * 8 + b"\xc7\x01",
    ],
    ids=["huge", "header too long", "left over", "empty", "extension"],
)
def test_a_hostile_frame_ends_the_box_at_once(run, frame):
    code = f"import os, time\ndef attack():\n    os.write(3, {frame!r})\n    time.sleep(60)"
    started = time.monotonic()
    failure = failure_of(run, code)
    assert failure.verdict is Verdict.ERROR
    assert time.monotonic() - started < 5


def test_a_trickle_of_bytes_does_not_outlast_the_deadline(run):
    code = """
    import os, time
    def attack():
        os.write(3, b"\\x00\\x00\\x10\\x00" + b"\\x00" * 8)
        while True:
            os.write(3, b"\\x90")
            time.sleep(0.02)
    """
    started = time.monotonic()
    assert failure_of(run, code, seconds=1.0).verdict is Verdict.TIMEOUT
    assert time.monotonic() - started < 3


def test_a_finished_box_keeps_its_verdict(boxes, student):
    box = boxes()
    student.load(box, "import os\ndef attack():\n    os._exit(3)")
    for _ in range(2):
        with pytest.raises(BoxFailed, match="exit status 3"):
            student.call(box)


def test_a_stream_that_nobody_read_to_its_end_is_taken_up(boxes, student):
    box = boxes()
    student.load(box, "def attack(x):\n    return x")
    cases = [[[n], {}] for n in range(5)]
    stream = box.stream(Operation.CALL, student.asking(cases), count=5, seconds=5.0)
    assert next(stream).result == 0
    stream.close()
    assert student.call(box, "next") == "next"


def test_no_cases_need_no_answer(boxes, student):
    box = boxes()
    assert student.calls(box, []) == []


def test_an_operation_that_fails_is_an_error(boxes, student):
    box = boxes()
    student.load(box, "def attack():\n    return 1")
    with pytest.raises(BoxFailed) as caught:
        student.call(box, function="absent")
    assert caught.value.verdict is Verdict.ERROR


def test_a_box_can_be_closed_twice_and_then_refuses(boxes, student):
    box = boxes()
    box.close()
    box.close()
    with pytest.raises(RuntimeError, match="closed"):
        student.call(box)


def test_the_most_memory_that_was_held_is_read_from_outside(boxes, student):
    box = boxes()
    student.load(box, "def attack(n):\n    return len(bytes(n)) and len(b'x' * n)")
    before = box.peak_bytes
    assert student.call(box, 64 << 20) == 64 << 20
    assert 64 << 20 <= box.peak_bytes - before + (8 << 20) < 256 << 20
    box.close()
    assert box.peak_bytes == 0


def test_a_process_may_call_itself_what_it_likes(boxes, student):
    box = boxes()
    name = "__import__('ctypes').CDLL(None).prctl(15, b'\\xff\\x1cVmHWM: 1\\n')"
    student.load(box, f"def attack(n):\n    return {name}")
    assert student.call(box, 0) == 0
    assert box.peak_bytes > 1 << 20


def test_what_was_sent_ahead_is_answered_in_order_and_laid_to_the_right_request(boxes):
    """Loading begins while nobody reads what came of the requests before it."""
    box = boxes(Limits(output_bytes=1000))
    code = b"print('x' * 5000, flush=True)\n\ndef attack():\n    return 1\n"
    first, second = (
        {"slug": slug, "functions": ["attack"], **files}
        for slug, files in (("one", {"files": {"solution.py": code}}), ("two", {}))
    )
    loading = {"functions": ["attack"], "mode": "auto", "seconds": 5.0}
    for operation, arguments in (
        (Operation.PARSE, first),
        (Operation.PARSE, second),
        (Operation.LOAD, loading),
    ):
        box.ask_ahead(operation, arguments, count=1, seconds=5.0)
    time.sleep(0.5)
    for arguments in (first, second):
        reply = box.request(Operation.PARSE, arguments, seconds=5.0)
        assert reply["functions"]["attack"]["state"] == "WRITTEN"
    with pytest.raises(BoxFailed) as caught:
        box.request(Operation.LOAD, loading, seconds=5.0)
    assert caught.value.verdict is Verdict.OUTPUT


def test_whoever_asks_something_else_than_was_sent_ahead_gets_the_answer_to_that(boxes, student):
    box = boxes()
    student.load(box, "def attack(x):\n    return 2 * x")
    for numbers in ((1, 2), (3, 4)):
        cases = student.asking([[[n], {}] for n in numbers])
        box.ask_ahead(Operation.CALL, cases, count=2, seconds=5.0)
    assert student.calls(box, [[[5], {}]]) == [10]
    assert student.calls(box, [[[n], {}] for n in (3, 4)]) == [6, 8]
