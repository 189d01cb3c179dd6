"""Numbers as plots: where lines and marks lie, what the axes say, and the same as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.messages import say
from grader.model import CurvePoint
from grader.report import figures
from grader.report.page_training import Band, Plot

__all__ = ["band", "learning_curve"]

_WIDTH, _HEIGHT = 480, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 10, 36
_ROWS = 8
_POINTS = 120
_SCALE = 1000


def learning_curve(points: Sequence[CurvePoint]) -> Plot | None:
    """The loss over the epochs; None if fewer than two points are numbers."""
    points = _thinned([p for p in points if figures.value(p.loss) is not None], _POINTS)
    known = [(p, loss) for p in points if _is_number(loss := figures.value(p.loss))]
    if len(known) < 2:
        return None
    losses = [loss for _, loss in known if loss is not None]
    last = max(p.epoch for p, _ in known)
    low, high = min(0.0, *losses), max(losses)
    across, down = (_WIDTH - _LEFT - _RIGHT), (_HEIGHT - _TOP - _BOTTOM)
    span = (high - low) or 1.0

    def x(epoch: float) -> int:
        return round(_LEFT + across * epoch / (last or 1.0))

    def y(loss: float) -> int:
        return round(_TOP + down * (high - loss) / span)

    return Plot(
        width=_WIDTH,
        height=_HEIGHT,
        line=" ".join(
            f"{x(p.epoch)},{y(loss)}" for (p, _), loss in zip(known, losses, strict=True)
        ),
        axes=f"M{_LEFT} {_TOP}V{y(low)}H{_WIDTH - _RIGHT}",
        across=tuple((x(e), figures.number(float(e))) for e in _ticks(0.0, last)),
        up=tuple((y(loss), figures.number(float(loss))) for loss in _ticks(low, high)),
        labels=(say("curve.epochs"), say("curve.loss")),
        title=say("curve.heading"),
        text=say(
            "curve.text",
            first=figures.number(losses[0], 3),
            last=figures.number(losses[-1], 3),
            least=figures.number(min(losses), 3),
            epoch=figures.number(float(last), 3),
        ),
        rows=tuple(
            (figures.number(float(p.epoch), 3), figures.number(p.loss, 3))
            for p in _thinned(points, _ROWS)
        ),
    )


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _thinned(points: Sequence[CurvePoint], most: int) -> Sequence[CurvePoint]:
    """At most `most` of them, evenly taken, the first and the last among them."""
    if len(points) <= most:
        return points
    return [points[round(i * (len(points) - 1) / (most - 1))] for i in range(most)]


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers from `low` to `high`."""
    span = high - low
    if not span > 0:
        return [low]
    raw = span / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def band(accuracy: float | None, none_below: float, full_from: float) -> Band | None:
    """Where the accuracy lies against the band in which credit rises."""
    numbers = [none_below, full_from, *([] if accuracy is None else [accuracy])]
    if not all(0 <= n <= 1 for n in numbers):
        return None
    least = max(0.0, min(numbers) - 0.1 * (1 - min(numbers)) - 0.01)

    def x(share: float) -> int:
        return round(_SCALE * (share - least) / (1 - least))

    return Band(
        start=x(none_below),
        end=max(x(full_from), x(none_below)),
        at=None if accuracy is None else x(accuracy),
        text=say("gate.text", low=percent(none_below), high=percent(full_from)),
        is_full=accuracy is not None and accuracy >= full_from,
    )


def percent(share: float) -> str:
    """97.25 %, 100 %."""
    text = f"{100 * share:.2f}".rstrip("0").rstrip(".")
    return say("figure.percent", number=text)
