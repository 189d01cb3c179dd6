"""Grades again what other tests, another seed or another machine would grade otherwise.

key of an exercise changed      that exercise runs again, the others are taken over
feedback key changed            no student code runs: hints from kept replies, a new page
a lower result                  kept back until --allow-lower; it is not run again for that
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import Connection, text

from grader.batch import reading
from grader.batch.executor import Executor
from grader.batch.grading import ClassJob, Listener, Run, Sent, Summary
from grader.batch.store import result_path, submission_path
from grader.batch.tasks import Task
from grader.config import ExtensionSettings
from grader.errors import SubmissionError
from grader.gradebook import Gradebook, ResultRow
from grader.gradebook.recording import (
    KnownAttempt,
    KnownResult,
    counting,
    history,
    let_count,
    record_result,
    result_with_key,
)
from grader.gradebook.rows import result_key
from grader.loader import load_submission
from grader.model import Submission

__all__ = ["Changed", "Recorded", "recorded_attempts", "regrade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An attempt that is in the gradebook. `student` names the page; `is_last`: it has one."""

    attempt: KnownAttempt
    unit: str
    student: str
    members: tuple[str, ...]
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A score that is, or would be, another one. `before` is None if there was none."""

    student: str
    attempt: int
    before: Fraction | None
    after: Fraction
    is_held: bool


def recorded_attempts(connection: Connection, assignment: str) -> list[Recorded]:
    """All attempts of an assignment, oldest first; of erased people there is nothing to grade."""
    rows = connection.execute(
        text(
            "SELECT a.id, a.unit, a.number, a.sha256, a.handed_in, "
            "coalesce(p.student, g.name) AS student, "
            "(SELECT max(number) FROM attempts WHERE assignment = a.assignment AND unit = a.unit) "
            "AS last, (SELECT group_concat(q.student, char(10)) FROM members AS m "
            "JOIN people AS q ON q.pseudonym = m.pseudonym WHERE m.attempt_id = a.id) AS members "
            "FROM attempts AS a LEFT JOIN people AS p ON p.pseudonym = a.unit "
            "LEFT JOIN groups AS g ON g.pseudonym = a.unit "
            "WHERE a.assignment = :assignment AND coalesce(p.student, g.name) IS NOT NULL "
            "ORDER BY a.id"
        ),
        {"assignment": assignment},
    )
    return [
        Recorded(
            attempt=KnownAttempt(
                id=row.id, number=row.number, sha256=row.sha256, handed_in=row.handed_in
            ),
            unit=row.unit,
            student=row.student,
            members=tuple((row.members or "").split("\n")),
            is_last=row.number == row.last,
        )
        for row in rows
    ]


def regrade(
    job: ClassJob,
    book: Gradebook,
    executor: Executor,
    *,
    chunk: int,
    listen: Listener,
    is_dry: bool = False,
    allow_lower: bool = False,
) -> tuple[Summary, list[Changed]]:
    """Bring all results of an assignment up to date; what changed, or with `is_dry` would change.

    Raises:
        GraderError, KeyboardInterrupt: as `grade_class` does.
    """
    with book.reading() as connection:
        items = recorded_attempts(connection, job.assignment.name)
    run = _Regrade(job, items, book, chunk, listen, is_dry=is_dry, allow_lower=allow_lower)
    return run.through(executor), run.changed


class _Regrade(Run[Recorded]):
    def __init__(
        self,
        job: ClassJob,
        items: list[Recorded],
        book: Gradebook,
        size: int,
        listen: Listener,
        *,
        is_dry: bool,
        allow_lower: bool,
    ) -> None:
        super().__init__(job, iter(items), book, max(1, size), listen)
        self._is_dry = is_dry
        self._allow_lower = allow_lower
        self._before: dict[int, KnownResult] = {}
        self._items_sent: dict[int, Recorded] = {}
        self.changed: list[Changed] = []

    def name(self, item: Recorded) -> str:
        return item.student

    def prepared(self, item: Recorded) -> Sent | None:
        task, found = self._looked_up(item)
        if task is None and found is not None and self._let_held_count(item, found):
            task, found = self._looked_up(item)  # now only its page is missing
        if task is None:
            self.summary.kept += 1
            self._listen(item.student, None)
            return None
        if found is not None:
            self._before[task.number] = found
        self._items_sent[task.number] = item
        return Sent(task, item.attempt)

    def _looked_up(self, item: Recorded) -> tuple[Task | None, KnownResult | None]:
        with self._book.reading() as connection:
            return self._task(connection, item)

    def _extension(self, item: Recorded) -> ExtensionSettings | None:
        extensions = self._job.assignment.settings.extensions
        return next((extensions[one] for one in item.members if one in extensions), None)

    def _task(
        self, connection: Connection, item: Recorded
    ) -> tuple[Task | None, KnownResult | None]:
        """What to do for an attempt, None if nothing, and the result that counts at present."""
        job, sha256 = self._job, item.attempt.sha256
        extension = self._extension(item)
        factor = extension.time_factor if extension is not None else 1.0
        keys = job.keys.exercises(sha256, factor)
        found = counting(connection, item.attempt.id)
        show = job.show(extension)
        submission = self._submission(item)
        remark = reading.misplaced(submission, job.assignment.exercises, job.course.exercises)
        remarks = job.remarks(connection, item.attempt.id, remark)
        self._numbers += 1
        task = Task(
            number=self._numbers,
            student=item.student,
            unit=item.unit,
            sha256=sha256,
            files={str(path): data for path, data in submission.files.items()},
            keys=keys,
            feedback_key=job.keys.feedback(show, remarks),
            show=show,
            time_factor=factor,
            history=tuple(history(connection, job.assignment.name, item.unit, item.attempt.number)),
            remarks=remarks,
            is_shown=item.is_last,
            is_dry=self._is_dry,
        )
        if found is None:
            return task, None
        return self._against(connection, item, task, found), found

    def _against(
        self, connection: Connection, item: Recorded, task: Task, found: KnownResult
    ) -> Task | None:
        """The task with what can be taken over from the result that counts; None: everything."""
        source = result_path(self._job.private, item.unit, found.reference)
        replies = result_path(self._job.private, item.unit, found.reference, replies=True)
        if not source.exists():
            return task
        query = text("SELECT slug, key FROM exercise_results WHERE result_id = :id")
        stored = {slug: key for slug, key in connection.execute(query, {"id": found.id})}
        spared = tuple(slug for slug, key in task.keys.items() if stored.get(slug) == key)
        task = replace(
            task,
            source=str(source),
            replies=str(replies),
            spared=spared,
            floor="" if self._allow_lower else str(found.points),
        )
        if len(spared) < len(task.keys) or set(stored) - set(task.keys):
            held = result_with_key(connection, result_key(task.keys), item.attempt.id)
            if held is None or not held.is_held:
                return task
            if self._is_dry or not self._allow_lower:
                self._note(item, found.points, held.points, is_held=not self._allow_lower)
            return None
        if found.feedback_key == task.feedback_key or self._is_dry:
            return None
        if not replies.exists():
            return replace(task, spared=())
        return replace(task, files={}, is_rediagnosed=True)

    def _let_held_count(self, item: Recorded, found: KnownResult) -> bool:
        """A lower result that was kept back counts from now on, if that is allowed."""
        if not self._allow_lower or self._is_dry:
            return False
        extension = self._extension(item)
        factor = extension.time_factor if extension is not None else 1.0
        key = result_key(self._job.keys.exercises(item.attempt.sha256, factor))
        with self._book.writing() as connection:
            held = result_with_key(connection, key, item.attempt.id)
            if held is None or not held.is_held:
                return False
            let_count(connection, held, item.attempt.id, feedback_key="")  # the page comes next
        self._note(item, found.points, held.points, is_held=False)
        return True

    def _submission(self, item: Recorded) -> Submission:
        path = submission_path(self._job.private, item.unit, item.attempt.sha256)
        if not path.exists():
            raise SubmissionError(
                f"{item.student}, attempt {item.attempt.number}: its files were purged, "
                "so it cannot be graded again; its mark stays"
            )
        return load_submission(path, name=item.student)

    def write(self, connection: Connection, sent: Sent, row: ResultRow) -> int:
        found = self._before.pop(sent.task.number, None)
        item = self._items_sent.pop(sent.task.number)
        after = Fraction(*row.points)
        is_held = bool(sent.task.floor) and after < Fraction(sent.task.floor) and not row.is_void
        before = found.points if found is not None else None
        if before != after and not row.is_void:
            self._note(item, before, after, is_held=is_held)
        if self._is_dry:
            return 0
        return record_result(connection, sent.attempt.id, row, is_held=is_held)

    def _note(
        self, item: Recorded, before: Fraction | None, after: Fraction, *, is_held: bool
    ) -> None:
        self.changed.append(
            Changed(
                student=item.student,
                attempt=item.attempt.number,
                before=before,
                after=after,
                is_held=is_held,
            )
        )
