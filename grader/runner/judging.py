"""Whether the answers to a batch are right: the smallest failing case, put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from grader.compare import (
    Asked,
    CheckKind,
    Difference,
    call_text,
    case_difference,
    clean,
    describe,
    gradient_sentence,
    gradient_snippet,
    leaf_names,
    snippet,
)
from grader.messages import say
from grader.model import Facet, Mismatch, Verdict
from grader.protocol import Observation, Raised, Value
from grader.runner.student import CallFailed

__all__ = ["MismatchError", "Spelling", "StudentError", "judge", "no_answer", "without_case"]

MAX_DESCRIBED = 6  # arguments shown of one call


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How a student writes a function: the module it is imported from ("" if it is none, as in a
    notebook), and the names of its parameters, as far as they are known.
    """

    module: str = ""
    parameters: tuple[str, ...] = ()


_NO_SPELLING = Spelling()


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
        self.verdict = _verdict_of_exception(raised)


def judge(
    asked: Asked,
    got: Sequence[Observation],
    failure: CallFailed | None,
    *,
    repeated: bool,
    spelling_of: Callable[[str], Spelling] = lambda function: _NO_SPELLING,
) -> tuple[str, ...]:
    """Compare a batch; the notes on what was tolerated.

    Args:
        asked: the calls and the oracle's answers.
        got: the answers that came.
        failure: why no more came, if so.
        repeated: the last call is the first one again.
        spelling_of: how a student writes a function.

    Raises:
        MismatchError: something differs, or an answer is missing.
    """
    notes: list[str] = []
    wrong = [
        (index, found)
        for index, observation in enumerate(got)
        if (found := case_difference(asked, index, observation, notes)) is not None
    ]
    total = len(asked.calls) - repeated
    if wrong:
        index, found = wrong[0]
        if repeated and index == total:
            found = Difference(
                facet=Facet.REPEATABLE,
                sentence=say("differs.second time"),
                at=found.at,
            )
        failing = sum(index < total for index, _ in wrong) + max(0, total - len(got))
        mismatch = _mismatch(asked, index, got[index], found, spelling_of(asked.function))
        mismatch = replace(mismatch, failing=max(1, failing), total=total)
        raise MismatchError(mismatch, _verdict(found, got[index]))
    if failure is not None or len(got) != len(asked.calls):
        failure = failure or CallFailed(Verdict.ERROR, say("failed.none"))
        raise no_answer(asked, len(got), failure, spelling_of(asked.function))
    return tuple(dict.fromkeys(notes))


def _verdict(found: Difference, got: Observation) -> Verdict:
    """FAILED for a wrong answer, ERROR or MEMORY for an exception in its place."""
    raised = got.raised
    if raised is None:
        return Verdict.FAILED
    verdict = _verdict_of_exception(raised)
    if verdict is Verdict.ERROR and found.facet is not Facet.EXCEPTION:
        return Verdict.FAILED
    return verdict


def _verdict_of_exception(raised: Raised) -> Verdict:
    """Of an exception where a value was due."""
    if "MemoryError" in raised.classes or "can't allocate memory" in raised.text:
        return Verdict.MEMORY
    return Verdict.ERROR


def _mismatch(
    asked: Asked, index: int, got: Observation, found: Difference, spelling: Spelling
) -> Mismatch:
    """One differing case in words; how many there are is the caller's to add."""
    reference = asked.expected[index]
    raised = got.raised
    expected: Value = reference.result if reference is not None else None
    answer: Value = got.result
    sentence = found.sentence
    if found.leaf is not None and reference is not None:
        answer = (got.gradients or ())[found.leaf]
        name = leaf_names(*asked.calls[index], spelling.parameters)[found.leaf]
        sentence = gradient_sentence(asked.function, name, answer, expected)
        expected = (reference.gradients or ())[found.leaf]
    path, cell = _place(raised)
    return replace(
        _case(asked, index, spelling),
        facet=found.facet,
        sentence=sentence,
        expected=describe(expected, found.at) if reference is not None else None,
        got=describe(answer, found.at),
        at=found.at,
        line=raised.line if raised is not None else None,
        path=path,
        cell=cell,
    )


def _case(asked: Asked, index: int, spelling: Spelling) -> Mismatch:
    """What is known of a case before any answer."""
    arguments, options = asked.calls[index]
    shown = [*arguments, *options.values()][:MAX_DESCRIBED]
    return Mismatch(
        facet=Facet.CRASH,
        sentence="",
        call=call_text(asked.function, arguments, options),
        arguments=tuple(describe(value) for value in shown),
        snippet=_snippet(asked, index, spelling),
    )


def _snippet(asked: Asked, index: int, spelling: Spelling) -> str:
    arguments, options = asked.calls[index]
    reference = asked.expected[index]
    if asked.check.kind is not CheckKind.GRADIENTS or reference is None:
        return snippet(asked.function, arguments, options, spelling.module)
    return gradient_snippet(
        asked.function,
        arguments,
        options,
        module=spelling.module,
        parameters=spelling.parameters,
        result=reference.result,
        seed=asked.seed,
    )


def _place(raised: Raised | None) -> tuple[str, int | None]:
    """File and cell of a traceback; cells of notebooks stand as "work.ipynb, cell 3"."""
    if raised is None:
        return "", None
    path, comma, cell = raised.path.rpartition(", cell ")
    if comma and cell.isdecimal():
        return clean(path), int(cell)
    return clean(raised.path), None


def without_case(failure: CallFailed) -> MismatchError:
    """The error for a call that got no answer and is no case of a batch."""
    mismatch = Mismatch(facet=Facet.CRASH, sentence=failure.sentence, call="", failing=0, total=0)
    return MismatchError(mismatch, failure.verdict)


def no_answer(
    asked: Asked, index: int, failure: CallFailed, spelling: Spelling = _NO_SPELLING
) -> MismatchError:
    """The error for a batch that ended during case `index`."""
    if failure.is_untried:  # there is no case to show
        return without_case(failure)
    index = min(index, len(asked.calls) - 1)
    total = len(asked.calls)
    mismatch = replace(
        _case(asked, index, spelling), sentence=failure.sentence, failing=total - index, total=total
    )
    return MismatchError(mismatch, failure.verdict)
