"""Whether the answers to a batch are right: the smallest failing case, put into words."""

from __future__ import annotations

from collections.abc import Sequence

from grader.compare import Asked, CheckKind, Difference, call_text, describe, difference, snippet
from grader.model import Facet, Mismatch, Verdict
from grader.protocol import Observation, Raised, Value
from grader.runner.student import CallFailed

__all__ = ["MismatchError", "StudentError", "judge", "no_answer"]

MAX_DESCRIBED = 6  # arguments shown of one call


class MismatchError(Exception):
    """A hidden test found a difference; the plugin turns it into a TestResult."""

    def __init__(self, mismatch: Mismatch, verdict: Verdict = Verdict.FAILED) -> None:
        super().__init__(mismatch.sentence)
        self.mismatch = mismatch
        self.verdict = verdict


class StudentError(Exception):
    """Raised by a direct call `submission.f(...)` in which the student's code raised."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(f"{raised.type_name}: {raised.text}")
        self.raised = raised


def judge(
    asked: Asked,
    got: Sequence[Observation],
    failure: CallFailed | None,
    *,
    repeated: bool,
) -> tuple[str, ...]:
    """Compare a batch; the notes on what was tolerated.

    Args:
        asked: the calls and the oracle's answers.
        got: the answers that came.
        failure: why no more came, if so.
        repeated: the last call is the first one again.

    Raises:
        MismatchError: something differs, or an answer is missing.
    """
    notes: list[str] = []
    wrong = [
        (index, found)
        for index, observation in enumerate(got)
        if (found := _difference(asked, index, observation, notes)) is not None
    ]
    total = len(asked.calls) - repeated
    if wrong:
        index, found = wrong[0]
        if repeated and index == total:
            found = Difference(
                facet=Facet.REPEATABLE,
                sentence="Asked a second time, the same call gave another result.",
                at=found.at,
            )
        failing = sum(index < total for index, _ in wrong) + max(0, total - len(got))
        mismatch = _mismatch(asked, index, got[index], found, max(1, failing), total)
        raise MismatchError(mismatch, _verdict(found, got[index]))
    if failure is not None or len(got) != len(asked.calls):
        raise no_answer(asked, len(got), failure or CallFailed(Verdict.ERROR, "No answer came."))
    return tuple(dict.fromkeys(notes))


_NOTHING = Observation(result=None)


def _difference(asked: Asked, index: int, got: Observation, notes: list[str]) -> Difference | None:
    return difference(
        asked.expected[index] or _NOTHING,
        got,
        asked.check,
        magnitude=asked.magnitudes[index],
        notes=notes,
    )


def _verdict(found: Difference, got: Observation) -> Verdict:
    """FAILED for a wrong answer, ERROR or MEMORY for an exception in its place."""
    raised = got.raised
    if raised is None:
        return Verdict.FAILED
    if "MemoryError" in raised.classes or "can't allocate memory" in raised.text:
        return Verdict.MEMORY
    return Verdict.ERROR if found.facet is Facet.EXCEPTION else Verdict.FAILED


def _mismatch(
    asked: Asked, index: int, got: Observation, found: Difference, failing: int, total: int
) -> Mismatch:
    arguments, options = asked.calls[index]
    reference = asked.expected[index]
    gradients = asked.check.kind is CheckKind.GRADIENTS
    raised = got.raised
    expected: Value = reference.result if reference is not None else None
    answer: Value = got.result
    if gradients and reference is not None and raised is None:
        expected, answer = _first(reference), _first(got)
    shows_expected = reference is not None
    return Mismatch(
        facet=found.facet,
        sentence=found.sentence,
        call=call_text(asked.function, arguments, options),
        arguments=tuple(describe(v) for v in [*arguments, *options.values()][:MAX_DESCRIBED]),
        expected=describe(expected) if shows_expected else None,
        got=describe(answer),
        at=found.at,
        failing=failing,
        total=total,
        snippet=snippet(asked.function, arguments, options),
        line=raised.line if raised is not None else None,
    )


def _first(observation: Observation) -> Value:
    gradients = observation.gradients or ()
    return next((gradient for gradient in gradients if gradient is not None), None)


def no_answer(asked: Asked, index: int, failure: CallFailed) -> MismatchError:
    """The error for a batch that ended during case `index`."""
    index = min(index, len(asked.calls) - 1)
    arguments, options = asked.calls[index]
    mismatch = Mismatch(
        facet=Facet.CRASH,
        sentence=failure.sentence,
        call=call_text(asked.function, arguments, options),
        arguments=tuple(describe(v) for v in [*arguments, *options.values()][:MAX_DESCRIBED]),
        failing=len(asked.calls) - index,
        total=len(asked.calls),
        snippet=snippet(asked.function, arguments, options),
    )
    return MismatchError(mismatch, failure.verdict)
