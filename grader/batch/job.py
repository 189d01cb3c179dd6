"""What is to be graded for a class, and by which rules; a task of it; and how far it has come."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from grader.batch import reading
from grader.batch.keys import Keys
from grader.batch.shard import Shard
from grader.batch.tasks import Task
from grader.catalog import Assignment, Course
from grader.config import ExtensionSettings
from grader.exporters.marks import decimal
from grader.gradebook import ResultRow
from grader.gradebook.attempts import KnownAttempt
from grader.gradebook.late import Deadline
from grader.gradebook.opinions import answers_on, comments_on, corrected_on, live_overrides
from grader.gradebook.recording import KnownResult, history
from grader.messages import say
from grader.model import Show, Submission

__all__ = ["ClassJob", "Listener", "Summary", "Unit", "floored"]


class Listener(Protocol):
    """Hears of each result as it is recorded; `row` is None if it was there before, or failed."""

    def __call__(self, student: str, row: ResultRow | None, problem: str = "") -> None: ...


@dataclass(slots=True)
class Summary:
    """How many were graded in this run, taken from identical files, or there already.

    `timed` were there without the time at which they came, which is known now; `pages` were made
    anew and nothing ran; `held` results are lower and do not count; `purged`
    names whose files are gone.
    """

    graded: int = 0
    copied: int = 0
    pages: int = 0
    held: int = 0
    kept: int = 0
    outdated: int = 0
    timed: int = 0
    void: int = 0
    problems: list[str] = field(default_factory=list)
    purged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Whose attempt it is: `student` names the page, `extension` is of one of them."""

    id: str
    student: str
    extension: ExtensionSettings | None = None

    @property
    def time_factor(self) -> float:
        return self.extension.time_factor if self.extension is not None else 1.0


@dataclass(frozen=True, kw_only=True)
class ClassJob:
    """One assignment of one course, and where everything goes."""

    course: Course
    assignment: Assignment
    keys: Keys
    shard: Shard
    out: Path
    private: Path
    times: str = "layout"

    def show(self, extension: ExtensionSettings | None) -> Show:
        """The most that a student may see at present."""
        deadline = Deadline(
            settings=self.assignment.settings,
            extension=extension,
        )
        return deadline.show(datetime.datetime.now(datetime.UTC))

    def task(
        self,
        connection: Connection,
        number: int,
        unit: Unit,
        attempt: KnownAttempt,
        submission: Submission,
    ) -> Task:
        """All of an attempt to grade, with nothing spared yet."""
        show = self.show(unit.extension)
        name, exercises = self.assignment.name, self.assignment.exercises
        remark = reading.misplaced(submission, exercises, self.course.exercises)
        remarks = self.remarks(connection, attempt.id, remark)
        return Task(
            number=number,
            student=unit.student,
            unit=unit.id,
            sha256=attempt.sha256,
            files={str(path): data for path, data in submission.files.items()},
            keys=self.keys.exercises(attempt.sha256, unit.time_factor),
            feedback_key=self.keys.feedback(show, remarks),
            show=show,
            time_factor=unit.time_factor,
            history=tuple(history(connection, name, unit.id, attempt.number)),
            remarks=remarks,
        )

    def remarks(self, connection: Connection, attempt: int, remark: str = "") -> tuple[str, ...]:
        """What stands above the results on an attempt's page."""
        said = [say("remark.teacher", text=text) for text in comments_on(connection, attempt)]
        answered = [
            say("remark.answer", text=text)
            + ("" if points is None else " " + say("remark.points", points=decimal(points)))
            for text, points in answers_on(connection, attempt)
        ]
        points = corrected_on(connection, attempt)
        given = [] if points is None else [say("remark.corrected", points=decimal(points))]
        return (*([remark] if remark else []), *given, *said, *answered)


def floored(connection: Connection, task: Task, found: KnownResult) -> Task:
    """A task whose result may not lower what counts at present: points, and a person's word."""
    words = [row.points for row in live_overrides(connection, found.attempt_id)]
    word = max((points for points in words if points is not None), default=None)
    return replace(
        task,
        floor=str(found.points),
        word="" if word is None else str(word),
        outcome=found.outcome,
    )
