"""What a feedback page shows, as plain values: built by `build`, printed by a template.

    Page ── Score, Step, PastRow, FileView ── SourceView, Fact
      └─ ExerciseView ── FunctionView ── TierRow, Card ── TestView ── Comparison, Drawing, Where
           └─ TrainingView ── Band, Plot, Confusion ── Count, Picture, Fact

Of these, page_parts holds what all sections use, page_case what one failing case shows,
page_source the files, and page_training the run of a model. Nothing here is HTML but what
markdown.py made safe. Texts are ready to print; a template only decides where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.page_case import Comparison, Drawing
from grader.report.page_parts import Badge, Fact, NoteView, Where
from grader.report.page_source import FileView
from grader.report.page_training import TrainingView

__all__ = [
    "Card",
    "ExerciseView",
    "FunctionView",
    "Page",
    "Part",
    "PastRow",
    "Score",
    "Step",
    "TestView",
    "TierRow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestView:
    """One test. Members that the audience may not see, or that do not apply, are empty."""

    id: str
    badge: Badge
    title: str
    tier: str
    points: str
    key: str  # "fix" | "passed"
    states: str = ""
    sentences: tuple[str, ...] = ()
    call: str = ""
    cases: str = ""
    comparison: Comparison | None = None
    drawing: Drawing | None = None
    where: Where | None = None
    snippet: str = ""
    hint: str = ""
    asides: tuple[str, ...] = ()
    notes: tuple[NoteView, ...] = ()

    __test__ = False  # pytest: not a test class


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Failed tests with one cause: the most telling one in full, the others in short."""

    lead: TestView
    others: tuple[TestView, ...]
    points: str  # of all its tests
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRow:
    """The tests of one tier at a glance; `marks` holds one letter a test, "p" or "f"."""

    name: str
    marks: str
    passed: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionView:
    """One function to write."""

    id: str
    name: str
    badge: Badge
    points: str
    passed_text: str
    share: int  # of its points, in thousandths
    where: Where | None
    where_label: str
    sentences: tuple[str, ...]
    hint: str
    right: tuple[str, ...]
    uses: str
    tiers: tuple[TierRow, ...]
    cards: tuple[Card, ...]
    passed: tuple[TestView, ...]
    waiting: tuple[TestView, ...]
    unseen: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """One exercise."""

    id: str
    title: str
    points: str
    concept: str
    functions: tuple[FunctionView, ...]
    notes: tuple[NoteView, ...]
    training: TrainingView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One function's stretch of the score bar, in thousandths of its width."""

    x: int
    width: int
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The result as a whole."""

    points: str
    of: str
    verdict: str
    tone: str
    parts: tuple[Part, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do next."""

    text: str
    gain: str
    gain_words: str
    href: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRow:
    """One attempt in the list of attempts."""

    name: str
    handed_in: str
    points: str
    share: int
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole feedback page."""

    language: str
    title: str
    kicker: str
    name: str
    banner: tuple[str, ...]
    score: Score
    steps: tuple[Step, ...]
    more_steps: str
    history: tuple[PastRow, ...]
    changes: tuple[str, ...]
    changed: tuple[tuple[str, str, str], ...]  # (icon, href, title)
    exercises: tuple[ExerciseView, ...]
    notes: tuple[NoteView, ...]
    files: tuple[FileView, ...]
    facts: tuple[Fact, ...]
    tests: int
