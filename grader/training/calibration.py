"""Measures what the reference reaches over several seeds, and proposes the band of accuracy.

A gate at mean - 5 sd fails a submission as good as the reference rarely; how rarely follows from
Student's t, since mean and sd are themselves known from a few seeds only.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import torch

from grader.catalog import Exercise
from grader.data import Images
from grader.errors import ExerciseError
from grader.model import Submission
from grader.sandbox import Sandbox
from grader.steps import ReferenceRun
from grader.training.grading import DataChoice, chosen_device, pick_data
from grader.training.run import Job, Run, evaluate, opened, run
from grader.training.split import Split, resplit

__all__ = ["Calibration", "calibrate", "false_fail"]

_SDS = 5.0
_LEAST_MARGIN = 0.002  # of accuracy: a few seeds may by chance lie close together
_BAND_TO = {True: 0.5, False: 0.9}  # where credit begins: on the subset, on the full data


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was measured; shares are fractions in [0, 1]."""

    accuracies: tuple[float, ...]
    official: tuple[float, ...]
    used: tuple[float, ...]
    cpu_seconds: tuple[float, ...]
    is_subset: bool
    conditions: str

    @property
    def mean(self) -> float:
        return statistics.fmean(self.accuracies)

    @property
    def sd(self) -> float:
        return statistics.stdev(self.accuracies)

    @property
    def full_from(self) -> float:
        """The proposed gate: mean - 5 sd, to a tenth of a point."""
        return math.floor(1000 * (self.mean - max(_SDS * self.sd, _LEAST_MARGIN))) / 1000

    @property
    def none_below(self) -> float:
        return min(_BAND_TO[self.is_subset], self.full_from - 0.05)

    @property
    def false_fail(self) -> float:
        """Probability that the reference with another seed misses the gate."""
        return false_fail(self.accuracies, self.full_from)

    @property
    def official_difference(self) -> float:
        """Accuracy on the official test images minus that on the held-out ones."""
        if not self.official:
            return 0.0
        return statistics.fmean(self.official) - self.mean


def calibrate(
    exercise: Exercise,
    sandbox: Sandbox,
    *,
    seeds: int,
    data: DataChoice = "auto",
    device: str = "auto",
    told: Callable[[str], None] = lambda text: None,
) -> Calibration:
    """Train the reference with so many seeds, each with a split of its own.

    Raises:
        ExerciseError: the reference does not train.
        DataError, SandboxError
    """
    settings = exercise.training
    if settings is None:
        raise ExerciseError(f"{exercise.slug}: exercise.toml has no [training]")
    torch.set_num_threads(1)
    chosen, public = pick_data(exercise, data)
    reference = ReferenceRun()
    path = PurePosixPath(f"{exercise.slug}.py")
    files = {path: exercise.reference.read_bytes()}
    submission = Submission(name="reference", files=files)
    found: list[Run] = []
    official: list[float] = []
    splits = [
        resplit(
            chosen,
            public,
            seed=seed,
            held_out=settings.held_out,
            passes=settings.subset_passes,
        )
        for seed in range(seeds)
    ]
    for seed in range(seeds):
        split = splits[seed]
        job = Job(
            sandbox=sandbox,
            exercise=exercise,
            settings=settings,
            submission=submission,
            split=split,
            reference=reference,
            seed=seed,
            device=chosen_device(device),
            own_step=True,
        )
        told(f"seed {seed + 1} of {seeds}")
        one = run(job)
        if one.outputs is None:
            reason = one.failure or "there is no model"
            raise ExerciseError(f"{exercise.reference}: the reference does not train: {reason}")
        found.append(one)
        if not chosen.is_subset:
            told(f"seed {seed + 1} of {seeds}, official split")
            official.append(_official(job, chosen.train, chosen.test))
    return Calibration(
        accuracies=tuple(_share(one, split) for one, split in zip(found, splits, strict=True)),
        official=tuple(official),
        used=tuple(one.used for one in found),
        cpu_seconds=tuple(one.cpu_seconds for one in found),
        is_subset=chosen.is_subset,
        conditions=f"{chosen.title}, {len(splits[0].train):,} + {len(splits[0].held_out):,} "
        f"images, EPOCHS {found[0].epochs}, BATCH_SIZE {found[0].batch_size}, "
        f"{chosen_device(device)}, torch {torch.__version__}",
    )


def _share(one: Run, split: Split) -> float:
    return one.correct(split.held_out.labels) / len(split.held_out)


def _official(job: Job, train: Images, test: Images) -> float:
    """The reference trained and evaluated on the split as published."""
    assert job.exercise.training is not None
    with opened(job) as session:
        session.load(train, job.split.public)
        session.build(job.seed, own_step=True)
        done = False
        while not done:
            done = session.steps(500, lambda: 1.0, job.settings.wall_seconds).done
        outputs = evaluate(session, test, seed=job.seed)
    return float((outputs.argmax(1) == torch.from_numpy(test.labels)).double().mean())


def false_fail(values: Sequence[float], gate: float) -> float:
    """P(the next value < gate), if values are normal with unknown mean and sd."""
    count = len(values)
    sd = statistics.stdev(values)
    if sd == 0:
        return 0.0 if gate <= values[0] else 1.0
    t = (gate - statistics.fmean(values)) / (sd * math.sqrt(1 + 1 / count))
    return _student_below(t, count - 1)


def _student_below(t: float, freedom: int) -> float:
    """P(T < t) for Student's t, by Simpson's rule over the angle; exact to 1e-9."""
    # With x = sqrt(freedom) tan(a) the density becomes a constant times cos(a) ** (freedom - 1).
    end = math.atan(t / math.sqrt(freedom))
    whole = _cosine_power(math.pi / 2, freedom - 1)
    return 0.5 + 0.5 * math.copysign(_cosine_power(abs(end), freedom - 1) / whole, end)


def _cosine_power(end: float, power: int, parts: int = 2000) -> float:
    step = end / parts
    weights = (1 if n in (0, parts) else 4 if n % 2 else 2 for n in range(parts + 1))
    terms = (math.cos(n * step) ** power for n in range(parts + 1))
    return step / 3 * sum(w * term for w, term in zip(weights, terms, strict=True))
