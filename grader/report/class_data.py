"""What a class index page is made from: plain values that any batch of results can fill.

ClassPage ── ClassRow      one submission that counts
          ── ItemRow       one hidden test over the class
          ── KnownRow      one misconception over the class
          ── ClusterRow    submissions that are alike
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.model import Audience, Points

__all__ = ["ClassPage", "ClassRow", "ClusterRow", "ItemRow", "KnownRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One submission; `exercises` holds its points in the page's columns, None if there is none.

    `page` is the path of its feedback page, relative to the index. `flags` are short remarks
    ("late", "void", "2 flags").
    """

    name: str
    points: Points
    exercises: tuple[Points | None, ...] = ()
    page: str = ""
    attempts: int = 1
    handed_in: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """How one hidden test went: `passed` of `taken` submissions; `discrimination` in [-1, 1]."""

    function: str
    title: str
    tier: str
    passed: int
    taken: int
    discrimination: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """How many submissions match one known wrong answer; `hint` is what their authors read."""

    function: str
    name: str
    hint: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """Submissions that are alike, by a share in [0, 1]; with `function`: that go wrong alike."""

    names: tuple[str, ...]
    share: float
    function: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPage:
    """A class on one page. For students it holds no row, and so no name.

    `columns` are (title, points to have) of the exercises. `files` are (label, relative path) of
    exports beside the page. `remarks` are what a person should look at, for staff.
    """

    course: str
    assignment: str
    max_points: Points
    columns: tuple[tuple[str, Points], ...] = ()
    rows: tuple[ClassRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    known: tuple[KnownRow, ...] = ()
    clusters: tuple[ClusterRow, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    audience: Audience = Audience.STAFF
