"""What a shard does with a chunk of tasks: grade, put together, render, write files, answer.

Everything of an attempt is on disk before its answer is sent, so that whoever hears the answer can
write it into the gradebook, and whoever does not can have it graded again.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from grader.batch.executor import Work
from grader.batch.replaying import explained_again
from grader.batch.store import (
    noted,
    places_of,
    show_attempt,
    shown_notebooks,
    store_notebooks,
    store_results,
)
from grader.batch.tasks import Answer, Task
from grader.catalog import Exercise
from grader.errors import OutputError
from grader.gradebook.rows import digest, result_key, result_row
from grader.model import (
    Attempt,
    Attribution,
    ExerciseResult,
    Limits,
    Note,
    Submission,
    TestResult,
    Verdict,
    attempt_from_json,
)
from grader.pipeline import (
    Diagnosis,
    GradedAttempt,
    grade_each,
    pack_replies,
    unpack_replies,
)
from grader.sandbox import Sandbox
from grader.training import TrainingOptions

__all__ = ["OpenSandbox", "Shard", "reference_of"]

Deliver = Callable[[int, bytes], None]
OpenSandbox = Callable[[], contextlib.AbstractContextManager[Sandbox]]
_REFERENCE = "the course's own solution"


def reference_of(keys: Mapping[str, str], unit: str) -> str:
    """A short name of exactly this result of this person or group, for a question about it."""
    return digest(result_key(keys), unit)[:12]


@dataclass(frozen=True, kw_only=True)
class Shard:
    """Made before the fork; `start` opens the sandbox after it.

    `diagnosis` is prepared; its own sandbox is closed by then and never used.
    """

    course_title: str
    assignment: str
    exercises: tuple[Exercise, ...]
    diagnosis: Diagnosis
    out: Path
    private: Path
    open_sandbox: OpenSandbox
    training: TrainingOptions

    @contextlib.contextmanager
    def start(self) -> Iterator[Work]:
        gc.collect()
        gc.freeze()  # all that is imported by now stays: looking through it again takes 100 ms
        with self.open_sandbox() as sandbox:
            opened = replace(self, diagnosis=replace(self.diagnosis, sandbox=sandbox))
            yield opened.work

    def work(self, packed: Sequence[bytes], deliver: Deliver) -> None:
        """Work one chunk off."""
        tasks = [(place, Task.unpack(data)) for place, data in enumerate(packed)]
        for (factor, spared), group in groupby(
            tasks, key=lambda t: (t[1].time_factor, t[1].spared)
        ):
            chunk = list(group)
            exercises = [_scaled(e, factor) for e in self.exercises if e.slug not in spared]
            if exercises:
                self._grade(chunk, exercises, deliver)
            else:
                for place, task in chunk:
                    self._finish(place, task, None, deliver)

    def _grade(
        self, chunk: Sequence[tuple[int, Task]], exercises: Sequence[Exercise], deliver: Deliver
    ) -> None:
        void: list[tuple[int, Task]] = []

        def finished(position: int, graded: GradedAttempt) -> None:
            place, task = chunk[position]
            if graded.attempt.is_void:
                void.append((place, task))
            else:
                self._finish(place, task, graded, deliver)

        submissions = [
            replace(task.submission(), name=f"{place} {task.student}") for place, task in chunk
        ]
        self._run(exercises, submissions, finished)
        for place, task in void:
            self._once_more(place, task, exercises, deliver)

    def _run(
        self,
        exercises: Sequence[Exercise],
        submissions: Sequence[Submission],
        deliver: Callable[[int, GradedAttempt], None],
    ) -> None:
        grade_each(
            self.course_title,
            self.assignment,
            exercises,
            submissions,
            self.diagnosis,
            deliver=deliver,
            training=self.training,
        )

    def _once_more(
        self, place: int, task: Task, exercises: Sequence[Exercise], deliver: Deliver
    ) -> None:
        """A void result: again, beside our own solution, which tells whose fault it is."""
        files = {PurePosixPath(f"{e.slug}.py"): e.reference.read_bytes() for e in exercises}
        both: dict[int, GradedAttempt] = {}
        submissions = [Submission(name=_REFERENCE, files=files), task.submission()]
        self._run(exercises, submissions, both.__setitem__)
        cause = Attribution.AUTHOR if both[0].attempt.is_void else Attribution.MACHINE
        self._finish(place, task, both[1], deliver, cause=cause)

    def _finish(
        self,
        place: int,
        task: Task,
        graded: GradedAttempt | None,
        deliver: Deliver,
        *,
        cause: str = "",
    ) -> None:
        try:
            answer = self._stored(task, graded, cause)
        except OutputError:
            raise  # a full disk is no submission's fault: all stop, and can go on later
        except Exception as error:  # one submission that our own code stumbles over stops no other
            told = f"{type(error).__name__}: {error}"
            answer = Answer(number=task.number, failure=f"could not be put on a page ({told})")
        deliver(place, answer.pack())

    def _stored(self, task: Task, graded: GradedAttempt | None, cause: str) -> Answer:
        attempt, replies = self._together(task, graded)
        attempt = _blamed(attempt, cause)
        places = places_of(attempt, self.out, self.private, pseudonym=task.unit)
        row = result_row(attempt, keys=task.keys, feedback_key=task.feedback_key, cause=cause)
        if not task.is_dry:
            is_shown = task.is_shown and not task.keeps_back(row) and not attempt.is_void
            notebooks = self._notebooks(task, graded) if is_shown else {}
            problem = show_attempt(attempt, places, task.most_shown) if is_shown else ""
            if is_shown:
                store_notebooks(notebooks, places)
            store_results(noted(attempt, problem), replies, places)
        return Answer(number=task.number, row=row)

    def _notebooks(self, task: Task, graded: GradedAttempt | None) -> Mapping[str, bytes]:
        """What was executed now, and earlier for what was spared."""
        new = graded.notebooks if graded is not None else {}
        if not task.spared:
            return new
        source = attempt_from_json(Path(task.source).read_bytes())
        return {**shown_notebooks(source, self.out), **new}

    def _together(self, task: Task, graded: GradedAttempt | None) -> tuple[Attempt, bytes]:
        """The attempt from what was graded now and what was spared."""
        replies = _replies(task, graded)
        if not task.spared:
            assert graded is not None
            attempt = graded.attempt
        elif task.is_rediagnosed:
            attempt = self._rediagnosed(task)
        else:
            source = attempt_from_json(Path(task.source).read_bytes())
            new = {e.slug: e for e in graded.attempt.exercises} if graded is not None else {}
            base = graded.attempt if graded is not None else source
            attempt = replace(base, exercises=_merged(self.exercises, source, new))
        return (
            replace(
                attempt,
                submission=replace(attempt.submission, name=task.student),
                reference=reference_of(task.keys, task.unit),
                history=task.history,
                notes=tuple(Note(text=remark) for remark in task.remarks),
            ),
            replies,
        )

    def _rediagnosed(self, task: Task) -> Attempt:
        source = attempt_from_json(Path(task.source).read_bytes())
        answers = unpack_replies(Path(task.replies).read_bytes())
        exercises = {exercise.slug: exercise for exercise in self.exercises}
        explained = explained_again(source.exercises, exercises, answers, self.diagnosis)
        return replace(source, exercises=explained)


def _blamed(attempt: Attempt, cause: str) -> Attempt:
    """With what is nobody's fault among the students put down to who must act."""
    if not cause:
        return attempt

    def blamed(test: TestResult) -> TestResult:
        is_ours = test.verdict is Verdict.INTERNAL
        return replace(test, attribution=Attribution(cause)) if is_ours else test

    exercises = (
        replace(
            e, functions=tuple(replace(f, tests=tuple(map(blamed, f.tests))) for f in e.functions)
        )
        for e in attempt.exercises
    )
    return replace(attempt, exercises=tuple(exercises))


def _replies(task: Task, graded: GradedAttempt | None) -> bytes:
    """Those of this run, and those of the exercises that were spared."""
    new = graded.replies if graded is not None else b""
    try:
        old = Path(task.replies).read_bytes() if task.replies else b""
    except OSError:
        return new
    if not old or not new:
        return new or old
    return pack_replies({**unpack_replies(old), **unpack_replies(new)})


def _merged(
    exercises: Sequence[Exercise], source: Attempt, new: Mapping[str, ExerciseResult]
) -> tuple[ExerciseResult, ...]:
    old = {e.slug: e for e in source.exercises}
    return tuple(new.get(e.slug) or old[e.slug] for e in exercises)


def _scaled(exercise: Exercise, factor: float) -> Exercise:
    """With more time for a student who needs it."""
    if factor == 1:
        return exercise
    limits = exercise.limits
    scaled: Limits = replace(
        limits, wall_seconds=limits.wall_seconds * factor, cpu_seconds=limits.cpu_seconds * factor
    )
    return replace(exercise, limits=scaled)
