"""Why a box is finished, as a verdict and a sentence that a student understands."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping

from grader.model import Limits, Verdict
from grader.protocol import Raised
from grader.protocol.control import News

__all__ = [
    "BoxFailed",
    "amount",
    "ended",
    "exited",
    "no_answer",
    "out_of_cpu_time",
    "out_of_memory",
    "out_of_time",
    "ran_out_of_memory",
    "seconds_in_words",
    "too_much_output",
]

_CRASHES: Mapping[str, str] = {
    "SIGSEGV": "segmentation fault",
    "SIGBUS": "bus error",
    "SIGILL": "illegal instruction",
    "SIGFPE": "arithmetic error",
    "SIGABRT": "abort",
    "SIGSYS": "a system call that does not exist here",
    "SIGTRAP": "trap",
}
"""By name, since no system has them all."""
_SIGNS_OF_NO_MEMORY = ("DefaultCPUAllocator", "Cannot allocate memory", "std::bad_alloc")


class BoxFailed(Exception):
    """The worker is gone, or no longer trusted: the box is finished."""

    def __init__(self, verdict: Verdict, sentence: str) -> None:
        super().__init__(sentence)
        self.verdict = verdict
        self.sentence = sentence


def out_of_time(seconds: float) -> BoxFailed:
    limit = seconds_in_words(seconds)
    return BoxFailed(Verdict.TIMEOUT, f"Your code was stopped: it still ran after {limit}.")


def out_of_cpu_time(limits: Limits) -> BoxFailed:
    limit = seconds_in_words(limits.cpu_seconds)
    return BoxFailed(
        Verdict.TIMEOUT, f"Your code was stopped: it had computed for {limit}, all that it may."
    )


def out_of_memory(limits: Limits) -> BoxFailed:
    limit = amount(limits.memory_bytes)
    return BoxFailed(Verdict.MEMORY, f"Your code asked for more than {limit} of memory.")


def too_much_output(limits: Limits) -> BoxFailed:
    limit = amount(limits.output_bytes)
    return BoxFailed(Verdict.OUTPUT, f"Your code was stopped: it printed more than {limit}.")


def no_answer(reason: str) -> BoxFailed:
    return BoxFailed(
        Verdict.ERROR, f"What came back from your code is not an answer the grader takes: {reason}."
    )


def ended(news: News | None, limits: Limits, output: bytes) -> BoxFailed:
    """How the worker went, from its wait status (None: it lives, and has hung up)."""
    if news is None:
        return no_answer("it closed the connection to the grader")
    return exited(os.waitstatus_to_exitcode(news.status), news.cpu_seconds, limits, output)


def exited(code: int, cpu_seconds: float, limits: Limits, output: bytes) -> BoxFailed:
    """How the worker went, from its exit code; below 0: minus the signal that ended it."""
    if any(sign.encode() in output for sign in _SIGNS_OF_NO_MEMORY):
        return out_of_memory(limits)
    if code >= 0:
        return BoxFailed(
            Verdict.ERROR,
            f"Your code ended the Python process (exit status {code}) before it answered. "
            "Remove calls such as os._exit().",
        )
    name = _signal_name(-code)
    if name in ("SIGKILL", "SIGXCPU"):
        is_time = name == "SIGXCPU" or cpu_seconds >= limits.cpu_seconds
        return out_of_cpu_time(limits) if is_time else out_of_memory(limits)
    crash = _CRASHES.get(name, f"signal {-code}")
    return BoxFailed(
        Verdict.ERROR,
        f"Your code crashed Python itself ({crash}). A recursion that does not end, or memory "
        "reached around Python, can do this.",
    )


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return ""


def ran_out_of_memory(raised: Raised) -> bool:
    """Whether this exception says that the memory limit was met."""
    if "MemoryError" in raised.classes:
        return True
    return "RuntimeError" in raised.classes and any(s in raised.text for s in _SIGNS_OF_NO_MEMORY)


def amount(size: int) -> str:
    """1 << 30 as "1 GiB", the unit in which the number is whole, else to one decimal."""
    for unit, power in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << power:
            return f"{round(size / (1 << power), 1):g} {unit}"
    return f"{size} bytes"


def seconds_in_words(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"
