"""What a run's traces, losses and confusions suggest, each with one sentence on what to try.

Report only: all of it is worth no points and takes none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.config import TrainingSettings
from grader.messages import say
from grader.model import Submission
from grader.training.checks import Kind, Loss, fit
from grader.training.replies import is_count
from grader.training.run import FAIL_FACTOR, OWN_TRAIN_FACTOR, Run, Seen

__all__ = ["diagnose"]

_NON_LINEAR = {
    "relu", "relu_", "clamp", "clamp_min", "clamp_", "clamp_min_", "maximum", "where", "threshold",
    "leaky_relu", "leaky_relu_", "elu", "elu_", "gelu", "silu", "silu_", "tanh", "tanh_", "sigmoid",
    "sigmoid_", "hardtanh", "hardtanh_", "softplus", "_prelu_kernel", "gt", "ge", "lt", "le", "max",
    "abs", "hardswish", "hardsigmoid", "mish", "log_sigmoid_forward", "celu", "rrelu_with_noise",
    "pow", "exp", "sin",
}  # fmt: skip
_UNTRAINED_LOSS = 2.25  # ln 10 = 2.30: no class is preferred
_LEARNED = 0.5


def diagnose(
    run: Run,
    settings: TrainingSettings,
    submission: Submission,
    accuracy: float | None,
    confusion: Sequence[Sequence[int]],
) -> Iterator[str]:
    """One text each; the most telling ones first."""
    if run.seen is not None:
        yield from _of_structure(run.seen, submission)
        yield from _of_inputs(run.seen.trace)
    yield from _of_losses(run, accuracy)
    yield from _of_rate(run, accuracy)
    yield from _of_labels(confusion)
    yield from _of_layers(run)
    yield from _of_batches(run)
    yield from _of_budget(run, settings)


def _of_structure(seen: Seen, submission: Submission) -> Iterator[str]:
    judged = fit(seen.kind, seen.loss)
    if judged.is_good and (seen.kind, seen.loss) != (Kind.LOG_PROBABILITIES, Loss.NLL):
        yield judged.sentence
    elif seen.kind is Kind.LOG_PROBABILITIES and _mentions_cross_entropy(submission):
        yield say("diagnosis.named cross entropy")
    operations = _names(seen.trace.get("operations"))
    if operations and not operations & _NON_LINEAR:
        yield say("diagnosis.linear")
    outside = seen.trace.get("outside")
    if is_count(outside) and outside > 0:
        yield say("diagnosis.outside", n=outside)


def _mentions_cross_entropy(submission: Submission) -> bool:
    """Read as bytes, never parsed here. The word in a comment costs nothing but this note."""
    words = (b"CrossEntropyLoss(", b"cross_entropy(")
    return any(
        word in data
        for path, data in submission.files.items()
        if path.suffix in (".py", ".ipynb")
        for word in words
    )


def _names(counts: Any) -> set[str]:
    if not isinstance(counts, dict):
        return set()
    return {str(name).removeprefix("aten::") for name in counts}


def _of_inputs(trace: Mapping[str, Any]) -> Iterator[str]:
    seen, training = _numbers(trace.get("first_input")), _numbers(trace.get("training_first_input"))
    if not seen:
        return
    mean, spread, _, largest = seen
    if training and abs(training[0] - mean) > 0.05 * max(1.0, training[1]):
        yield say("diagnosis.inputs differ", training=training[0], evaluation=mean)
    elif largest > 10 and spread > 5:
        yield say("diagnosis.inputs large", largest=largest)
    elif mean > 0.05 and spread < 0.6:
        yield say("diagnosis.inputs raw", mean=mean, spread=spread)


def _numbers(values: Any) -> list[float] | None:
    if not isinstance(values, list) or len(values) != 4:
        return None
    if not all(isinstance(v, float) and math.isfinite(v) for v in values):
        return None
    return values


def _of_losses(run: Run, accuracy: float | None) -> Iterator[str]:
    if run.is_diverged:
        yield say("diagnosis.diverged", step=len(run.losses))
        return
    last = [loss for loss in run.losses[-50:] if math.isfinite(loss)]
    if not last:
        return
    final = sum(last) / len(last)
    if final < 0:
        yield say("diagnosis.loss negative", loss=final)
    elif 1.44 < final < 1.75 and run.seen is not None and run.seen.kind is Kind.PROBABILITIES:
        yield say("diagnosis.loss sticks", loss=final)
    elif final > _UNTRAINED_LOSS and (accuracy is None or accuracy < _LEARNED):
        first = [loss for loss in run.losses[:5] if math.isfinite(loss)]
        yield say("diagnosis.not learned", first=sum(first) / max(1, len(first)), loss=final)


def _of_rate(run: Run, accuracy: float | None) -> Iterator[str]:
    rate = run.plan.rate if run.plan is not None else None
    if rate is None or accuracy is None or accuracy > 0.8 or run.own_train:
        return
    assert run.plan is not None
    if run.plan.optimizer.startswith("Adam") and rate >= 0.03:
        yield say("diagnosis.rate adam", rate=rate)
    elif rate >= 0.9:
        yield say("diagnosis.rate sgd", rate=rate)


def _of_labels(confusion: Sequence[Sequence[int]]) -> Iterator[str]:
    table = np.array(confusion)
    if table.ndim != 2 or not table.sum():
        return
    for shift in (1, -1):
        if np.trace(np.roll(table, -shift, axis=1)) > 0.5 * table.sum():
            yield say("diagnosis.labels shifted", sign="+" if shift > 0 else "-")


def _of_layers(run: Run) -> Iterator[str]:
    for number, (channels, dead) in enumerate(rectified(run), 1):
        if channels and dead / channels >= 0.5:
            yield say("diagnosis.dead", dead=dead, channels=channels, number=number)
    if run.untouched and run.losses:
        names = ", ".join(f"`{name}`" for name in run.untouched[:4])
        yield say("diagnosis.untouched", names=names)
    if run.plan is not None and run.plan.size > run.plan.registered:
        yield say("diagnosis.unregistered", n=run.plan.size - run.plan.registered)


def rectified(run: Run) -> list[tuple[int, int]]:
    """(channels, dead ones) of each rectifier."""
    found = run.inspected.get("rectified")
    if not isinstance(found, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in found[:100]
        if isinstance(pair, list) and len(pair) == 2 and all(map(is_count, pair))
    ]


def _of_batches(run: Run) -> Iterator[str]:
    seen = run.seen
    habit = seen.trace.get("preprocess") if seen is not None else ""
    if habit == "random":
        yield say("diagnosis.preprocess random")
    elif habit == "batch":
        yield say("diagnosis.preprocess batch")
    elif seen is not None and not seen.outputs.repeatable:
        return  # the check says so; another order gives other answers for no reason of its own
    elif run.order_share > 0.005:
        yield say("diagnosis.order", share=run.order_share)


def _of_budget(run: Run, settings: TrainingSettings) -> Iterator[str]:
    if not run.used or run.used <= settings.budget:
        return
    over, budget = run.used / settings.budget - 1, settings.budget
    if run.own_train and run.failure is not None:
        limits = {"limit": OWN_TRAIN_FACTOR * budget, "ended": FAIL_FACTOR * budget}
        yield say("diagnosis.not returned", used=run.used, over=over, budget=budget, **limits)
    elif run.is_stopped:
        total = run.used * run.planned_steps / max(1, len(run.losses))
        yield say("diagnosis.ended", used=run.used, factor=FAIL_FACTOR, total=total)
    else:
        yield say("diagnosis.over", used=run.used, over=over, budget=budget, factor=FAIL_FACTOR)
    macs = run.seen.trace.get("macs") if run.seen is not None else None
    if is_count(macs) and macs > 0:
        yield say("diagnosis.macs", macs=macs)
