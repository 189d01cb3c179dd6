"""The small values that results are made of: points, arrays as text, the failing case, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import isqrt, prod
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from grader.model.kinds import Facet

__all__ = [
    "Array",
    "Described",
    "Measured",
    "Mismatch",
    "Note",
    "Number",
    "Points",
    "flat_indices",
    "window_around",
]


def _fraction(value: object) -> Fraction:
    if isinstance(value, (Fraction, int, str)):
        return Fraction(value)
    raise ValueError(f"points are written as 'p/q', got {value!r}")


Points = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(/\d+)?$"}),
]

Number = int | float | str | bool
"""A finite number, a truth value, or "nan", "inf", "-inf" or a complex number as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """A tensor or array as text: `values` row-major and exact, at most 256 of them.

    A truncated array holds its first values or, if `window` is given, those of a part of this
    shape whose first element is at `start`.
    """

    dtype: str
    shape: tuple[int, ...]
    values: tuple[Number, ...]
    truncated: bool = False
    start: tuple[int, ...] = ()
    window: tuple[int, ...] = ()

    def around(self, at: tuple[int, ...] | None, most: int) -> Array:
        """At most `most` elements: a part around `at`, the first ones if that is not among them."""
        if len(self.values) <= most:
            return self
        held = self.window or self.shape
        start = self.start or (0,) * len(held)
        inside = None if at is None else tuple(i - s for i, s in zip(at, start, strict=False))
        found = None if inside is None else window_around(held, inside, most)
        if at is None or len(at) != len(held) or found is None or len(self.values) != prod(held):
            return replace(self, values=self.values[:most], truncated=True, start=(), window=())
        first, window = found
        return replace(
            self,
            values=tuple(self.values[flat] for flat in flat_indices(held, first, window)),
            truncated=True,
            start=tuple(a + b for a, b in zip(start, first, strict=True)),
            window=window,
        )


def window_around(
    shape: tuple[int, ...], at: tuple[int, ...], most: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """First index and shape of a part of at most `most` elements with `at` near its middle.

    It is about square in the last two axes, whole rows where they fit; None if `at` is outside.
    """
    if (
        not shape
        or len(at) != len(shape)
        or not all(0 <= i < n for i, n in zip(at, shape, strict=True))
    ):
        return None
    rows, columns = (shape[-2] if len(shape) > 1 else 1), shape[-1]
    wide = min(columns, max(isqrt(most), most // rows))
    sizes: list[int] = []
    left = most
    for size, limit in zip(reversed(shape), (wide, *shape[-2::-1]), strict=True):
        sizes.insert(0, min(size, limit, max(1, left)))
        left //= sizes[0]
    start = (
        min(max(0, i - size // 2), n - size) for i, size, n in zip(at, sizes, shape, strict=True)
    )
    return tuple(start), tuple(sizes)


def flat_indices(
    shape: tuple[int, ...], start: tuple[int, ...], window: tuple[int, ...]
) -> Iterator[int]:
    """Where the elements of a part lie in the row-major order of the whole."""
    for position in product(*(range(s, s + size) for s, size in zip(start, window, strict=True))):
        flat = 0
        for size, i in zip(shape, position, strict=True):
            flat = flat * size + i
        yield flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A value for a reader: one line of text and, for tensors and arrays, the numbers."""

    text: str
    array: Array | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """The smallest failing case of a test: what was asked, expected and got.

    `at` is the index of the first element that differs, for arrays of equal shape. `failing` of
    `total` cases failed. `snippet` is Python that repeats the call. `path` is empty where `line` is
    in the file of the function; `cell` counts a notebook's code cells, and `line` inside that one.
    """

    facet: Facet
    sentence: str
    call: str
    arguments: tuple[Described, ...] = ()
    expected: Described | None = None
    got: Described | None = None
    at: tuple[int, ...] | None = None
    failing: int = 1
    total: int = 1
    snippet: str = ""
    line: int | None = None
    path: str = ""
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth knowing that neither gives nor takes points."""

    text: str
    path: str = ""
    line: int | None = None
    cell: int | None = None
    is_for_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What may differ from run to run: wall-clock and processor time."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
