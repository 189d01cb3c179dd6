"""A run as frozen data for results and pages."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.data import Images
from grader.model import (
    Array,
    CurvePoint,
    DeadChannels,
    Flag,
    LayerReport,
    Mistake,
    Note,
    TrainingMeasured,
    TrainingResult,
)
from grader.training.checks import Kind
from grader.training.diagnosis import rectified
from grader.training.replies import is_count
from grader.training.run import Job, Run

__all__ = ["confusion_of", "training_result"]

_CURVE_POINTS = 60
_MISTAKES = 25
_FILTER_VALUES = 256


def confusion_of(outputs: Tensor, labels: Any, classes: int) -> tuple[tuple[int, ...], ...]:
    """counts[i][j]: images of class i that were taken for j."""
    predicted = outputs.argmax(1).numpy()
    table = np.zeros((classes, classes), np.int64)
    np.add.at(table, (labels, predicted), 1)
    return tuple(tuple(int(n) for n in row) for row in table)


def training_result(
    job: Job, run: Run, confusion: tuple[tuple[int, ...], ...], notes: list[str], flags: list[Flag]
) -> TrainingResult:
    """Everything of a run that results keep."""
    split, plan = job.split, run.plan
    labels = split.held_out.labels
    correct = run.correct(labels)
    trace = run.seen.trace if run.seen is not None else {}
    macs = trace.get("macs")
    return TrainingResult(
        data=split.data.title,
        is_subset=split.data.is_subset,
        classes=split.data.classes,
        images=len(split.train),
        held_out=len(labels),
        seed=job.seed,
        device=job.device,
        threads=1,
        contract="train" if run.own_train else "steps",
        own_step=run.own_step,
        epochs=run.epochs,
        batch_size=run.batch_size,
        steps=len(run.losses),
        optimizer=plan.optimizer if plan is not None else "",
        parameters=plan.size if plan is not None else 0,
        macs=macs if is_count(macs) else 0,
        budget=job.settings.budget,
        accuracy=correct / len(labels) if run.outputs is not None else None,
        correct=correct,
        baseline=run.baseline,
        curve=_curve(run),
        confusion=confusion,
        layers=_layers(run.inspected),
        rectifiers=tuple(DeadChannels(channels=c, dead=d) for c, d in rectified(run)),
        filters=_filters(run.parameters),
        mistakes=_mistakes(run, split.held_out),
        parameters_sha256=run.sha256,
        flags=tuple(flags),
        notes=tuple(Note(text=text) for text in dict.fromkeys(notes)),
        measured=TrainingMeasured(
            budget_used=round(run.used, 4),
            cpu_seconds=run.cpu_seconds,
            wall_seconds=run.wall_seconds,
            reference_epoch_seconds=run.epoch_seconds,
            milliseconds_per_image=_positive(run.inspected.get("milliseconds")),
            total_cpu_seconds=run.total_cpu_seconds,
            total_wall_seconds=run.total_wall_seconds,
            peak_bytes=run.peak_bytes,
        ),
    )


def _curve(run: Run) -> tuple[CurvePoint, ...]:
    per_epoch = max(1, run.planned_steps // max(1, run.epochs))
    return tuple(
        CurvePoint(step=step, epoch=round(step / per_epoch, 4), loss=_number(loss))
        for step, loss in mean_losses(run.losses, _CURVE_POINTS)
    )


def _number(value: float) -> float | str:
    if math.isfinite(value):
        return float(f"{value:.6g}")
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def _positive(value: Any) -> float:
    return value if isinstance(value, float) and math.isfinite(value) and value >= 0 else 0.0


def _layers(inspected: Mapping[str, Any]) -> tuple[LayerReport, ...]:
    found = inspected.get("layers")
    if not isinstance(found, list):
        return ()
    reports = []
    for row in found[:200]:
        match row:
            case [str(name), list(shape), float(gradient), float(size), float(update)]:
                ratio = update / size if size else math.inf if update else 0.0
                reports.append(
                    LayerReport(
                        name=name[:100],
                        shape=tuple(filter(is_count, shape)),
                        gradient_norm=_number(gradient),
                        update_ratio=_number(ratio),
                    )
                )
    return tuple(reports)


def _filters(parameters: Mapping[str, Tensor]) -> Array | None:
    """The weights of the first convolution on one channel."""
    for tensor in parameters.values():
        if tensor.ndim == 4 and tensor.shape[1] == 1:
            area = tensor.shape[2] * tensor.shape[3]
            count = max(1, min(len(tensor), _FILTER_VALUES // max(1, area)))
            shown = tensor[:count]
            values = tuple(_number(float(v)) for v in shown.flatten()[:_FILTER_VALUES])
            return Array(
                dtype="float32",
                shape=tuple(tensor.shape),
                values=values,
                truncated=count < len(tensor) or shown.numel() > _FILTER_VALUES,
            )
    return None


def _mistakes(run: Run, held_out: Images) -> tuple[Mistake, ...]:
    """The held-out images that were taken for another class with most confidence."""
    if run.outputs is None or run.seen is None:
        return ()
    outputs = run.outputs.nan_to_num()
    is_shares = run.seen.kind is Kind.PROBABILITIES
    shares = outputs if is_shares else outputs.softmax(1)
    best = shares.max(1)
    labels = torch.from_numpy(held_out.labels)
    wrong = (best.indices != labels).nonzero().flatten()
    order = wrong[best.values[wrong].argsort(descending=True, stable=True)][:_MISTAKES]
    return tuple(_mistake(held_out, int(i), best) for i in order)


def _mistake(held_out: Images, index: int, best: Any) -> Mistake:
    pixels = held_out.pixels[index][0]
    return Mistake(
        label=int(held_out.labels[index]),
        predicted=int(best.indices[index]),
        probability=_number(round(float(best.values[index]), 4)),
        size=(pixels.shape[0], pixels.shape[1]),
        pixels=base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode(),
    )


def mean_losses(losses: Sequence[float], points: int) -> list[tuple[int, float]]:
    """(last step, mean loss) of about `points` equal parts."""
    width = max(1, -(-len(losses) // points))
    return [
        (min(start + width, len(losses)), sum(part) / len(part))
        for start in range(0, len(losses), width)
        if (part := losses[start : start + width])
    ]
