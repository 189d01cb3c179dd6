"""Flags for staff: signs that a model was not learned from the images it was given.

They give and take no points. An adaptive cheat can pass all of them; docs/security.md says what
each one catches. The cheap ones always run, `thorough` ones train again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.data import Images, subset
from grader.messages import say
from grader.model import Flag, Submission
from grader.training.run import Job, Run, run

__all__ = ["cheap_flags", "thorough_flags"]

_BASELINE = 0.3  # of 23 honest models, the best knew 19 % before training
_CLEAN_GAIN = 0.05
_DATA_BYTES = 200_000
_FEW_A_CLASS = 10
_FEW_SHOT = 0.95  # honest models reach 89.5 % at most (23 runs)
_PERMUTED = 0.5
_TEXT = (".py", ".ipynb", ".md", ".txt")


def cheap_flags(found: Run, submission: Submission, accuracy: float | None) -> Iterator[Flag]:
    """From what the run has seen anyway."""
    if found.baseline is not None and found.baseline > _BASELINE:
        yield _flag("baseline", share=found.baseline)
    if found.seen is not None and not found.seen.seed_matters:
        yield _flag("seed")
    if found.clean_gain is not None and found.clean_gain > _CLEAN_GAIN:
        yield _flag("exact", points=100 * found.clean_gain)
    if accuracy is not None and accuracy > 0.5 and found.untouched and _all_untouched(found):
        yield _flag("untrained", share=accuracy)
    carried = sum(
        len(data) for path, data in submission.files.items() if path.suffix.lower() not in _TEXT
    )
    longest = max((len(d) for p, d in submission.files.items() if p.suffix == ".py"), default=0)
    if carried > _DATA_BYTES or longest > _DATA_BYTES:
        yield _flag("data", size=(carried + longest) >> 10)
    if found.plan is not None and found.plan.buffers > 10 * max(1, found.plan.size):
        yield _flag("buffers", buffers=found.plan.buffers, parameters=found.plan.size)


def _flag(name: str, **values: object) -> Flag:
    return Flag(name=say(f"flag.{name}.name"), text=say(f"flag.{name}", **values))


def _all_untouched(found: Run) -> bool:
    return len(found.untouched) == len(found.parameters)


def thorough_flags(job: Job) -> Iterator[Flag]:
    """Trains twice more: with permuted labels, and with ten images a class."""
    job.told("integrity: permuted labels")
    classes = len(job.split.data.classes)
    shift = np.random.default_rng((job.seed, 3)).permutation(classes)
    permuted = _accuracy(job, _relabelled(job.split.train, shift), shift)
    if permuted is not None and permuted < _PERMUTED:
        yield _flag("labels", share=permuted)
    job.told("integrity: ten images a class")
    few = subset(job.split.train, _FEW_A_CLASS * classes, seed=job.seed)
    reached = _accuracy(job, few, np.arange(classes))
    if reached is not None and reached > _FEW_SHOT:
        yield _flag("few", images=len(few), share=reached)


def _relabelled(images: Images, shift: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Images:
    return Images(pixels=images.pixels, labels=shift[images.labels])


def _accuracy(
    job: Job, train: Images, shift: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> float | None:
    again = run(replace(job, split=replace(job.split, train=train), told=lambda text: None))
    if again.outputs is None:
        return None
    labels = shift[job.split.held_out.labels]
    return again.correct(labels) / len(labels)
