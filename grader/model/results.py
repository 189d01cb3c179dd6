"""What came of grading one submission once, from a test up to the attempt, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from grader.model.kinds import (
    Attribution,
    Audience,
    CellStatus,
    FunctionState,
    Isolation,
    Show,
    Tier,
    Verdict,
)
from grader.model.submission import SubmissionInfo
from grader.model.training import TrainingResult
from grader.model.values import Measured, Mismatch, Note, Points

__all__ = [
    "SCHEMA_VERSION",
    "Attempt",
    "ExerciseResult",
    "FunctionResult",
    "PastAttempt",
    "Provenance",
    "Source",
    "TestResult",
    "attempt_from_json",
    "attempt_schema",
    "attempt_to_json",
]

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One hidden test. `id` is stable over runs: `slug::function::test_name`."""

    __test__ = False  # pytest: not a test class

    id: str
    function: str
    title: str
    tier: Tier
    verdict: Verdict
    points: Points
    max_points: Points
    states: str = ""
    sentence: str = ""
    mismatch: Mismatch | None = None
    hint: str = ""
    misconception: str = ""
    show: Show = Show.EXPLAIN
    needs_basic: bool = False
    notes: tuple[Note, ...] = ()
    measured: Measured = field(default_factory=Measured)
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionResult:
    """One function to write. `sentence` says what is wrong with the function as a whole, if so.

    `requires` names the functions it builds on. `right_when` holds conditions under which it
    answers right, each the end of "right whenever …": "padding is 0"; `ignores` the options that
    change nothing in its answers though they should.
    """

    name: str
    state: FunctionState
    verdict: Verdict
    points: Points
    max_points: Points
    tests: tuple[TestResult, ...]
    path: str = ""
    line: int | None = None
    nearest: str = ""
    sentence: str = ""
    hint: str = ""
    misconception: str = ""
    notes: tuple[Note, ...] = ()
    cell: int | None = None
    requires: tuple[str, ...] = ()
    right_when: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A student's file, or one cell of a notebook, as cleaned text for the page.

    `kind` is "code" or "markdown"; `output` is the text that a notebook holds under the cell.
    Where the notebook was executed, `pictures` are PNG in base64 that a box encoded anew, and
    `status` says what came of the cell.
    """

    path: str
    text: str
    cell: int | None = None
    truncated: bool = False
    kind: str = "code"
    output: str = ""
    pictures: tuple[str, ...] = ()
    status: CellStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseResult:
    """One exercise of one attempt. `concept` is where the topic is taught."""

    slug: str
    title: str
    score_fingerprint: str
    feedback_fingerprint: str
    seed: int
    functions: tuple[FunctionResult, ...]
    concept: str = ""
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    measured: Measured = field(default_factory=Measured)
    training: TrainingResult | None = None

    @property
    def points(self) -> Fraction:
        return sum((f.points for f in self.functions), Fraction(0))

    @property
    def max_points(self) -> Fraction:
        return sum((f.max_points for f in self.functions), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What else the result depends on."""

    grader: str
    python: str
    torch: str
    machine: str
    device: str
    isolation: Isolation


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """What an attempt's page says of an earlier one; `failing` are the ids of its failed tests."""

    number: int
    points: Points
    max_points: Points
    failing: tuple[str, ...] = ()
    handed_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Everything that came of grading one submission once.

    `is_void`: the grader or the machine failed, so these results must not count. `reference` is
    what a question about these results quotes; `history` holds the earlier attempts, oldest first.
    """

    submission: SubmissionInfo
    course: str
    assignment: str
    exercises: tuple[ExerciseResult, ...]
    provenance: Provenance
    audience: Audience = Audience.STAFF
    notes: tuple[Note, ...] = ()
    schema_version: int = SCHEMA_VERSION
    measured: Measured = field(default_factory=Measured)
    reference: str = ""
    history: tuple[PastAttempt, ...] = ()

    @property
    def points(self) -> Fraction:
        return sum((e.points for e in self.exercises), Fraction(0))

    @property
    def max_points(self) -> Fraction:
        return sum((e.max_points for e in self.exercises), Fraction(0))

    @property
    def is_void(self) -> bool:
        return any(
            test.verdict is Verdict.INTERNAL
            for exercise in self.exercises
            for function in exercise.functions
            for test in function.tests
        ) or any(
            function.verdict is Verdict.INTERNAL
            for exercise in self.exercises
            for function in exercise.functions
        )


_ATTEMPT: TypeAdapter[Attempt] = TypeAdapter(Attempt)


def attempt_to_json(attempt: Attempt) -> bytes:
    """UTF-8 JSON, indented, member order as declared: the same results give the same bytes."""
    return _ATTEMPT.dump_json(attempt, indent=2) + b"\n"


def attempt_from_json(text: bytes) -> Attempt:
    """Read what `attempt_to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not JSON of this schema.
    """
    return _ATTEMPT.validate_json(text)


def attempt_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of results.json and results.staff.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_ATTEMPT.json_schema(mode="serialization"),
    }
