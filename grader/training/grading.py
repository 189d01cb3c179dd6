"""Grades the training half of an exercise: from a submission to its function results.

One `Trainer` serves all submissions of a run: data, split and reference model are made once.
"""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import torch

from grader.catalog import Exercise
from grader.config import GateSettings, TrainingSettings
from grader.data import KNOWN, Data, find_cached, known, read_data
from grader.errors import DataError, ExerciseError, UsageError
from grader.messages import say
from grader.model import (
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Note,
    Submission,
    Verdict,
)
from grader.sandbox import Sandbox
from grader.steps import ReferenceRun
from grader.training.diagnosis import diagnose
from grader.training.integrity import cheap_flags, thorough_flags
from grader.training.points import judge
from grader.training.result import confusion_of, training_result
from grader.training.run import Job, Run, run
from grader.training.split import Split, resplit

__all__ = [
    "DataChoice",
    "Trainer",
    "Trainers",
    "TrainingOptions",
    "chosen_device",
    "pick_data",
    "unjudged",
]

DataChoice = Literal["auto", "full", "subset"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """How to train.

    Args:
        data: "full" wants the fetched data set, "auto" falls back to the committed subset.
        device: "auto", "cpu", "cuda" or "mps".
        repeat: how many seeds to train with; the first one counts.
        thorough: run the integrity probes that train again.
        told: hears how far a training has come.
    """

    data: DataChoice = "auto"
    device: str = "auto"
    repeat: int = 1
    thorough: bool = False
    told: Callable[[str], None] = lambda text: None


_DEFAULT = TrainingOptions()


@dataclass(slots=True)
class Trainer:
    """Trains submissions of one exercise, with one seed and one split."""

    exercise: Exercise
    sandbox: Sandbox
    seed: int
    options: TrainingOptions = _DEFAULT
    _split: Split | None = None
    _reference: ReferenceRun | None = None

    def grade(self, submission: Submission, tested: ExerciseResult) -> ExerciseResult:
        """`tested`, completed by what training shows.

        Args:
            submission: what was handed in.
            tested: the result of the hidden tests; its `train_step` is used if it passed.

        Raises:
            DataError, ExerciseError, UsageError, SandboxError
        """
        settings, gate = self._settings()
        job = self._job(
            submission,
            settings,
            own_step=_has_passed(tested, "train_step"),
            own_loss=_returns(tested, "train_step"),
        )
        found = run(job)
        labels = job.split.held_out.labels
        accuracy = found.correct(labels) / len(labels) if found.outputs is not None else None
        classes = len(job.split.data.classes)
        confusion = () if found.outputs is None else confusion_of(found.outputs, labels, classes)
        accuracies = self._again(job, found)
        notes = [
            *self._facts(job, gate, found),
            *_spread(accuracies),
            *found.notes,
            *diagnose(found, settings, submission, accuracy, confusion),
        ]
        flags = list(cheap_flags(found, submission, accuracy))
        if self.options.thorough and found.outputs is not None:
            flags += thorough_flags(job)
        training = training_result(job, found, confusion, notes, flags)
        training = dataclasses.replace(
            training,
            accuracies=accuracies,
            band=(gate.none_below, gate.full_from),
            max_parameters=settings.max_parameters,
        )
        functions = [*tested.functions, *judge(self.exercise, settings, gate, found, accuracy)]
        return dataclasses.replace(
            tested, functions=_in_order(self.exercise, functions), training=training
        )

    def _settings(self) -> tuple[TrainingSettings, GateSettings]:
        settings = self.exercise.training
        if settings is None:
            raise ExerciseError(f"{self.exercise.slug}: exercise.toml has no [training]")
        is_subset = self.split.data.is_subset
        gate = settings.gate.subset if is_subset else settings.gate.full
        if gate is None:
            kind = "subset" if is_subset else "full"
            raise ExerciseError(
                f"{self.exercise.slug}: exercise.toml has no [training.gate.{kind}]; run "
                f"`grader calibrate {self.exercise.slug} --data {kind}`"
            )
        return settings, gate

    @property
    def split(self) -> Split:
        """What is trained and evaluated on."""
        if self._split is None:
            settings = self.exercise.training
            assert settings is not None
            data, public = pick_data(self.exercise, self.options.data)
            self._split = resplit(
                data,
                public,
                seed=self.seed,
                held_out=settings.held_out,
                passes=settings.subset_passes,
            )
        return self._split

    def _job(
        self, submission: Submission, settings: TrainingSettings, *, own_step: bool, own_loss: bool
    ) -> Job:
        if self._reference is None:
            torch.set_num_threads(1)
            self._reference = ReferenceRun()
        return Job(
            sandbox=self.sandbox,
            exercise=self.exercise,
            settings=settings,
            submission=submission,
            split=self.split,
            reference=self._reference,
            seed=self.seed,
            device=chosen_device(self.options.device),
            own_step=own_step,
            own_loss=own_loss,
            told=self.options.told,
        )

    def _facts(self, job: Job, gate: GateSettings, found: Run) -> list[str]:
        data, passes = job.split.data, job.split.passes
        facts = [
            say(
                "trained.data" if passes == 1 else "trained.data.again",
                images=len(job.split.train) // passes,
                title=data.title,
                passes=passes,
                held_out=len(job.split.held_out),
            )
        ]
        if not data.is_subset:
            points = 100 * gate.official_difference
            key = "trained.official.higher" if points >= 0 else "trained.official.lower"
            facts.append(say(key, points=abs(points)))
        if found.own_train:
            facts.append(say("trained.own"))
        elif not found.losses:
            pass  # nothing was trained
        elif job.own_step and not found.own_step:
            facts.append(say("trained.criterion"))
        elif not job.own_step:
            facts.append(say("trained.step"))
        return facts

    def _again(self, job: Job, first: Run) -> tuple[float, ...]:
        """Accuracies with further seeds; the split stays."""
        labels = job.split.held_out.labels
        found = []
        for number in range(1, self.options.repeat):
            again = run(dataclasses.replace(job, seed=job.seed + number))
            if again.outputs is not None:
                found.append(again.correct(labels) / len(labels))
        if found and first.outputs is not None:
            found.insert(0, first.correct(labels) / len(labels))
        return tuple(found)


class Trainers:
    """One trainer an exercise, made on first need."""

    def __init__(self, sandbox: Sandbox, seed: int, options: TrainingOptions = _DEFAULT) -> None:
        self._sandbox = sandbox
        self._seed = seed
        self._options = options
        self._trainers: dict[str, Trainer] = {}

    def complete(
        self, exercise: Exercise, submission: Submission, tested: ExerciseResult
    ) -> ExerciseResult:
        """`tested` with what training shows, if the exercise asks for training."""
        if exercise.training is None:
            return tested
        if exercise.slug not in self._trainers:
            self._trainers[exercise.slug] = Trainer(
                exercise, self._sandbox, self._seed, self._options
            )
        return self._trainers[exercise.slug].grade(submission, tested)


def unjudged(exercise: Exercise, tested: ExerciseResult, error: Exception) -> ExerciseResult:
    """`tested` where we failed at judging the training: its functions are void, not worth 0."""
    missing = [
        FunctionResult(
            name=function.name,
            state=FunctionState.WRITTEN,
            verdict=Verdict.INTERNAL,
            points=Fraction(0),
            max_points=function.points,
            tests=(),
        )
        for function in exercise.trained
    ]
    told = say("author.no training", error=type(error).__name__)
    functions = _in_order(exercise, [*tested.functions, *missing])
    notes = (*tested.notes, Note(text=told, is_for_staff=True))
    return dataclasses.replace(tested, functions=functions, notes=notes)


def pick_data(exercise: Exercise, choice: DataChoice) -> tuple[Data, Data]:
    """(what to train on, the committed images).

    A data set that `grader data` does not know is what lies in the exercise's own `data` folder.

    Raises:
        DataError: the full data set is wanted and is not here; the message says how to fetch it.
    """
    public = read_data(exercise.folder / "data")
    settings = exercise.training
    assert settings is not None
    if settings.dataset not in KNOWN:
        return public, public
    named = known(settings.dataset)
    folder = find_cached(named)
    if choice == "subset" or (choice == "auto" and folder is None):
        return public, public
    if folder is None:
        raise DataError(
            f"{named.title} is not here; fetch it with `grader data {named.name}`, or train on the "
            "committed subset with `--data subset`"
        )
    return read_data(folder, named), public


def chosen_device(name: str) -> str:
    """ "auto" is CUDA where there is some, else the CPU.

    Raises:
        UsageError: the device asked for is not here.
    """
    is_here = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    if name == "auto":
        return "cuda" if is_here["cuda"] else "cpu"
    if not is_here.get(name, False):
        here = ", ".join(device for device, present in is_here.items() if present)
        raise UsageError(f"there is no device `{name}` here; there is {here}")
    return name


def _spread(accuracies: Sequence[float]) -> list[str]:
    if len(accuracies) < 2:
        return []
    listed = ", ".join(f"{share:.2%}" for share in accuracies)
    mean, spread = statistics.fmean(accuracies), 100 * statistics.stdev(accuracies)
    return [say("trained.seeds", n=len(accuracies), listed=listed, mean=mean, spread=spread)]


def _has_passed(result: ExerciseResult, name: str) -> bool:
    return any(f.name == name and f.verdict is Verdict.PASSED for f in result.functions)


def _returns(result: ExerciseResult, name: str) -> bool:
    """Whether a function gave an answer in every test, right or wrong."""
    answered = (Verdict.PASSED, Verdict.FAILED)
    return any(
        f.name == name and f.tests and all(test.verdict in answered for test in f.tests)
        for f in result.functions
    )


def _in_order(
    exercise: Exercise, functions: Sequence[FunctionResult]
) -> tuple[FunctionResult, ...]:
    order = [function.name for function in exercise.functions]
    return tuple(sorted(functions, key=lambda f: order.index(f.name)))
