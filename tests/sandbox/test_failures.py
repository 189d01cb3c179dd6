"""Verdicts and sentences from the way a worker ended."""

from __future__ import annotations

import signal

import pytest

from grader.model import Limits, Verdict
from grader.protocol import Raised
from grader.protocol.control import Event, News
from grader.sandbox import failures

LIMITS = Limits(cpu_seconds=2.0, memory_bytes=1 << 30)


def ended(status, cpu_seconds=0.1, output=b""):
    news = News(event=Event.ENDED, number=1, status=status, cpu_seconds=cpu_seconds)
    return failures.ended(news, LIMITS, output)


@pytest.mark.parametrize(
    ("status", "cpu_seconds", "verdict", "words"),
    [
        (0, 0.1, Verdict.ERROR, "exit status 0"),
        (5 << 8, 0.1, Verdict.ERROR, "exit status 5"),
        (signal.SIGSEGV, 0.1, Verdict.ERROR, "segmentation fault"),
        (signal.SIGABRT, 0.1, Verdict.ERROR, "abort"),
        (signal.SIGKILL, 2.5, Verdict.TIMEOUT, "computed for 2 seconds"),
        (signal.SIGKILL, 0.1, Verdict.MEMORY, "more than 1 GiB"),
        (signal.SIGXCPU, 0.1, Verdict.TIMEOUT, "computed for 2 seconds"),
        (40, 0.1, Verdict.ERROR, "signal 40"),
    ],
)
def test_the_wait_status_gives_verdict_and_sentence(status, cpu_seconds, verdict, words):
    failure = ended(int(status), cpu_seconds)
    assert failure.verdict is verdict
    assert words in failure.sentence


def test_an_abort_for_lack_of_memory_is_memory():
    words = b"terminate called after throwing an instance of 'std::bad_alloc'"
    assert ended(int(signal.SIGABRT), output=words).verdict is Verdict.MEMORY


def test_a_worker_that_lives_on_has_hung_up():
    assert "closed the connection" in failures.ended(None, LIMITS, b"").sentence


@pytest.mark.parametrize(
    ("raised", "is_memory"),
    [
        (Raised(classes=("MemoryError", "Exception"), text=""), True),
        (Raised(classes=("RuntimeError",), text="DefaultCPUAllocator: can't allocate"), True),
        (Raised(classes=("RuntimeError",), text="shape mismatch"), False),
        (Raised(classes=("ValueError",), text="DefaultCPUAllocator"), False),
    ],
)
def test_exceptions_that_say_memory_ran_out_are_known(raised, is_memory):
    assert failures.ran_out_of_memory(raised) is is_memory


@pytest.mark.parametrize(
    ("size", "words"),
    [(1 << 30, "1 GiB"), (3 << 29, "1.5 GiB"), (1 << 20, "1 MiB"), (2048, "2 KiB"), (7, "7 bytes")],
)
def test_sizes_are_worded_in_the_largest_unit_that_fits(size, words):
    assert failures.amount(size) == words


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 second"), (0.5, "0.5 seconds")])
def test_one_second_is_singular(seconds, words):
    assert failures.seconds_in_words(seconds) == words


def test_the_exception_says_what_its_sentence_says():
    failure = failures.out_of_time(2.0)
    assert (
        str(failure) == failure.sentence == "Your code was stopped: it still ran after 2 seconds."
    )
