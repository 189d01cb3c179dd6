"""An attempt as a page of plain values. Pure: the same attempt gives the same page."""

from __future__ import annotations

import math
from collections import Counter

from grader.messages import LANGUAGE, plural, say
from grader.model import Attempt, Audience, Note, Source, Verdict
from grader.report import figures, source
from grader.report.advice import score, steps
from grader.report.budget import Budget
from grader.report.cards import Cards, listed
from grader.report.clean import anchor, shorten
from grader.report.clock import Clock
from grader.report.page import Page, PastRow
from grader.report.page_parts import Fact
from grader.report.page_source import FileView
from grader.report.source import SourceIndex
from grader.report.verdicts import is_failure

__all__ = ["build"]

_CHANGES = 12
_FILES = 40


def build(attempt: Attempt, budget: Budget, clock: Clock | None = None) -> Page:
    """The page of one attempt within a budget.

    Raises:
        TooSlowError: the clock ran out.
    """
    clock = clock or Clock(math.inf)
    sources = source.distinct(exercise.sources for exercise in attempt.exercises)
    index = SourceIndex(sources[: budget.sources])
    shared = _shared_notes(attempt)
    cards = Cards(attempt.audience, index, budget, shared, clock)
    exercises = tuple(cards.exercise(exercise) for exercise in attempt.exercises)
    todo, todos = steps(attempt)
    more = todos - len(todo)
    name = shorten(attempt.submission.name, 200)
    points, total = figures.points(attempt.points), figures.points(attempt.max_points)
    changes, changed = _changes(attempt)
    return Page(
        language=LANGUAGE,
        title=say("page.title", points=points, total=total, name=name),
        kicker=" · ".join(t for t in (attempt.course, attempt.assignment) if t)
        or say("page.kicker"),
        name=name,
        banner=_banner(attempt, budget),
        score=score(attempt, todos),
        steps=todo,
        more_steps=plural("next.more", more) if more else "",
        history=_history(attempt),
        changes=changes,
        changed=changed,
        exercises=exercises,
        notes=cards.notes((*attempt.notes, *shared)),
        files=_files(index.sources, cards, budget, clock),
        facts=_facts(attempt),
        tests=sum(
            len(f.passed) + len(f.waiting) + sum(1 + len(c.others) for c in f.cards)
            for e in exercises
            for f in e.functions
        ),
    )


def _shared_notes(attempt: Attempt) -> tuple[Note, ...]:
    """Notes that several exercises repeat, since one file may answer them all."""
    counts = Counter(note for e in attempt.exercises for note in dict.fromkeys(e.notes))
    return tuple(note for note, count in counts.items() if count > 1)


def _banner(attempt: Attempt, budget: Budget) -> tuple[str, ...]:
    banner = []
    if attempt.audience is Audience.STAFF:
        banner.append(say("page.staff"))
    if budget.says:
        banner.append(say("page.cut", what=", ".join(budget.says)))
    return tuple(banner)


def _files(
    sources: tuple[Source, ...], cards: Cards, budget: Budget, clock: Clock
) -> tuple[FileView, ...]:
    left = budget.source
    parts = []
    for number, one in enumerate(sources, 1):
        clock.check()
        holds = cards.held.get((one.path, one.cell), ()) if one.cell is not None else ()
        parts.append((one, source.view(number, one, cards.marks, left, holds)))
        left = max(0, left - len(one.text) - len(one.output))
    return source.files(parts)


def _history(attempt: Attempt) -> tuple[PastRow, ...]:
    if not attempt.history:
        return ()
    rows = [
        PastRow(
            name=say("history.attempt", n=past.number),
            handed_in=past.handed_in,
            points=figures.out_of(past.points, past.max_points),
            share=figures.thousandths(past.points, past.max_points),
            is_this=False,
        )
        for past in attempt.history[-_CHANGES:]
    ]
    this = PastRow(
        name=say("history.attempt", n=attempt.history[-1].number + 1),
        handed_in=say("history.this"),
        points=figures.out_of(attempt.points, attempt.max_points),
        share=figures.thousandths(attempt.points, attempt.max_points),
        is_this=True,
    )
    return (*rows, this)


def _changes(attempt: Attempt) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """What changed since the last attempt: sentences, and (icon, link, title) for each test."""
    if not attempt.history:
        return (), ()
    last = attempt.history[-1]
    before = set(last.failing)
    tests = [
        test
        for exercise in attempt.exercises
        for function in exercise.functions
        for test in function.tests
        if listed(test, attempt.audience)
    ]
    fixed = [t for t in tests if t.verdict is Verdict.PASSED and t.id in before]
    broken = [t for t in tests if is_failure(t.verdict) and t.id not in before]
    if not fixed and not broken:
        return (say("history.same", n=last.number),), ()
    texts = [say("history.since", n=last.number)]
    texts += [plural("history.fixed", len(fixed))] if fixed else []
    texts += [plural("history.broken", len(broken))] if broken else []
    rows = [("ok", t) for t in fixed] + [("no", t) for t in broken]
    return tuple(texts), tuple(
        (icon, "#" + anchor(test.id), shorten(f"{test.function}: {test.title}", 200))
        for icon, test in rows[:_CHANGES]
    )


def _facts(attempt: Attempt) -> tuple[Fact, ...]:
    about, provenance = attempt.submission, attempt.provenance
    seeds = dict.fromkeys(str(exercise.seed) for exercise in attempt.exercises)
    files = ", ".join(shorten(name, 200) for name in about.files[:_FILES])
    facts = [
        Fact(name=say("about.files"), value=files),
        Fact(name=say("about.hash"), value=about.sha256, is_code=True),
        Fact(
            name=say("about.versions"),
            value=say(
                "about.versions.value",
                grader=provenance.grader,
                python=provenance.python,
                torch=provenance.torch,
            ),
        ),
        Fact(name=say("about.machine"), value=f"{provenance.machine}, {provenance.device}"),
        Fact(name=say("about.seed"), value=", ".join(seeds)),
        Fact(name=say("about.isolation"), value=say(f"isolation.{provenance.isolation.value}")),
    ]
    if attempt.reference:
        value = say("about.reference.value", reference=attempt.reference)
        facts.insert(0, Fact(name=say("about.reference"), value=value))
    return tuple(facts)
