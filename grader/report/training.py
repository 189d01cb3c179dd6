"""One training run as values to print: words first, then pictures, each with what to try."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence

from grader.messages import plural, say
from grader.model import Audience, LayerReport, Mistake, Note, TrainingResult
from grader.report import figures, pictures, plots
from grader.report.clean import shorten
from grader.report.page_parts import Fact, NoteView
from grader.report.page_training import Confusion, Count, Picture, TrainingView

__all__ = ["training_view"]

_CLASSES = 20  # more would not fit on a page as a table
_PAIRS = 3
_LAYERS = 60
_RECTIFIERS = 20
_MISTAKES = 25
_FILTER_SCALE = 12
_NAME = 100
_SLOW_UPDATE, _FAST_UPDATE = 1e-4, 0.1


def training_view(
    training: TrainingResult,
    name: str,
    audience: Audience,
    noted: Callable[[Iterable[Note]], tuple[NoteView, ...]],
) -> TrainingView:
    """The run as far as the results hold it.

    Args:
        training: filtered for its audience.
        name: a free id on the page.
        audience: flags are for staff.
        noted: shows notes as the page does.
    """
    confusion, confusion_advice = _confusion(training)
    gate = training.band
    return TrainingView(
        id=name,
        sentences=(" ".join(_accuracy(training)), " ".join(_cost(training))),
        band=plots.band(training.accuracy, *gate) if gate is not None else None,
        notes=noted(training.notes),
        flags=tuple((flag.name, flag.text) for flag in training.flags)
        if audience is Audience.STAFF
        else (),
        curve=plots.learning_curve(training.curve),
        curve_advice=_curve_advice(training),
        confusion=confusion,
        confusion_advice=confusion_advice,
        mistakes=tuple(_mistakes(training)),
        filters=_filters(training),
        layers=tuple(_layer(layer) for layer in training.layers[:_LAYERS]),
        rectifiers=tuple(_rectifiers(training)),
        facts=tuple(
            Fact(name=say(f"training.{key}"), value=text) for key, text in _facts(training)
        ),
    )


def _accuracy(training: TrainingResult) -> Iterator[str]:
    if training.accuracy is None:
        yield say("training.none")
    else:
        yield say(
            "training.accuracy",
            percent=plots.percent(training.accuracy),
            correct=f"{training.correct:,}",
            total=f"{training.held_out:,}",
        )
    if training.accuracy is not None and training.band is not None:
        yield _against_band(training.accuracy, *training.band)
    if training.accuracy is not None and training.baseline is not None:
        yield say("training.baseline", percent=plots.percent(training.baseline))


def _cost(training: TrainingResult) -> Iterator[str]:
    used = figures.value(training.measured.budget_used)
    if used:
        key = "training.budget.within" if used <= training.budget else "training.budget.over"
        over = plots.percent(used / training.budget - 1) if training.budget else ""
        yield say(key, used=f"{used:.2f}", budget=f"{training.budget:g}", over=over)
    if training.max_parameters:
        fits = training.parameters <= training.max_parameters
        yield say(
            "training.size.within" if fits else "training.size.over",
            parameters=f"{training.parameters:,}",
            most=f"{training.max_parameters:,}",
            over=f"{training.parameters - training.max_parameters:,}",
        )


def _against_band(accuracy: float, none_below: float, full_from: float) -> str:
    values = {"low": plots.percent(none_below), "high": plots.percent(full_from)}
    if accuracy >= full_from:
        return say("gate.full", **values)
    if accuracy < none_below:
        return say("gate.below", missing=plots.percent(none_below - accuracy), **values)
    return say("gate.inside", missing=plots.percent(full_from - accuracy), **values)


def _curve_advice(training: TrainingResult) -> str:
    """Whether it still fell at the end, or went up and down."""
    losses = [figures.value(point.loss) for point in training.curve]
    known = [loss for loss in losses if loss is not None]
    if len(known) < 8:
        return say("curve.short")
    if not all(map(math.isfinite, known)):
        return say("curve.nan")
    quarter = len(known) // 4
    before = statistics.fmean(known[-2 * quarter : -quarter])
    last = statistics.fmean(known[-quarter:])
    start = known[0]
    if last > start - 0.1 * abs(start):
        return say("curve.flat")
    if last > before + 0.02 * abs(start):
        return say("curve.rising")
    if before - last > 0.1 * before:
        return say("curve.falling")
    return say("curve.level")


def _confusion(training: TrainingResult) -> tuple[Confusion | None, str]:
    counts, names = training.confusion, [shorten(n, _NAME) for n in training.classes]
    if not counts or len(counts) != len(names) or any(len(row) != len(names) for row in counts):
        return None, ""
    pairs = _confused(counts)
    if not pairs:
        text, advice = say("confusion.none"), ""
    else:
        told = "; ".join(
            say("confusion.pair", label=names[i], predicted=names[j], n=n, total=sum(counts[i]))
            for n, i, j in pairs[:_PAIRS]
        )
        text = say("confusion.text", pairs=told)
        _, i, j = pairs[0]
        advice = say("confusion.try", label=names[i], predicted=names[j])
    is_shown = len(names) <= _CLASSES
    largest = pairs[0][0] if pairs else 1
    rows = [
        (name, tuple(_count(n, i == j, largest) for j, n in enumerate(row)))
        for i, (name, row) in enumerate(zip(names, counts, strict=True))
    ]
    shown = tuple(rows) if is_shown else ()
    return Confusion(names=tuple(names) if is_shown else (), rows=shown, text=text), advice


def _confused(counts: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """(how often, class, taken for), the most frequent first."""
    found = [(n, i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if i != j and n]
    return sorted(found, key=lambda pair: (-pair[0], pair[1:]))


def _count(n: int, is_right: bool, largest: int) -> Count:
    if is_right:
        return Count(text=str(n), tone="d")
    return Count(text=str(n), tone=str(min(4, 1 + 4 * (n - 1) // largest)) if n else "")


def _mistakes(training: TrainingResult) -> Iterator[Picture]:
    names = training.classes
    for mistake in training.mistakes[:_MISTAKES]:
        rows = pictures.pixels_of(mistake)
        if rows and all(0 <= n < len(names) for n in (mistake.label, mistake.predicted)):
            yield _mistake(mistake, rows, names)


def _mistake(mistake: Mistake, rows: tuple[bytes, ...], names: Sequence[str]) -> Picture:
    share = figures.value(mistake.probability)
    words = {
        "label": shorten(names[mistake.label], _NAME),
        "predicted": shorten(names[mistake.predicted], _NAME),
        "percent": plots.percent(round(share, 3)) if share is not None else "",
    }
    return Picture(
        source=pictures.address(rows),
        width=2 * len(rows[0]),
        height=2 * len(rows),
        text=say("mistakes.text", **words),
        captions=(say("mistakes.caption", **words), words["percent"]),
    )


def _filters(training: TrainingResult) -> Picture | None:
    if training.filters is None:
        return None
    rows, count = pictures.filter_sheet(training.filters)
    if not rows:
        return None
    height, width = training.filters.shape[2:]
    return Picture(
        source=pictures.address(rows, is_black_clear=True),
        width=_FILTER_SCALE * len(rows[0]),
        height=_FILTER_SCALE * len(rows),
        text=say(
            "filters.text", n=count, total=training.filters.shape[0], height=height, width=width
        ),
    )


def _layer(layer: LayerReport) -> tuple[str, str, str, str]:
    return (
        shorten(layer.name, _NAME),
        figures.index(layer.shape),
        figures.number(layer.gradient_norm, 3),
        figures.number(layer.update_ratio, 2) + _speed(layer),
    )


def _speed(layer: LayerReport) -> str:
    ratio = figures.value(layer.update_ratio)
    if ratio is None or math.isnan(ratio) or _SLOW_UPDATE <= ratio <= _FAST_UPDATE:
        return ""
    return say("layers.slow" if ratio < _SLOW_UPDATE else "layers.fast")


def _rectifiers(training: TrainingResult) -> Iterator[str]:
    for number, one in enumerate(training.rectifiers[:_RECTIFIERS], 1):
        yield plural("rectifiers.row", one.dead, number=number, channels=one.channels)


def _facts(training: TrainingResult) -> Iterator[tuple[str, str]]:
    measured = training.measured
    yield "data", shorten(training.data, 2 * _NAME)
    yield (
        "images",
        say(
            "training.images.value", train=f"{training.images:,}", held_out=f"{training.held_out:,}"
        ),
    )
    if training.steps:
        yield (
            "steps",
            say(
                "training.steps.value",
                epochs=training.epochs,
                steps=f"{training.steps:,}",
                batch=training.batch_size,
                optimizer=shorten(training.optimizer, _NAME) or "?",
            ),
        )
    yield "parameters", f"{training.parameters:,}"
    if training.macs:
        yield "macs", say("training.macs.value", macs=f"{training.macs:,}")
    if measured.milliseconds_per_image:
        yield "each", say("training.each.value", ms=f"{measured.milliseconds_per_image:.3g}")
    if measured.cpu_seconds:
        yield (
            "time",
            say(
                "training.time.value",
                cpu=f"{measured.cpu_seconds:.1f}",
                epoch=f"{measured.reference_epoch_seconds:.1f}",
            ),
        )
    if measured.peak_bytes:
        yield "memory", say("training.memory.value", peak=f"{measured.peak_bytes >> 20:,}")
    yield (
        "device",
        say(
            "training.device.value",
            device=training.device,
            threads=plural("training.threads", training.threads),
            seed=training.seed,
        ),
    )
    if len(training.accuracies) > 1:
        low, high = min(training.accuracies), max(training.accuracies)
        yield (
            "repeats",
            say(
                "training.repeats.value",
                n=len(training.accuracies),
                low=plots.percent(low),
                high=plots.percent(high),
            ),
        )
    if training.parameters_sha256:
        yield "hash", training.parameters_sha256[:16]
