"""Two arrays side by side: small ones as tables, larger ones as a picture of the difference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from grader.messages import plural, say
from grader.model import Array, Described, Facet, Mismatch, Number
from grader.report import figures
from grader.report.clean import shorten
from grader.report.page_case import Block, Cell, Comparison, Heat, Panel

__all__ = ["compare"]

_TABLE = 64  # elements; more would not be read one by one
_BLOCKS = 4
_TEXT = 8192
_HEAT_SIDE = 64
_NARROW = 180  # pixels that a panel has on the smallest phone
_HALF = 330  # pixels that a panel has beside another
_LONG, _LINES = 400, 10  # characters and lines; a longer text may scroll in its panel


def compare(mismatch: Mismatch) -> Comparison | None:
    """Expected beside got, as far as the mismatch holds them."""
    expected, got, at = mismatch.expected, mismatch.got, mismatch.at
    if expected is None and mismatch.facet is Facet.NO_EXCEPTION:
        expected = Described(text=say("array.error"))
    if expected is None and got is None:
        return None
    ours = expected.array if expected else None
    theirs = got.array if got else None
    beyond = ""
    heat = None
    if ours is not None and theirs is not None and ours.shape == theirs.shape:
        at = at[1:] if at is not None and len(at) == len(ours.shape) + 1 else at
        wrong = _wrong(ours, theirs)
        if math.prod(ours.shape) > _TABLE:
            heat = _heat(ours, theirs, wrong, at)
        if at is not None and not wrong and ours.truncated:
            beyond = say("array.beyond", at=figures.index(at))
    pair = (ours, theirs) if heat is None else (None, None)
    headings = ("test.expected", "test.got")
    if mismatch.facet is Facet.GRADIENT:
        headings = ("test.expected.gradient", "test.got.gradient")
    both = (
        _panel(headings[0], "good", expected, pair),
        _panel(headings[1], "bad", got, pair[::-1]),
    )
    panels = tuple(panel for panel in both if panel)
    is_wide = any(_width(block.rows) > _HALF for panel in panels for block in panel.blocks)
    return Comparison(panels=panels, is_wide=is_wide, beyond=beyond, heat=heat)


def _wrong(ours: Array, theirs: Array) -> list[int]:
    if not _is_same_part(ours, theirs):
        return []  # not the same part: nothing can be said element by element
    pairs = zip(ours.values, theirs.values, strict=False)
    return [i for i, (a, b) in enumerate(pairs) if figures.differs(a, b)]


def _panel(
    heading: str,
    tone: str,
    described: Described | None,
    pair: tuple[Array | None, Array | None],
) -> Panel | None:
    if described is None:
        return None
    array = described.array
    this, other = pair
    if array is None:
        text = shorten(described.text, _TEXT)
        return Panel(heading=say(heading), tone=tone, text=text, is_long=_is_long(text))
    if this is None or not array.shape:  # drawn as a heat-map, or a single number
        text = figures.number(array.values[0], _digits(this, other)) if not array.shape else ""
        return Panel(heading=say(heading), tone=tone, text=text, about=_about(array))
    shown = min(_TABLE, len(array.values))
    blocks, left = _blocks(array, other if other and _is_same_part(array, other) else None)
    more = plural("array.more", left) if left else ""
    if shown < math.prod(array.shape):
        more = _part(array, shown)
    return Panel(
        heading=say(heading), tone=tone, about=_about(array), blocks=tuple(blocks), more=more
    )


def _is_same_part(one: Array, other: Array) -> bool:
    parts = ((a.shape, a.start, a.window) for a in (one, other))
    return next(parts) == next(parts)


def _part(array: Array, shown: int) -> str:
    """Which elements are shown, of an array that is larger."""
    total = math.prod(array.shape)
    if not array.window:
        return say("array.cut", shown=shown, total=total)
    slices = ", ".join(
        f"{start}:{start + size}" if size > 1 else str(start)
        for start, size in zip(array.start, array.window, strict=True)
    )
    return say("array.window", part=f"[{slices}]", shown=shown, total=total)


def _layout(array: Array) -> tuple[int, ...]:
    """The shape of what is held."""
    return array.window or array.shape


def _about(array: Array) -> str:
    if not array.shape:
        return say("array.scalar", dtype=array.dtype)
    key = "array.shape" if math.prod(array.shape) else "array.empty"
    return say(key, dtype=array.dtype, shape=figures.index(array.shape))


def _digits(this: Array | None, other: Array | None) -> int:
    if this is None or other is None or this.shape != other.shape:
        return 4
    return figures.digits_needed(zip(this.values, other.values, strict=False))


def _sides(shape: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of one block."""
    return (shape[-2] if len(shape) > 1 else 1), shape[-1]


def _block_label(array: Array, number: int) -> str:
    """Which rows and columns of a deeper array a block holds: [0, 2, :, :]."""
    layout = _layout(array)
    index = _shifted(_position(layout[:-2], number), array.start)
    return say("array.block", index=", ".join(map(str, index))) if index else ""


def _shifted(position: Sequence[int], start: Sequence[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip_longest(position, start[: len(position)], fillvalue=0))


def _blocks(array: Array, other: Array | None) -> tuple[list[Block], int]:
    rows, columns = _sides(_layout(array))
    area = rows * columns
    if not area:
        return [], 0
    digits = _digits(array, other)
    values = array.values[:_TABLE]
    against: Sequence[Number] = other.values if other else ()
    cells = [
        Cell(
            text=figures.number(a, digits),
            tone="x" if b is not None and figures.differs(b, a) else "",
        )
        for a, b in zip_longest(values, against[: len(values)])
    ]
    blocks = []
    for start in range(0, len(cells), area):
        part = cells[start : start + area]
        lines = tuple(tuple(part[i : i + columns]) for i in range(0, len(part), columns))
        label = _block_label(array, start // area)
        blocks.append(Block(label=label, rows=lines, is_wide=_width(lines) > _NARROW))
    return blocks[:_BLOCKS], len(blocks[_BLOCKS:])


def _is_long(text: str) -> bool:
    """Whether a text may scroll in its panel."""
    return len(text) > _LONG or text.count("\n") > _LINES


def _width(rows: Sequence[Sequence[Cell]]) -> float:
    """About how wide the table becomes, in pixels."""
    columns = zip_longest(*rows, fillvalue=Cell(text=""))
    return sum(max(36, 8.5 * max(len(c.text) for c in column) + 15) for column in columns)


def _heat(
    ours: Array, theirs: Array, wrong: Sequence[int], at: tuple[int, ...] | None
) -> Heat | None:
    layout = _layout(ours)
    rows, columns = _sides(layout)
    if not wrong or columns > _HEAT_SIDE:
        return None
    area = rows * columns
    known = min(len(ours.values), len(theirs.values))
    local = [i - s for i, s in zip_longest(at or (), ours.start, fillvalue=0)]
    first = _flat(layout, local) if at is not None else wrong[0]
    block = min(max(0, first), known - 1) // area
    inside = range(block * area, min((block + 1) * area, known))
    gaps = {i: _gap(ours.values[i], theirs.values[i]) for i in wrong}
    finite = [gap for gap in gaps.values() if math.isfinite(gap)]
    largest = max(finite, default=0.0)
    peak = max(gaps, key=lambda i: gaps[i] if math.isfinite(gaps[i]) else -1.0)
    is_part = known < math.prod(ours.shape)
    return Heat(
        label=_block_label(ours, block),
        width=columns,
        height=min(rows, -(-len(inside) // columns)),
        paths=tuple(_paths(inside, gaps, largest, columns)),
        text=say(
            "array.heat.text.part" if is_part else "array.heat.text",
            wrong=len(wrong),
            total=known,
            largest=figures.number(largest) if finite else say("array.heat.nan"),
            at=figures.index(_shifted(_position(layout, peak), ours.start)),
        ),
        cut=_part(ours, known) if is_part else "",
        firsts=tuple(_first(ours, theirs, i) for i in wrong[:3]),
        largest=figures.number(largest),
    )


def _first(ours: Array, theirs: Array, flat: int) -> str:
    pair = (ours.values[flat], theirs.values[flat])
    digits = figures.digits_needed([pair])
    expected, got = (figures.number(element, digits) for element in pair)
    at = figures.index(_shifted(_position(_layout(ours), flat), ours.start))
    return say("array.heat.first", at=at, expected=expected, got=got)


def _gap(expected: Number, got: Number) -> float:
    left, right = figures.value(expected), figures.value(got)
    if left is None or right is None or not (math.isfinite(left) and math.isfinite(right)):
        return math.nan
    return abs(left - right)


def _paths(
    inside: range, gaps: dict[int, float], largest: float, columns: int
) -> Iterator[tuple[str, str]]:
    """Squares of one level are one path: a cell costs 14 bytes, not an element."""
    levels: dict[str, list[str]] = {}
    for flat in inside:
        if flat in gaps:
            y, x = divmod(flat - inside.start, columns)
            levels.setdefault(_level(gaps[flat], largest), []).append(f"M{x} {y}h1v1h-1z")
    for level in sorted(levels):
        yield level, "".join(levels[level])


def _level(gap: float, largest: float) -> str:
    if not math.isfinite(gap):
        return "n"
    return str(min(4, 1 + int(4 * gap / largest))) if largest else "1"


def _flat(shape: Sequence[int], position: Sequence[int]) -> int:
    flat = 0
    for size, i in zip(shape, position, strict=False):
        flat = flat * size + i
    return flat


def _position(shape: Sequence[int], flat: int) -> tuple[int, ...]:
    position = []
    for size in reversed(shape):
        flat, rest = divmod(flat, size)
        position.append(rest)
    return tuple(reversed(position))
