"""When a result can be spared: names for exactly what decides a score, or a page.

key of an exercise's result     submission, oracle, hidden tests, settings, seed, environment
key of an attempt's result      those of its exercises
feedback key                    wrong answers, hints, templates, texts, what students may see
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from grader.catalog import Assignment, Exercise
from grader.data import KNOWN, find_cached, known
from grader.gradebook.rows import digest
from grader.model import Provenance, Show
from grader.training import TrainingOptions

__all__ = ["Keys"]

SCORING = "scoring 1, frames 1"
"""Raise a number when the same answers would earn other points, or the same call another answer."""

_DEFAULT = TrainingOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Makes the keys of one assignment on this machine."""

    assignment: Assignment
    provenance: Provenance
    fingerprints: Mapping[str, str]

    @classmethod
    def of(
        cls,
        assignment: Assignment,
        exercises: Mapping[str, Exercise],
        provenance: Provenance,
        training: TrainingOptions = _DEFAULT,
    ) -> Keys:
        """`exercises` are all of the course: one may require functions of another."""
        return cls(
            assignment=assignment,
            provenance=provenance,
            fingerprints={
                exercise.slug: digest(*_score_parts(exercise, exercises.values(), training))
                for exercise in assignment.exercises
            },
        )

    def exercises(self, sha256: str, time_factor: float = 1.0) -> dict[str, str]:
        """The key of each exercise of the assignment for one submission, by slug."""
        where = self.provenance
        environment = (
            f"{where.python} {where.torch} {where.machine} {where.device} {where.isolation}"
        )
        seed = f"seed {self.assignment.settings.seed}, time {time_factor:g}"
        return {
            slug: digest(sha256, fingerprint, seed, environment, SCORING)
            for slug, fingerprint in self.fingerprints.items()
        }

    def feedback(self, show: Show, remarks: Sequence[str] = ()) -> str:
        """Of everything that shapes a page and no score."""
        hints = [exercise.feedback_fingerprint for exercise in self.assignment.exercises]
        return digest(*hints, _templates(), show, *remarks)


def _score_parts(
    exercise: Exercise, others: Iterable[Exercise], training: TrainingOptions
) -> list[str]:
    """Fingerprints of the exercise, and of those whose functions it builds on, however far."""
    owners = {name: other for other in others for name in other.names}
    seen: dict[str, Exercise] = {}
    due = [exercise]
    while due:
        one = due.pop()
        if one.slug not in seen:
            seen[one.slug] = one
            due += [owners[name] for f in one.functions for name in f.requires]
    return [seen[slug].score_fingerprint + _trained(seen[slug], training) for slug in sorted(seen)]


def _trained(exercise: Exercise, training: TrainingOptions) -> str:
    """On which images and device a model is trained: the whole data set if it lies here."""
    if exercise.training is None:
        return ""
    # "auto" is not looked up: that would wake CUDA in a process that is going to fork
    device = "" if training.device in ("auto", "cpu") else f", {training.device}"
    if exercise.training.dataset not in KNOWN:
        return device
    is_full = training.data != "subset" and find_cached(known(exercise.training.dataset))
    return (", full data" if is_full else ", committed data") + device


@cache
def _templates() -> str:
    """What pages are made with: templates, texts and the code between."""
    report, messages = resources.files("grader.report"), resources.files("grader.messages")
    texts = {
        f"{number}/{file.name}": file.read_bytes()
        for number, folder in enumerate((report, report / "templates", messages))
        for file in folder.iterdir()
        if file.is_file()
    }
    return digest(*(f"{name} {texts[name]!r}" for name in sorted(texts)))
