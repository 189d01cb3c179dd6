"""The closed sets of the results: what a verdict, a tier, a facet or an audience can be."""

from __future__ import annotations

import enum

__all__ = [
    "Attribution",
    "Audience",
    "CellStatus",
    "Facet",
    "FunctionState",
    "Isolation",
    "Show",
    "Tier",
    "Verdict",
]


class Verdict(enum.StrEnum):
    """What one test, or one function as a whole, came to."""

    PASSED = "PASSED"
    FAILED = "FAILED"  # it answered, and the answer is wrong
    ERROR = "ERROR"  # it crashed, or what it sent was no answer
    TIMEOUT = "TIMEOUT"
    MEMORY = "MEMORY"
    OUTPUT = "OUTPUT"  # it printed more than the limit
    FORBIDDEN = "FORBIDDEN"  # it makes a call that the exercise does not allow
    SKIPPED = "SKIPPED"  # not run: the function is missing or a stub
    INTERNAL = "INTERNAL"  # our fault: voids the attempt, never costs points


class Attribution(enum.StrEnum):
    """Whose doing it is that a test did not pass."""

    STUDENT = "student"
    AUTHOR = "author"  # of the hidden test
    BUDGET = "budget"  # time, memory or output ran out: perhaps ours was too small
    MACHINE = "machine"


class FunctionState(enum.StrEnum):
    """Whether a function was handed in at all."""

    MISSING = "MISSING"
    STUB = "STUB"
    WRITTEN = "WRITTEN"


class Tier(enum.StrEnum):
    """How demanding a hidden test is; a function's points split over the tiers."""

    BASIC = "basic"
    PARAMETERS = "parameters"
    EDGE = "edge"


class Facet(enum.StrEnum):
    """The side of a call in which it differs from the oracle."""

    EXCEPTION = "exception"  # it raised, the oracle did not
    NO_EXCEPTION = "no exception"  # it returned where an error is stated
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    VALUE = "value"
    MUTATION = "mutation"
    GRADIENT = "gradient"
    REPEATABLE = "repeatable"
    CRASH = "crash"  # no answer came: see the verdict


class Show(enum.StrEnum):
    """How much of a test its student may see, most first.

    REVEAL is for assignments, not for single tests: everything that EXPLAIN shows, and the
    held-out images that a trained model took for another class, with their labels.
    """

    REVEAL = "reveal"
    EXPLAIN = "explain"
    HINT = "hint"
    VERDICT = "verdict"
    HIDDEN = "hidden"


class Isolation(enum.StrEnum):
    """The tier of isolation that was proven before grading, strongest first."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    PROCESS = "process"


class Audience(enum.StrEnum):
    """Whom a view of the results is for."""

    STUDENT = "student"
    STAFF = "staff"


class CellStatus(enum.StrEnum):
    """What came of one code cell of a notebook that was executed."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"  # the process ended in it
    SKIPPED = "skipped"  # tagged so
    UNREACHED = "unreached"  # the execution ended before it
