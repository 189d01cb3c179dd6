"""Small values that every section of a page uses."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Badge",
    "Fact",
    "NoteView",
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
class Fact:
    """One row of a list of facts, such as the provenance."""

    name: str
    value: str
    is_code: bool = False
