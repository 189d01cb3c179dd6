"""Size arithmetic on a line: the padded input as cells, one row for each place of the window."""

from __future__ import annotations

from dataclasses import dataclass

from grader.messages import plural, say
from grader.report.calls import Call, UndrawableError
from grader.report.page_case import Drawing

__all__ = ["sizes"]

_CELL = 28
_ROW = 15
_LONGEST = 32  # cells; a longer line is too fine to count
_MOST = 8  # rows of windows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """`count` windows of `kernel` taps, `dilation` apart, every `step` cells; 0 if none fits."""

    size: int
    padding: int
    kernel: int
    step: int
    dilation: int
    count: int

    @property
    def total(self) -> int:
        return self.size + 2 * self.padding

    @property
    def reach(self) -> int:
        return self.dilation * (self.kernel - 1) + 1

    @property
    def end(self) -> int:
        return max(0, self.count - 1) * self.step + self.reach


def sizes(call: Call) -> Drawing:
    """The input with its padding, and where each window lies.

    Raises:
        UndrawableError: the line is too long, or no number of windows is expected though one fits.
    """
    line = _line(call)
    is_other_error = not line.count and line.reach <= line.total
    if is_other_error or max(line.total, line.end) > _LONGEST:
        raise UndrawableError(call.function)
    places = range(max(1, line.count))
    shown = list(places) if len(places) <= _MOST else [*places[: _MOST - 1], places[-1]]
    top = _CELL + 8
    inside = range(line.padding, line.padding + line.size)
    paths = [
        ("pad", _cells(range(line.padding)) + _cells(range(inside.stop, line.total))),
        ("in", _cells(inside)),
        ("over", _cells(range(line.total, line.end))),
    ]
    for row, place in enumerate(shown):
        paths += _window(line, place, top + row * _ROW)
    return Drawing(
        width=max(line.total, line.end) * _CELL + 2,
        height=top + len(shown) * _ROW + 2,
        paths=tuple((tone, d) for tone, d in paths if d),
        texts=tuple((x * _CELL + _CELL // 2, 19, str(n)) for n, x in enumerate(inside, 1)),
        caption=_caption(line, len(shown)),
    )


def _line(call: Call) -> _Line:
    kernel = call.whole("kernel_size")
    step = kernel if call.function == "pool_out" else 1
    if call.arguments.get("stride") is not None:
        step = call.whole("stride")
    expected = call.expected
    line = _Line(
        size=call.whole("size"),
        padding=call.whole("padding", 0),
        kernel=kernel,
        step=step,
        dilation=call.whole("dilation", 1),
        count=expected if isinstance(expected, int) and not isinstance(expected, bool) else 0,
    )
    if min(line.size, kernel, step, line.dilation) < 1 or line.count < 0:
        raise UndrawableError(call.function)
    return line


def _window(line: _Line, place: int, y: int) -> list[tuple[str, str]]:
    """The taps of one window, and the arm that joins them."""
    starts = [(place * line.step + tap * line.dilation) * _CELL for tap in range(line.kernel)]
    arm = f"M{starts[0] + 14} {y + 4}H{starts[-1] + 14}" if line.kernel > 1 else ""
    return [("arm", arm), ("tap", "".join(f"M{x + 7} {y}h14v8h-14z" for x in starts))]


def _caption(line: _Line, shown: int) -> str:
    parts = [say("draw.size", size=line.size, padding=line.padding)]
    if not line.count:
        return f"{parts[0]} {say('draw.size.none', reach=line.reach, total=line.total)}"
    parts.append(plural("draw.size.windows", line.count, reach=line.reach, step=line.step))
    if shown < line.count:
        parts.append(say("draw.size.some", shown=shown))
    if line.end < line.total:
        parts.append(plural("draw.size.left", line.total - line.end))
    if line.end > line.total:
        parts.append(say("draw.size.over"))
    return " ".join(parts)


def _cells(places: range) -> str:
    side = _CELL - 2
    return "".join(f"M{place * _CELL + 1} 1h{side}v{side}h-{side}z" for place in places)
