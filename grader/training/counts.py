"""EPOCHS and BATCH_SIZE of a submission, within their bounds.

What is too large is cut and said, since whoever asks for much has still written a model. A batch
has a bound because the grader looks at the time between steps: it ends what is over its budget
while there is still a model to evaluate.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.config import TrainingSettings
from grader.messages import say
from grader.model import Verdict
from grader.training.replies import Plan, TrainingFailed

__all__ = ["Counts", "counts_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often to go over the images, and how many of them at once; `notes` say what was cut."""

    epochs: int
    batch_size: int
    notes: tuple[str, ...]


def counts_of(plan: Plan, settings: TrainingSettings, images: int) -> Counts:
    """The counts to train with.

    Args:
        plan: what the worker says that the submission asks for.
        settings: with the largest counts.
        images: how many there are to train on.

    Raises:
        TrainingFailed: one is no whole number from 1.
    """
    most = settings.max_epochs, settings.max_batch_size
    epochs, notes = _bounded("EPOCHS", plan.epochs, most[0])
    batch_size, more = _bounded("BATCH_SIZE", plan.batch_size, most[1])
    return Counts(epochs=epochs, batch_size=min(batch_size, images), notes=tuple([*notes, *more]))


def _bounded(name: str, value: object, most: int) -> tuple[int, list[str]]:
    if type(value) is not int or value < 1:
        told = say("session.no count", name=name, value=f"{value!r:.60}", most=most)
        raise TrainingFailed(Verdict.FAILED, told)
    if value <= most:
        return value, []
    return most, [say("session.count", name=name, value=value, most=most)]
