"""What a feedback page shows, as plain values: built by `build`, printed by a template.

    Page ── Score, Step, PastRow, FileView ── SourceView, Fact
      └─ ExerciseView ── FunctionView ── TierRow, Card ── TestView ── Comparison, Drawing, Where
           └─ TrainingView ── Band, Plot, Confusion ── Count, Picture, Fact

Nothing here is HTML but what markdown.py made safe. Texts are ready to print; a template only
decides where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = [
    "Badge",
    "Band",
    "Block",
    "Card",
    "Cell",
    "Comparison",
    "Confusion",
    "Count",
    "Drawing",
    "ExerciseView",
    "Fact",
    "FileView",
    "FunctionView",
    "Heat",
    "Line",
    "NoteView",
    "Page",
    "Panel",
    "Part",
    "PastRow",
    "Picture",
    "Plot",
    "Score",
    "SourceView",
    "Step",
    "TestView",
    "TierRow",
    "TrainingView",
    "Where",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A verdict for a reader: a word, an icon and a colour that say the same."""

    word: str
    icon: str
    tone: str  # "good" | "bad" | "warn" | "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in the student's code; `href` is empty where the page does not show that line."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note and where it points."""

    text: str
    places: tuple[Where, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One element of a small array; `tone` is "" or "x" (differs)."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A two-dimensional piece of an array; `label` tells which, if there are several."""

    label: str
    rows: tuple[tuple[Cell, ...], ...]
    is_wide: bool  # may scroll on a phone, so that the keyboard must reach it


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One side of a comparison: a heading, a line that describes it, text or blocks."""

    heading: str
    tone: str  # "good" | "bad"
    text: str = ""
    is_long: bool = False
    about: str = ""
    blocks: tuple[Block, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """|expected - got| of a larger array: one SVG path per level, and the same in words."""

    label: str
    width: int
    height: int
    paths: tuple[tuple[str, str], ...]  # (level, path data), level "1" to "4" or "n" for nan
    text: str
    firsts: tuple[str, ...]
    largest: str
    cut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Expected beside got."""

    panels: tuple[Panel, ...]
    beyond: str = ""
    heat: Heat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes of one tone are one path; `caption` says the same in words."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]  # (tone, path data)
    texts: tuple[tuple[int, int, str], ...]  # (x, y, text)
    caption: str


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
class Fact:
    """One row of a list of facts, such as the provenance."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One line over two axes; `rows` are the same numbers, thinned, for a table."""

    width: int
    height: int
    line: str  # points of a polyline
    axes: str  # path data
    across: tuple[tuple[int, str], ...]  # (x, text) of each tick
    up: tuple[tuple[int, str], ...]
    labels: tuple[str, str]  # of the axis across, and of the one up
    title: str
    text: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A share between 0 and 1 against a band of it; places in thousandths of the width."""

    start: int
    end: int
    at: int | None
    text: str
    is_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One field of a confusion matrix; `tone` is "d" on the diagonal, else "" or "1" to "4"."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Which class was taken for which; `rows` holds a name and the counts of each class."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Count, ...]], ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image of ours as a data: address, and the same in words."""

    source: str
    width: int
    height: int
    text: str
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingView:
    """One training run; each diagnostic comes with a sentence on what to try."""

    id: str
    sentences: tuple[str, ...]
    band: Band | None
    notes: tuple[NoteView, ...]
    flags: tuple[tuple[str, str], ...]
    curve: Plot | None
    curve_advice: str
    confusion: Confusion | None
    confusion_advice: str
    mistakes: tuple[Picture, ...]
    filters: Picture | None
    layers: tuple[tuple[str, str, str, str], ...]  # name, shape, gradient norm, update ratio
    rectifiers: tuple[str, ...]
    facts: tuple[Fact, ...]


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
class Line:
    """One line of source: coloured tokens, and the failures that point at it."""

    tokens: tuple[tuple[str, str], ...]  # (class or "", text)
    links: tuple[tuple[str, str], ...] = ()  # (href, title)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One file, or one cell, as the student wrote it.

    `markdown` is what markdown.py made of a text, or None where the text itself is shown; `holds`
    names judged functions of a cell with links to their results.
    """

    id: str
    name: str
    lines: tuple[Line, ...]
    kind: str
    output: str
    marked: int
    cut: str
    markdown: Markup | None = None
    holds: tuple[tuple[str, str], ...] = ()  # (href, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file, or all cells of a notebook in order."""

    name: str
    is_notebook: bool
    marked: str
    parts: tuple[SourceView, ...]


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
