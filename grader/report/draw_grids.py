"""Padding modes and windows as grids of cells: the input tinted, its padding dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.messages import say
from grader.model import Array
from grader.report import figures
from grader.report.calls import Call, UndrawableError
from grader.report.page_case import Drawing

__all__ = ["padding", "window"]

_CELL = 30
_SIDE = 14  # cells; a larger grid is too fine to read
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """An input of `height` by `width` cells with a border around it."""

    height: int
    width: int
    left: int
    right: int
    top: int
    bottom: int

    def __post_init__(self) -> None:
        if max(self.rows, self.columns) > _SIDE:
            raise UndrawableError("too large")

    @property
    def rows(self) -> int:
        return self.height + self.top + self.bottom

    @property
    def columns(self) -> int:
        return self.width + self.left + self.right

    def drawing(
        self, texts: Sequence[tuple[int, int, str]], caption: str, frame: str = ""
    ) -> Drawing:
        """The grid with texts at (row, column), counted from the corner of the border."""
        centre = _CELL // 2
        return Drawing(
            width=self.columns * _CELL + 2,
            height=self.rows * _CELL + 2,
            paths=(*self._paths(), *([("win", frame)] if frame else [])),
            texts=tuple((c * _CELL + centre, r * _CELL + 20, text) for r, c, text in texts),
            caption=caption,
        )

    def _paths(self) -> list[tuple[str, str]]:
        inside = range(self.top, self.top + self.height), range(self.left, self.left + self.width)
        side = _CELL - 2
        cells: dict[str, list[str]] = {"pad": [], "in": []}
        for row in range(self.rows):
            for column in range(self.columns):
                tone = "in" if row in inside[0] and column in inside[1] else "pad"
                x, y = column * _CELL + 2, row * _CELL + 2
                cells[tone].append(f"M{x} {y}h{side}v{side}h-{side}z")
        return [(tone, "".join(parts)) for tone, parts in cells.items() if parts]


def padding(call: Call) -> Drawing:
    """Each input cell has a letter, each border cell the letter of the cell that it repeats.

    Raises:
        UndrawableError: the grid is too large, or the mode has no cell for some place.
    """
    height, width = call.image("x").shape[-2:]
    left, right, top, bottom = _sides(call.arguments.get("pad"))
    mode = call.text("mode", "zeros")
    if height * width > len(_LETTERS):
        raise UndrawableError("too many letters")
    grid = _Grid(height=height, width=width, left=left, right=right, top=top, bottom=bottom)
    texts = []
    for row in range(grid.rows):
        for column in range(grid.columns):
            source = _source(row - top, height, mode), _source(column - left, width, mode)
            is_zero = None in source
            letter = "0" if is_zero else _LETTERS[(source[0] or 0) * width + (source[1] or 0)]
            texts.append((row, column, letter))
    return grid.drawing(texts, say(f"draw.pad.{mode}"))


def _sides(pad: object) -> tuple[int, ...]:
    """Left, right, top, bottom; one int stands for all four."""
    sides = tuple(pad) if isinstance(pad, Sequence) else (pad,) * 4
    if len(sides) != 4 or not all(isinstance(side, int) and side >= 0 for side in sides):
        raise UndrawableError("pad")
    if not any(sides):
        raise UndrawableError("no border")
    return sides


def _source(place: int, size: int, mode: str) -> int | None:
    """Which input cell stands at `place`, counted from the first input cell; None for zero.

    Raises:
        UndrawableError: none does, as reflect beyond the other border.
    """
    if 0 <= place < size:
        return place
    match mode:
        case "zeros":
            return None
        case "replicate":
            return min(max(place, 0), size - 1)
        case "reflect" if 0 <= (mirrored := -place if place < 0 else 2 * size - 2 - place) < size:
            return mirrored
        case "circular" if -size <= place < 2 * size:
            return place % size
    raise UndrawableError(mode)


def window(call: Call) -> Drawing:
    """The padded input, and the window that makes the first wrong element.

    Raises:
        UndrawableError: the grid is too large, or no element of the result is wrong.
    """
    image = call.image("x")
    is_pool = call.function.endswith("_pool2d")
    kernel = call.pair("kernel_size") if is_pool else call.image("weight").shape[-2:]
    step = call.pair("stride", (kernel[0], kernel[1]) if is_pool else (1, 1))
    border = call.pair("padding", (0, 0))
    if call.function == "filter2d" and call.text("edge", "zeros") != "crop":
        border = (kernel[0] // 2, kernel[1] // 2)
    height, width = image.shape[-2:]
    grid = _Grid(
        height=height, width=width, left=border[1], right=border[1], top=border[0], bottom=border[0]
    )
    if len(call.at) < 2 or min(*kernel, *step) < 1:
        raise UndrawableError("no element")
    row, column = call.at[-2] * step[0], call.at[-1] * step[1]
    tall, wide = min(kernel[0], grid.rows - row), min(kernel[1], grid.columns - column)
    if tall < 1 or wide < 1:
        raise UndrawableError("outside")
    frame = (
        f"M{column * _CELL + 1} {row * _CELL + 1}h{wide * _CELL}v{tall * _CELL}h-{wide * _CELL}z"
    )
    caption = say("draw.window", tall=kernel[0], wide=kernel[1], at=figures.index(call.at))
    texts = [
        (border[0] + n // width, border[1] + n % width, text)
        for n, text in enumerate(_numbers(image, call.at if is_pool else ()))
    ]
    return grid.drawing(texts, caption, frame)


def _numbers(image: Array, at: Sequence[int]) -> list[str]:
    """The numbers that the window reads, if they are short, all here and of one image.

    `at` tells which image a pooling window reads; a convolution reads all channels.
    """
    leading = image.shape[:-2]
    index = tuple(at[:-2]) or (0,) * len(leading)
    is_one = math.prod(leading) == 1 or len(at) == len(image.shape)
    if not is_one or len(index) != len(leading):
        return []
    number = 0
    for size, place in zip(leading, index, strict=True):
        number = number * size + place
    area = image.shape[-2] * image.shape[-1]
    texts = [figures.number(v, 2) for v in image.values[number * area : (number + 1) * area]]
    return texts if len(texts) == area and max(map(len, texts)) <= 4 else []
