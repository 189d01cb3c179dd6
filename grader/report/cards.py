"""Exercises, functions and tests as values to print; what the audience may not see stays out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from grader.messages import plural, say
from grader.model import (
    Audience,
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Mismatch,
    Note,
    Show,
    TestResult,
    Tier,
    Verdict,
)
from grader.report import arrays, figures
from grader.report.budget import Budget
from grader.report.causes import Cause, causes
from grader.report.clean import anchor, shorten
from grader.report.clock import Clock
from grader.report.drawings import draw
from grader.report.page import Card, ExerciseView, FunctionView, TestView, TierRow
from grader.report.page_parts import NoteView, Where
from grader.report.page_training import TrainingView
from grader.report.source import SourceIndex
from grader.report.training import training_view
from grader.report.verdicts import function_badge, is_failure, verdict_badge

__all__ = ["Cards", "listed"]

_OPEN = 5  # failures of one page that start open; the rest wait folded
_ADVISED = {Verdict.TIMEOUT, Verdict.MEMORY, Verdict.OUTPUT}
_OPEN_EACH = 2  # of one function, so that a function with many leaves room for the others


def listed(test: TestResult, audience: Audience) -> bool:
    """Whether the page names a test, or only counts it."""
    return bool(test.title) and not (test.show is Show.HIDDEN and audience is Audience.STUDENT)


class Cards:
    """Builds the views of one attempt; knows how much room is left and which ids are taken.

    `shared` are notes that the page shows once, for all exercises.
    """

    def __init__(
        self,
        audience: Audience,
        index: SourceIndex,
        budget: Budget,
        shared: Collection[Note],
        clock: Clock,
    ) -> None:
        self.marks: dict[str, list[tuple[str, str]]] = {}
        self.held: dict[tuple[str, int | None], list[tuple[str, str]]] = {}
        self._audience = audience
        self._index = index
        self._budget = budget
        self._shared = shared
        self._clock = clock
        self._details = budget.details
        self._tests = budget.tests
        self._functions = budget.functions
        self._open = _OPEN
        self._lacks_basic = False  # of the function under way
        self._taken: set[str] = set()

    def exercise(self, exercise: ExerciseResult) -> ExerciseView:
        """One exercise with the functions that there is room for."""
        functions = exercise.functions[: self._functions]
        self._functions -= len(functions)
        return ExerciseView(
            id=self._free(exercise.slug),
            title=self._text(exercise.title or exercise.slug),
            points=figures.out_of(exercise.points, exercise.max_points),
            concept=exercise.concept if exercise.concept.startswith("https://") else "",
            functions=tuple(self._function(exercise, function) for function in functions),
            notes=self.notes(note for note in exercise.notes if note not in self._shared),
            training=self._training(exercise),
        )

    def _training(self, exercise: ExerciseResult) -> TrainingView | None:
        if exercise.training is None:
            return None
        name = self._free(f"{exercise.slug}::training")
        return training_view(exercise.training, name, self._audience, self.notes)

    def notes(self, notes: Iterable[Note], path: str = "") -> tuple[NoteView, ...]:
        """Notes of one text are one, with a link to each line they point at."""
        places: dict[str, dict[Where, None]] = {}
        for note in tuple(notes)[: self._budget.notes]:
            found = places.setdefault(self._text(note.text), {})
            is_placed = note.path or note.line is not None
            where = self._index.where(note.path or path, note.cell, note.line)
            if is_placed and where is not None:
                found[where] = None
        return tuple(NoteView(text=text, places=tuple(found)) for text, found in places.items())

    def _function(self, exercise: ExerciseResult, function: FunctionResult) -> FunctionView:
        tests = [test for test in function.tests if listed(test, self._audience)]
        unseen = len(function.tests) - len(tests)
        shown = tests[: max(0, self._tests)]
        self._tests -= len(shown)
        found = causes(shown)
        name = self._free(f"{exercise.slug}::{function.name}")
        self._lacks_basic = any(
            test.tier is Tier.BASIC and test.verdict is not Verdict.PASSED
            for test in function.tests
        )
        self._mark_forbidden(function, name)
        if function.path:
            place = self.held.setdefault((function.path, function.cell), [])
            place.append((f"#{name}", self._text(function.name)))
        cards = tuple(self._card(function, one, n) for n, one in enumerate(found))
        is_missing = function.state is FunctionState.MISSING
        return FunctionView(
            id=name,
            name=self._text(function.name),
            badge=function_badge(function),
            points=figures.out_of(function.points, function.max_points),
            passed_text=_passed(function.tests),
            share=figures.thousandths(function.points, function.max_points),
            where=self._index.where(function.path, function.cell, function.line),
            where_label=say("function.where.broken" if is_missing else "function.where"),
            sentences=self._sentences(function, cards),
            hint=self._text(function.hint) if not any(c.tests[0].hint for c in found) else "",
            right=tuple(self._text(when) for when in function.right_when),
            uses=", ".join(function.requires),
            tiers=_tiers(function),
            cards=cards,
            passed=self._brief(function, shown, Verdict.PASSED),
            waiting=self._brief(function, shown, Verdict.SKIPPED),
            unseen=plural("page.hidden", unseen) if unseen else "",
            notes=self.notes(function.notes, function.path),
        )

    def _mark_forbidden(self, function: FunctionResult, name: str) -> None:
        """The lines of forbidden calls are what is to fix: their notes say which."""
        if function.verdict is not Verdict.FORBIDDEN:
            return
        for note in function.notes:
            if note.line is not None:
                where = self._index.where(note.path or function.path, note.cell, note.line)
                if where and where.href:
                    self.marks.setdefault(where.href, []).append(
                        (f"#{name}", self._text(note.text))
                    )

    def _sentences(self, function: FunctionResult, cards: Sequence[Card]) -> tuple[str, ...]:
        near = function.nearest
        match function.state:
            case FunctionState.MISSING:
                key = "function.MISSING.near" if near else "function.MISSING"
                own = say(key, name=function.name, near=near)
            case FunctionState.STUB:
                own = say("function.STUB", name=function.name)
            case FunctionState.WRITTEN if function.verdict is Verdict.FORBIDDEN:
                own = say("verdict.FORBIDDEN.sentence")
            case _:
                own = ""
        sentence = self._text(function.sentence or own)
        is_told = any(sentence in card.lead.sentences for card in cards)
        return (sentence,) if sentence and not is_told else ()

    def _brief(
        self, function: FunctionResult, tests: Sequence[TestResult], verdict: Verdict
    ) -> tuple[TestView, ...]:
        return tuple(self._test(function, t, full=False) for t in tests if t.verdict is verdict)

    def _card(self, function: FunctionResult, cause: Cause, number: int) -> Card:
        lead, *others = cause.tests
        is_open = self._open > 0 and number < _OPEN_EACH
        self._open -= is_open
        return Card(
            lead=self._test(function, lead, full=True),
            others=tuple(self._test(function, test, full=False) for test in others),
            points=say(
                "function.points",
                points=figures.points(cause.points),
                total=figures.points(cause.max_points),
            ),
            is_open=is_open,
        )

    def _test(self, function: FunctionResult, test: TestResult, *, full: bool) -> TestView:
        self._clock.check()
        mismatch = test.mismatch
        failed = is_failure(test.verdict)
        details = failed and self._details > 0
        where = self._where(function, mismatch) if mismatch and mismatch.call else None
        self._details -= failed
        view = TestView(
            id=self._free(test.id),
            badge=verdict_badge(test.verdict),
            title=self._text(test.title),
            tier=test.tier.value,
            points=figures.out_of(test.points, test.max_points),
            key="passed" if test.verdict is Verdict.PASSED else "fix",
            states=self._text(test.states),
            sentences=self._why(test, is_compared=details) if failed else (),
            call=self._text(mismatch.call) if mismatch and failed else "",
            cases=_cases(mismatch) if mismatch and mismatch.call and details else "",
            comparison=arrays.compare(mismatch) if mismatch and details else None,
            drawing=draw(test.function, mismatch) if mismatch and details and full else None,
            where=where,
            snippet=self._text(mismatch.snippet) if mismatch and details and full else "",
            hint=self._text(test.hint) if full and failed else "",
            asides=self._asides(function, test),
            notes=self.notes(test.notes, function.path),
        )
        if full and where and where.href:
            self.marks.setdefault(where.href, []).append((f"#{view.id}", view.title))
        return view

    def _where(self, function: FunctionResult, mismatch: Mismatch) -> Where | None:
        """The line that raised, else the line where the function begins."""
        if mismatch.line is None:
            return self._index.where(function.path, function.cell, function.line)
        cell = mismatch.cell if mismatch.path or mismatch.cell is not None else function.cell
        return self._index.where(mismatch.path or function.path, cell, mismatch.line)

    def _why(self, test: TestResult, *, is_compared: bool) -> tuple[str, ...]:
        mismatch = test.mismatch
        texts = [test.sentence, mismatch.sentence if mismatch else ""]
        if is_compared and mismatch and mismatch.got and texts[1] == say("differs.value"):
            return tuple(self._text(text) for text in texts[:1] if text)  # both values say it
        if mismatch and not any(texts) and test.verdict is Verdict.FAILED:
            facet = say(f"facet.{mismatch.facet.value}")
            texts.append(say("test.facet", facet=facet))
        if not any(texts) and test.verdict not in {Verdict.FAILED, Verdict.FORBIDDEN}:
            texts.append(say(f"verdict.{test.verdict.value}.sentence"))
        if test.verdict in _ADVISED and test.show is Show.EXPLAIN:
            texts.append(say(f"verdict.{test.verdict.value}.advice"))
        return tuple(dict.fromkeys(self._text(text) for text in texts if text))

    def _asides(self, function: FunctionResult, test: TestResult) -> tuple[str, ...]:
        asides = []
        if self._lacks_basic and test.needs_basic and test.points < test.max_points:
            asides.append(say("test.basic.first", name=function.name))
        if self._audience is Audience.STAFF and test.show is not Show.EXPLAIN:
            asides.append(say(f"test.show.{test.show.value}"))
        return tuple(asides)

    def _text(self, text: str) -> str:
        return shorten(text, self._budget.text)

    def _free(self, wanted: str) -> str:
        """`wanted` as an id of this page; a number is added where it is taken."""
        name = base = anchor(wanted)
        number = 2
        while name in self._taken:
            name = f"{base}--{number}"
            number += 1
        self._taken.add(name)
        return name


def _passed(tests: Sequence[TestResult]) -> str:
    passed = sum(test.verdict is Verdict.PASSED for test in tests)
    return say("overview.passed", passed=passed, total=len(tests))


def _cases(mismatch: Mismatch) -> str:
    if mismatch.total == 1:
        return say("test.cases.single")
    return say("test.cases", failing=mismatch.failing, total=mismatch.total)


def _tiers(function: FunctionResult) -> tuple[TierRow, ...]:
    """One row a tier where some ran and some failed; hidden tests count, as in the points."""
    if function.points >= function.max_points or function.state is not FunctionState.WRITTEN:
        return ()
    rows = []
    for tier in Tier:
        group = [test for test in function.tests if test.tier is tier]
        if not group:
            continue
        points = sum((test.points for test in group), Fraction(0))
        total = sum((test.max_points for test in group), Fraction(0))
        passed = [test.verdict is Verdict.PASSED for test in group]
        rows.append(
            TierRow(
                name=say(f"tier.{tier.value}"),
                marks="".join("p" if done else "f" for done in sorted(passed, reverse=True)),
                passed=plural("tier.passed", len(group), passed=sum(passed)),
                points=say(
                    "function.points", points=figures.points(points), total=figures.points(total)
                ),
            )
        )
    return tuple(rows)
