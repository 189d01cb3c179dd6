"""What a run's traces, losses and confusions suggest, each with one sentence on what to try.

Report only: all of it is worth no points and takes none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.config import TrainingSettings
from grader.model import Submission
from grader.training.checks import Kind, Loss, fit
from grader.training.run import FAIL_FACTOR, Run, Seen

__all__ = ["diagnose"]

_NON_LINEAR = {
    "relu", "relu_", "clamp", "clamp_min", "clamp_", "clamp_min_", "maximum", "where", "threshold",
    "leaky_relu", "leaky_relu_", "elu", "elu_", "gelu", "silu", "silu_", "tanh", "tanh_", "sigmoid",
    "sigmoid_", "hardtanh", "hardtanh_", "softplus", "_prelu_kernel", "gt", "ge", "lt", "le", "max",
    "abs", "hardswish", "hardsigmoid", "mish", "log_sigmoid_forward", "celu", "rrelu_with_noise",
    "pow", "exp", "sin",
}  # fmt: skip
_UNTRAINED_LOSS = 2.25  # ln 10 = 2.30: no class is preferred
_LEAST_IMPROVEMENT = 0.05


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
    yield from _of_losses(run)
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
        yield (
            "`forward` returns log-probabilities and the code names cross-entropy, which applies "
            "log_softmax once more. That changes nothing: log_softmax of log-probabilities gives "
            "them back. NLLLoss says the same in one step less."
        )
    operations = _names(seen.trace.get("operations"))
    if operations and not operations & _NON_LINEAR:
        yield (
            "No activation was seen in `forward`. Without one between them, two layers compute "
            "what a single one could: put a ReLU behind each layer but the last."
        )


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
        yield (
            f"The first layer sees other pixels in training (mean {training[0]:.2f}) than in "
            f"evaluation (mean {mean:.2f}). Normalise in both, for instance in `preprocess`."
        )
    elif largest > 10 and spread > 5:
        yield (
            f"The first layer sees pixels up to {largest:.0f}. The grader gives fractions in "
            "[0, 1]: do not multiply them by 255."
        )
    elif mean > 0.05 and spread < 0.6:
        yield (
            f"The first layer sees pixels with mean {mean:.2f} and standard deviation "
            f"{spread:.2f}. Subtract 0.1307 and divide by 0.3081, and it learns faster."
        )


def _numbers(values: Any) -> list[float] | None:
    if not isinstance(values, list) or len(values) != 4:
        return None
    if not all(isinstance(v, float) and math.isfinite(v) for v in values):
        return None
    return values


def _of_losses(run: Run) -> Iterator[str]:
    if run.is_diverged:
        yield (
            f"The loss was no longer a number after step {len(run.losses)}, so training was ended. "
            "Try a smaller learning rate, and `log_softmax` in the place of `log(softmax(x))`."
        )
        return
    last = [loss for loss in run.losses[-50:] if math.isfinite(loss)]
    if not last:
        return
    final = sum(last) / len(last)
    if final < 0:
        yield (
            f"The loss ends at {final:.2f}. A negative log-likelihood cannot be below 0: NLLLoss "
            "was given something else than log-probabilities."
        )
    elif 1.44 < final < 1.75 and run.seen is not None and run.seen.kind is Kind.PROBABILITIES:
        yield (
            f"The loss sticks at {final:.2f}. With probabilities in the place of scores, "
            "cross-entropy cannot fall below 1.46: leave the softmax out."
        )
    elif final > _UNTRAINED_LOSS:
        yield (
            f"The loss ends at {final:.2f}, where it began (ln 10 = 2.30): the model has not "
            "learned. Does the optimiser get `model.parameters()`, and does `optimizer.step()` run?"
        )


def _of_rate(run: Run, accuracy: float | None) -> Iterator[str]:
    rate = run.plan.rate if run.plan is not None else None
    if rate is None or accuracy is None or accuracy > 0.8 or run.own_train:
        return
    assert run.plan is not None
    if run.plan.optimizer.startswith("Adam") and rate >= 0.03:
        yield f"The learning rate is {rate:g}. For Adam, try 0.001: larger steps overshoot."
    elif rate >= 0.9:
        yield f"The learning rate is {rate:g}. Try 0.01 to 0.1 for SGD: larger steps overshoot."


def _of_labels(confusion: Sequence[Sequence[int]]) -> Iterator[str]:
    table = np.array(confusion)
    if table.ndim != 2 or not table.sum():
        return
    for shift in (1, -1):
        if np.trace(np.roll(table, -shift, axis=1)) > 0.5 * table.sum():
            yield (
                f"Most images of class i were taken for class i {'+' if shift > 0 else '-'} 1: the "
                "labels were shifted by one. They are 0 to 9, as the outputs are."
            )


def _of_layers(run: Run) -> Iterator[str]:
    for number, (channels, dead) in enumerate(rectified(run), 1):
        if channels and dead / channels >= 0.5:
            yield (
                f"{dead} of {channels} channels behind activation {number} are 0 for every image. "
                "Dead ReLUs do not learn: try a smaller learning rate, or other initial weights."
            )
    if run.untouched and run.losses:
        names = ", ".join(f"`{name}`" for name in run.untouched[:4])
        yield (
            f"Training left {names} as they were. Use these layers in `forward`, or remove them."
        )


def rectified(run: Run) -> list[tuple[int, int]]:
    """(channels, dead ones) of each rectifier."""
    found = run.inspected.get("rectified")
    if not isinstance(found, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in found[:100]
        if isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)
    ]


def _of_batches(run: Run) -> Iterator[str]:
    if run.order_share > 0.005:
        yield (
            f"{run.order_share:.1%} of the answers change when images come in another order or "
            "batch size. In evaluation an answer must depend on its own image only: does "
            "something in `forward` compute a mean over the batch?"
        )


def _of_budget(run: Run, settings: TrainingSettings) -> Iterator[str]:
    if not run.used or run.used <= settings.budget:
        return
    if run.is_stopped:
        total = run.used * run.planned_steps / max(1, len(run.losses))
        yield (
            f"Training was ended at {run.used:.2f} reference epochs, {FAIL_FACTOR} times the "
            f"budget; all {run.epochs} epochs would have taken about {total:.1f}. What was learned "
            "until then was evaluated."
        )
    else:
        yield (
            f"Training took {run.used:.2f} reference epochs, {run.used / settings.budget - 1:.0%} "
            f"above the budget of {settings.budget:g}. Up to {FAIL_FACTOR} times the budget "
            "counts as within."
        )
    macs = run.seen.trace.get("macs") if run.seen is not None else None
    if isinstance(macs, int) and macs > 0:
        yield (
            f"One image costs {macs:,} multiplications; LeNet needs 416,520. Fewer channels, a "
            "larger stride or fewer epochs save time."
        )
