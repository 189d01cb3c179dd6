"""What a page shows of a training run: one value for each picture, with the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.page_parts import Fact, NoteView

__all__ = [
    "Band",
    "Confusion",
    "Count",
    "Picture",
    "Plot",
    "TrainingView",
]


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
