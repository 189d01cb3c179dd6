"""On which of the calls that tests made a submission's functions are traced for forbidden calls.

A few small ones, which differ in their options: a function may treat each mode in another way.
What a trace says is the worker's own word. It can cost points, and never gives any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.compare import Asked, Recording
from grader.model import Verdict
from grader.protocol import ArrayValue, Recipe, Value
from grader.runner.asking import Call
from grader.runner.contexts import Progress, TestFile
from grader.scoring import TestPlan

__all__ = ["trace_functions"]

_MOST_CALLS = 4  # of one function
_FIRST = 8  # of each batch are looked at; they are sorted from small to large
_MOST_BYTES = 4096  # of one call; a loop over more takes longer than the tests


def trace_functions(
    progress: Progress, files: Mapping[str, TestFile], plans: Mapping[str, TestPlan]
) -> None:
    """Add what is found to the findings of `progress.worker`.

    Args:
        progress: after all tests.
        files: by slug.
        plans: of all tests. Functions that no test passed have no points to lose.
    """
    passed = {
        plans[test_id].function or progress.asked.get(test_id, "")
        for test_id, outcome in progress.outcomes.items()
        if outcome.verdict is Verdict.PASSED and not outcome.needs_basic
    }
    for slug, recording in progress.recordings.items():
        exercise = files[slug].exercise
        known = {finding.function for finding in progress.worker.found(exercise).findings}
        calls = {
            name: list(_telling(recording, name))
            for name in exercise.names
            if exercise.function(name).forbidden and name in passed and name not in known
        }
        if any(calls.values()):
            progress.worker.trace(exercise, calls, again=files[slug].oracle is not None)


def _telling(recording: Recording, function: str) -> list[Call]:
    """The first small calls that differ in texts and flags, then those that differ in numbers."""
    small = list(_small(recording, function))
    chosen: dict[tuple[object, ...], Call] = {}
    for kinds in ((str, bool), (str, bool, int)):
        for call in small:
            values = (*call[0], *call[1].values())
            key = (len(call[0]), *call[1], *(v for v in values if isinstance(v, kinds)))
            if len(chosen) < _MOST_CALLS and call not in chosen.values():
                chosen.setdefault(key, call)
    return list(chosen.values())


def _small(recording: Recording, function: str) -> Iterator[Call]:
    """Calls that take no longer than the tests; of those that need a model, only the first."""
    is_first = True
    for batch in recording.of(function):
        if not batch.asked.is_of_values:
            continue
        for (call, is_built), got in zip(_sizes(batch.asked), batch.got, strict=False):
            if call is not None and got.raised is None and (is_first or not is_built):
                is_first = False
                yield call


def _sizes(asked: Asked) -> Sequence[tuple[Call | None, bool]]:
    """The first calls, None for a large one, and whether they need a model; the same for every
    submission of a session."""
    if trace_functions not in asked.facts:
        asked.facts[trace_functions] = [
            (call if sum(map(_bytes_of, values)) <= _MOST_BYTES else None, _is_built(values))
            for call in asked.calls[:_FIRST]
            for values in [[*call[0], *call[1].values()]]
        ]
    sizes: Sequence[tuple[Call | None, bool]] = asked.facts[trace_functions]
    return sizes


def _is_built(values: Sequence[Value]) -> bool:
    return any(isinstance(value, Recipe) for value in values)


def _bytes_of(value: Value) -> int:
    match value:
        case ArrayValue():
            return len(value.buffer)
        case list() | tuple():
            return sum(map(_bytes_of, value))
        case _:
            return 0
