"""What a page shows of a failing case: expected beside got, a map of the difference, a drawing."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Block",
    "Cell",
    "Comparison",
    "Drawing",
    "Heat",
    "Panel",
]


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
    is_wide: bool = False  # too wide for half a page: one panel below the other
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
