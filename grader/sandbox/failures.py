"""Why a box is finished, as a verdict and a sentence that a student understands."""

from __future__ import annotations

import os
import signal

from grader.messages import say
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

_CRASHES = frozenset({"SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGSYS", "SIGTRAP"})
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
    return BoxFailed(Verdict.TIMEOUT, say("failed.time", limit=limit))


def out_of_cpu_time(limits: Limits) -> BoxFailed:
    limit = seconds_in_words(limits.cpu_seconds)
    return BoxFailed(Verdict.TIMEOUT, say("failed.cpu", limit=limit))


def out_of_memory(limits: Limits) -> BoxFailed:
    limit = amount(limits.memory_bytes)
    return BoxFailed(Verdict.MEMORY, say("failed.memory", limit=limit))


def too_much_output(limits: Limits) -> BoxFailed:
    limit = amount(limits.output_bytes)
    return BoxFailed(Verdict.OUTPUT, say("failed.output", limit=limit))


def no_answer(reason: str) -> BoxFailed:
    return BoxFailed(Verdict.ERROR, say("failed.no answer", reason=reason))


def ended(news: News | None, limits: Limits, output: bytes) -> BoxFailed:
    """How the worker went, from its wait status (None: it lives, and has hung up)."""
    if news is None:
        return no_answer(say("failed.hung up"))
    return exited(os.waitstatus_to_exitcode(news.status), news.cpu_seconds, limits, output)


def exited(code: int, cpu_seconds: float, limits: Limits, output: bytes) -> BoxFailed:
    """How the worker went, from its exit code; below 0: minus the signal that ended it."""
    if any(sign.encode() in output for sign in _SIGNS_OF_NO_MEMORY):
        return out_of_memory(limits)
    if code >= 0:
        return BoxFailed(Verdict.ERROR, say("failed.exit", code=code))
    name = _signal_name(-code)
    if name in ("SIGKILL", "SIGXCPU"):
        is_time = name == "SIGXCPU" or cpu_seconds >= limits.cpu_seconds
        return out_of_cpu_time(limits) if is_time else out_of_memory(limits)
    is_known = name in _CRASHES
    crash = say(f"crash.{name}") if is_known else say("crash.signal", number=-code)
    return BoxFailed(Verdict.ERROR, say("failed.crash", crash=crash))


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
    return say("seconds.one") if seconds == 1 else say("seconds.many", n=seconds)
