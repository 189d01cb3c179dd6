"""What a check found, in the order in which it helps: names, forbidden calls, wrong answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.messages import say
from grader.model import (
    Described,
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Mismatch,
    TestResult,
    Verdict,
)
from grader.selfcheck.sections import Section

__all__ = [
    "CheckResult",
    "Problem",
    "place",
    "problems_of",
    "short_numbers",
]

_SHOWN_NUMBERS = 16
_MISSING, _FORBIDDEN, _UNUSABLE, _WRONG, _STUB = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to repair: `word` says of what kind, `where` is a place in the student's file."""

    rank: int
    function: str
    word: str
    title: str
    sentences: tuple[str, ...] = ()
    where: str = ""
    mismatch: Mismatch | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What came of the public tests. In a notebook it shows itself as HTML."""

    result: ExerciseResult
    file: str
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    seconds: float

    @property
    def is_fine(self) -> bool:
        """Whether all is written, nothing is forbidden and every public test passes."""
        return not self.problems

    @property
    def is_untouched(self) -> bool:
        """Whether none of the functions is written yet."""
        return all(f.state is not FunctionState.WRITTEN for f in self.result.functions)

    @property
    def passed(self) -> int:
        return sum(test.verdict is Verdict.PASSED for test in self._tests())

    @property
    def total(self) -> int:
        return len(list(self._tests()))

    @property
    def summary(self) -> str:
        """One line: how many public tests pass, and what they are worth."""
        passed = say("check.passed", passed=self.passed, total=self.total)
        return f"{passed} {say('check.hidden')}"

    def _tests(self) -> Iterator[TestResult]:
        return (test for function in self.result.functions for test in function.tests)

    def _repr_html_(self) -> str:
        from grader.selfcheck.page import to_html  # the page needs this class  # noqa: PLC0415

        return to_html(self)

    def __repr__(self) -> str:
        lines = [f"{self.result.title}: {self.summary}"]
        lines += [f"  {p.word}  {p.function}: {p.title}" for p in self.problems]
        return "\n".join(lines)


def problems_of(result: ExerciseResult, sections: dict[str, Section]) -> tuple[Problem, ...]:
    """All that is to be repaired, in order."""
    found = [p for f in result.functions for p in _of_function(f, sections.get(f.name))]
    return tuple(sorted(found, key=lambda problem: problem.rank))


def _of_function(function: FunctionResult, section: Section | None) -> Iterator[Problem]:
    where = place(function.path, function.line, function.cell)
    if function.state is FunctionState.STUB:
        yield Problem(
            rank=_STUB,
            function=function.name,
            word="to write",
            title=say("check.unwritten"),
            where=where,
            section=section,
        )
        return
    if function.state is FunctionState.MISSING:
        yield Problem(
            rank=_MISSING,
            function=function.name,
            word="missing" if function.line is None else "look",  # or it is there, but of no use
            title=function.sentence or say("check.missing"),
            where=where,
            section=section,
        )
        return
    if function.verdict is Verdict.FORBIDDEN:
        told = (f"{n.text} ({place(n.path, n.line, n.cell)})" for n in function.notes)
        yield Problem(
            rank=_FORBIDDEN,
            function=function.name,
            word="forbidden",
            title=say("check.forbidden"),
            sentences=tuple(dict.fromkeys(told)),
            where=where,
            section=section,
        )
    elif function.sentence:
        yield Problem(
            rank=_UNUSABLE,
            function=function.name,
            word="look",
            title=function.sentence,
            where=where,
        )
    yield from _of_tests(function, where, section)


def _of_tests(function: FunctionResult, where: str, section: Section | None) -> Iterator[Problem]:
    """One problem for each test; what only says the same again is told in one line."""
    told: set[tuple[str, ...]] = set()
    for test in function.tests:
        if test.verdict is Verdict.PASSED:
            continue
        mismatch = test.mismatch
        said = (test.sentence, mismatch.sentence if mismatch else "")
        sentences = tuple(dict.fromkeys(s for s in said if s and s != function.sentence))
        is_repeated = test.verdict is not Verdict.FAILED and sentences in told
        yield Problem(
            rank=_WRONG,
            function=function.name,
            word=test.verdict.value.lower(),
            title=test.title,
            sentences=(say("check.repeated"),) if is_repeated else sentences,
            where="" if is_repeated else _line_of(mismatch, function) or where,
            mismatch=None if is_repeated else mismatch,
            section=None if told else section,
        )
        told.add(sentences)


def _line_of(mismatch: Mismatch | None, function: FunctionResult) -> str:
    """Where the student's own code raised, if it did."""
    if mismatch is None or mismatch.line is None:
        return ""
    return place(mismatch.path or function.path, mismatch.line, mismatch.cell)


def place(path: str, line: int | None, cell: int | None) -> str:
    """A place in a student's file: "relu.py, line 3", "relu.ipynb, cell 2, line 1"."""
    parts = [path] if path else []
    parts += [say("check.cell", cell=cell)] if cell is not None else []
    parts += [say("check.line", line=line)] if line is not None and path else []
    return ", ".join(parts)


def short_numbers(value: Described) -> str:
    """The numbers of a small array, to seven digits; "" for anything else."""
    array = value.array
    if array is None or len(array.values) > _SHOWN_NUMBERS:
        return ""
    return ", ".join(f"{v:.7g}" if isinstance(v, float) else str(v) for v in array.values)
