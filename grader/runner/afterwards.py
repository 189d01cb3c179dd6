"""What a submission is asked after its tests: what its mistakes ignore, and what they drag down.

Follow-through: one mistake is paid once. A test of a function that builds on another one, which
failed, runs again with a right version of that one in its place; if it passes then, it scores.

Ignored options: a function may be wrong in a way that no table knows, and still show that an
option has no effect. It is asked some calls again with the option left out.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from grader.compare import Asked, Batch, Check, difference
from grader.errors import GraderError
from grader.messages import say
from grader.model import Note, Verdict
from grader.observe import STAND_INS, observe
from grader.protocol import Observation
from grader.runner.asking import Call, keep_nothing, live_call
from grader.runner.contexts import Progress, StudentContext, TestFile
from grader.runner.student import CallFailed
from grader.scoring import Outcome, TestPlan

__all__ = ["TestRun", "find_ignored_options", "follow_through"]

MIN_CALLS = 3  # in which the oracle's answer changes with the option and the submission's does not
MAX_CALLS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRun:
    """A test as it ran on the present submission, ready to run again."""

    __test__ = False

    test_id: str
    file: TestFile
    call: Callable[..., None]
    arguments: Mapping[str, Any]


def follow_through(
    context: StudentContext,
    runs: Sequence[TestRun],
    plans: Mapping[str, TestPlan],
    rerun: Callable[[StudentContext, TestRun], Outcome],
) -> None:
    """Run the failed tests of functions again whose required functions failed."""
    outcomes = context.progress.outcomes
    failed = {
        plans[test_id].function
        for test_id, outcome in outcomes.items()
        if outcome.verdict is not Verdict.PASSED
    }
    due: dict[tuple[str, ...], list[TestRun]] = {}
    for run in runs:
        function = plans[run.test_id].function
        if not function or outcomes[run.test_id].verdict is Verdict.PASSED:
            continue
        requires = run.file.exercise.function(function).requires
        names = tuple(name for name in requires if name in failed and name in STAND_INS)
        if names:
            due.setdefault(names, []).append(run)
    for names, tests in due.items():
        context.progress.worker.stand_in(names)
        for run in tests:
            outcome = rerun(context, run)
            if outcome.verdict is Verdict.PASSED:
                outcomes[run.test_id] = replace(outcomes[run.test_id], **_passed(names))


def _passed(names: Sequence[str]) -> dict[str, Any]:
    named = say("and").join(f"`{name}`" for name in names)
    note = Note(text=say("found.stand in", names=named))
    return {"verdict": Verdict.PASSED, "sentence": "", "mismatch": None, "notes": (note,)}


def find_ignored_options(progress: Progress, runs: Sequence[TestRun]) -> None:
    """Fill `progress.ignored` for the functions that gave a wrong value.

    Raises:
        MachineError: no worker could be asked.
    """
    files = {run.file.exercise.slug: run.file for run in runs}
    for slug, recording in progress.recordings.items():
        oracle = files[slug].oracle
        if oracle is None:
            continue
        for name in files[slug].exercise.names:
            # Blanket, but for the machine: it looks at values that a submission made up, for a hint
            # alone, and none of those may cost the others of its session their results.
            try:
                ignored = tuple(_ignored(progress, oracle, name, list(recording.of(name))))
            except CallFailed:
                continue  # it hangs or crashes where it did not before: nothing is said
            except GraderError:
                raise
            except Exception as error:
                told = say("author.no hint", error=type(error).__name__)
                progress.notes.setdefault(slug, []).append(Note(text=told, is_for_staff=True))
                continue
            if ignored:
                progress.ignored[name] = ignored


def _ignored(
    progress: Progress, oracle: types.ModuleType, name: str, recorded: Sequence[Batch]
) -> Iterator[str]:
    batches = [batch for batch in recorded if batch.asked.is_of_values]
    if not any(any(b.wrong) for b in batches if not progress.has_passed(b.test_id)):
        return
    options = sorted({key for batch in batches for _, named in batch.asked.calls for key in named})
    function = getattr(oracle, name)
    for option in options:
        telling = list(islice(_telling(function, batches, option), MAX_CALLS))
        if len(telling) < MIN_CALLS:
            continue
        calls = [_without(call, option) for call, _, _ in telling]
        nothing = [None] * len(calls)
        asked = Asked(
            function=name, check=Check(), calls=calls, expected=nothing, magnitudes=nothing
        )
        answers = list(progress.worker.call(asked, seed=0, reset=True))
        pairs = zip(telling, answers, strict=True)
        if all(difference(got, again, check) is None for (_, got, check), again in pairs):
            yield option


def _telling(
    function: Callable[..., Any], batches: Sequence[Batch], option: str
) -> Iterator[tuple[Call, Observation, Check]]:
    """Calls with the option, answered with a value, in which the oracle heeds it."""
    for batch in batches:
        for index, (call, got) in enumerate(zip(batch.asked.calls, batch.got, strict=False)):
            is_answered = option in call[1] and got.raised is None
            if is_answered and _matters(function, batch.asked, index, option):
                yield call, got, batch.asked.check


def _matters(function: Callable[..., Any], asked: Asked, index: int, option: str) -> bool:
    """Whether the oracle's answer changes when the option is left out."""
    key = (find_ignored_options, index, option)
    if key not in asked.facts:
        arguments, options = live_call(_without(asked.calls[index], option))
        without = observe(function, arguments, options, keep=keep_nothing)
        with_it = asked.expected[index]
        asked.facts[key] = (
            with_it is not None
            and without.raised is None
            and difference(with_it, without, asked.check) is not None
        )
    heeds: bool = asked.facts[key]
    return heeds


def _without(call: Call, option: str) -> Call:
    return call[0], {key: value for key, value in call[1].items() if key != option}
