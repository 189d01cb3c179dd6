"""New hints from kept replies: the hidden tests run again, and a stand-in answers from the file.

No student code runs, and no sandbox is needed: the stand-in plays the box. A call is told by its
seed, which derives from the test that makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import cast

from grader.catalog import Exercise
from grader.compare import Answers, Recording
from grader.model import ExerciseResult, FunctionResult, Limits, Submission, TestResult, Verdict
from grader.pipeline import Diagnosis
from grader.protocol import Observation, Operation, Value
from grader.runner import run
from grader.runner.cases import call_seed
from grader.sandbox import BoxFailed, Sandbox

__all__ = ["explained_again", "recorded_again"]


def explained_again(
    results: Sequence[ExerciseResult],
    exercises: Mapping[str, Exercise],
    answers: Mapping[str, Answers],
    diagnosis: Diagnosis,
) -> tuple[ExerciseResult, ...]:
    """Results with the hints that fit them now; verdicts and points stay.

    Args:
        results: of one attempt.
        exercises: by slug, as they are now; their score fingerprints are those of the results.
        answers: by slug, as `pipeline.unpack_replies` gives them.
        diagnosis: prepared.
    """
    return tuple(
        _explained(result, exercises[result.slug], answers.get(result.slug, {}), diagnosis)
        for result in results
    )


def _explained(
    result: ExerciseResult, exercise: Exercise, answers: Answers, diagnosis: Diagnosis
) -> ExerciseResult:
    bare = replace(
        result,
        functions=tuple(_without_hints(function) for function in result.functions),
        feedback_fingerprint=exercise.feedback_fingerprint,
    )
    if not answers:
        return bare
    return diagnosis.explain(exercise, bare, recorded_again(exercise, answers, result))


def _without_hints(function: FunctionResult) -> FunctionResult:
    if not any(test.misconception for test in function.tests):
        return function
    return replace(
        function,
        tests=tuple(_without_hint(test) for test in function.tests),
        hint="",
        misconception="",
    )


def _without_hint(test: TestResult) -> TestResult:
    return replace(test, hint="", misconception="") if test.misconception else test


def recorded_again(exercise: Exercise, answers: Answers, result: ExerciseResult) -> Recording:
    """What the failed functions of a result were asked, with the answers that were kept."""
    failed = {f.name for f in result.functions if f.verdict is not Verdict.PASSED}
    kept = {call_seed(result.seed, test_id): list(batches) for test_id, batches in answers.items()}
    stand_in = cast(Sandbox, _StandIn(failed, kept))
    nobody = Submission(name="replayed", files={PurePosixPath("replayed.py"): b""})
    (graded,) = run([exercise], [nobody], stand_in, seed=result.seed)
    return graded.recordings.get(exercise.slug, Recording())


@dataclass(slots=True)
class _StandIn:
    """Plays the sandbox, and every box in it."""

    failed: set[str]
    kept: dict[int, list[Sequence[Observation]]]
    limits: Limits = field(default_factory=Limits)
    cpu_seconds: float = 0.0
    output: bytes = b""

    def spawn(self, limits: Limits, profile: str = "functions") -> _StandIn:
        del limits, profile
        return self

    def close(self) -> None: ...

    def ask_ahead(
        self, operation: Operation, arguments: dict[str, Value], *, count: int, seconds: float
    ) -> None: ...

    def request(
        self, operation: Operation, arguments: dict[str, Value], *, seconds: float
    ) -> Value:
        """What a worker would say that holds the failed functions only."""
        del seconds
        if operation is Operation.PARSE:
            names = cast("list[str]", arguments["functions"])
            found: dict[str, Value] = {name: self._state(name) for name in names}
            return {"functions": dict(found.items()), "findings": [], "notes": [], "sources": []}
        if operation is Operation.LOAD:
            return {}
        raise BoxFailed(Verdict.ERROR, "This is not kept.")

    def _state(self, name: str) -> Value:
        return {"state": "WRITTEN" if name in self.failed else "STUB"}

    def stream(
        self,
        operation: Operation,
        arguments: dict[str, Value],
        *,
        count: int,
        seconds: float,
        likely: Sequence[object] = (),
    ) -> Iterator[Observation]:
        """The answers that were kept, in whole."""
        del seconds, likely
        batches = self.kept.get(cast(int, arguments.get("seed", 0)), [])
        batch = batches.pop(0) if operation is Operation.CALL and batches else []
        yield from batch[:count]
        if len(batch) < count:
            raise BoxFailed(Verdict.ERROR, "No more answers came.")
