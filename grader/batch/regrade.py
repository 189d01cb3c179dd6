"""Grades again what other tests, another seed or another machine would grade otherwise.

key of an exercise changed      that exercise runs again, the others are taken over
feedback key changed            no student code runs: hints from kept replies, a new page
a lower result                  kept back until --allow-lower; it is not run again for that
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import Connection, text

from grader.batch.executor import Executor
from grader.batch.grading import Run, Sent
from grader.batch.job import ClassJob, Listener, Summary, Unit, floored
from grader.batch.store import page_path, result_path, submission_path
from grader.batch.tasks import Task
from grader.gradebook import Gradebook, ResultRow
from grader.gradebook.attempts import KnownAttempt
from grader.gradebook.opinions import OverrideRow, live_overrides, stale_overrides
from grader.gradebook.recording import KnownResult, counting, let_count, result_with_key
from grader.gradebook.rows import result_key
from grader.loader import load_submission
from grader.model import Submission

__all__ = ["Changed", "Recorded", "Regraded", "recorded_attempts", "regrade"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Regraded:
    """What came, or would come, of it. `stale` are overrides that judged what is no longer so;
    `lost`, after a dry run, those that would be so too."""

    summary: Summary
    changed: tuple[Changed, ...]
    stale: tuple[OverrideRow, ...]
    lost: tuple[OverrideRow, ...]


def recorded_attempts(connection: Connection, assignment: str) -> list[Recorded]:
    """All attempts of an assignment, oldest first; of erased people there is nothing to grade."""
    rows = connection.execute(
        text(
            "SELECT a.id, a.unit, a.number, a.sha256, a.handed_in, "
            "coalesce(p.student, g.name) AS student, "
            "(SELECT max(number) FROM attempts WHERE assignment = a.assignment AND unit = a.unit) "
            "AS last, (SELECT group_concat(q.student, char(10)) FROM members AS m "
            "JOIN people AS q ON q.pseudonym = m.pseudonym WHERE m.attempt_id = a.id) AS members "
            "FROM timed_attempts AS a LEFT JOIN people AS p ON p.pseudonym = a.unit "
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
) -> Regraded:
    """Bring all results of an assignment up to date; what changed, or with `is_dry` would change.

    Raises:
        GraderError, KeyboardInterrupt: as `grade_class` does.
    """
    with book.reading() as connection:
        items = recorded_attempts(connection, job.assignment.name)
    run = _Regrade(job, items, book, chunk, listen, is_dry=is_dry, allow_lower=allow_lower)
    summary = run.through(executor)
    with book.reading() as connection:
        stale = tuple(stale_overrides(connection, job.assignment.name))
    return Regraded(summary=summary, changed=tuple(run.changed), stale=stale, lost=tuple(run.lost))


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
        self.lost: list[OverrideRow] = []

    def name(self, item: Recorded) -> str:
        return item.student

    def through(self, executor: Executor) -> Summary:
        summary = super().through(executor)
        if summary.purged:
            summary.problems.append(
                f"{len(summary.purged)} attempts cannot be graded again, since their files were "
                f"purged; their marks stay: {', '.join(summary.purged)}"
            )
        return summary

    def prepared(self, item: Recorded) -> Sent | None:
        path = submission_path(self._job.private, item.unit, item.attempt.sha256)
        if not path.exists():
            self.summary.purged.append(f"{item.student} ({item.attempt.number})")
            self._listen(item.student, None)
            return None
        submission = load_submission(path, name=item.student)
        shown_before = self.summary.pages
        task, found = self._looked_up(item, submission)
        if task is None and found is not None and self._let_held_count(item, found):
            task, found = self._looked_up(item, submission)  # now only its page is missing
        if task is None:
            self.summary.kept += self.summary.pages == shown_before
            self._listen(item.student, None)
            return None
        if found is not None:
            self._before[task.number] = found
        self._items_sent[task.number] = item
        return Sent(task, item.attempt)

    def _looked_up(
        self, item: Recorded, submission: Submission
    ) -> tuple[Task | None, KnownResult | None]:
        """What to do for an attempt, None if nothing, and the result that counts at present."""
        self._numbers += 1
        with self._book.reading() as connection:
            found = counting(connection, item.attempt.id)
            task = self._job.task(
                connection, self._numbers, self._unit(item), item.attempt, submission
            )
            task = replace(task, is_shown=item.is_last, is_dry=self._is_dry)
            if found is None:
                return task, None
            return self._against(connection, item, task, found), found

    def _unit(self, item: Recorded) -> Unit:
        extension = self._job.assignment.settings.extension_of(item.members)
        return Unit(id=item.unit, student=item.student, extension=extension)

    def _against(
        self, connection: Connection, item: Recorded, task: Task, found: KnownResult
    ) -> Task | None:
        """The task with what can be taken over from the result that counts; None: everything."""
        source = result_path(self._job.private, item.unit, found.reference)
        replies = result_path(self._job.private, item.unit, found.reference, replies=True)
        if not source.exists():
            return task if self._allow_lower else floored(connection, task, found)
        query = text("SELECT slug, key FROM exercise_results WHERE result_id = :id")
        stored = {slug: key for slug, key in connection.execute(query, {"id": found.id})}
        spared = tuple(slug for slug, key in task.keys.items() if stored.get(slug) == key)
        task = replace(task, source=str(source), replies=str(replies), spared=spared)
        if len(spared) < len(task.keys) or set(stored) - set(task.keys):
            task = task if self._allow_lower else floored(connection, task, found)
            held = result_with_key(connection, result_key(task.keys), item.attempt.id)
            if held is None or not held.is_held:
                return task
            if self._is_dry or not self._allow_lower:
                self._note(connection, item, found, held, is_held=not self._allow_lower)
            return None
        page = page_path(self._job.out, item.student)
        if found.feedback_key == task.feedback_key and (page.exists() or not item.is_last):
            return None
        if self._is_dry:
            self.summary.pages += 1
            return None
        if not replies.exists():
            return replace(task, spared=())
        return replace(task, files={}, is_rediagnosed=True)

    def _let_held_count(self, item: Recorded, found: KnownResult) -> bool:
        """A lower result that was kept back counts from now on, if that is allowed."""
        if not self._allow_lower or self._is_dry:
            return False
        keys = self._job.keys.exercises(item.attempt.sha256, self._unit(item).time_factor)
        with self._book.writing() as connection:
            held = result_with_key(connection, result_key(keys), item.attempt.id)
            if held is None or not held.is_held:
                return False
            self._note(connection, item, found, held, is_held=False)
            let_count(connection, held, item.attempt.id, feedback_key="")  # the page comes next
        return True

    def write(self, connection: Connection, sent: Sent, row: ResultRow) -> int:
        found = self._before.pop(sent.task.number, None)
        item = self._items_sent.pop(sent.task.number)
        if not row.is_void:
            self._note(connection, item, found, row, is_held=sent.task.keeps_back(row))
        return 0 if self._is_dry else super().write(connection, sent, row)

    def _note(
        self,
        connection: Connection,
        item: Recorded,
        found: KnownResult | None,
        new: KnownResult | ResultRow,
        *,
        is_held: bool,
    ) -> None:
        """Say whose score changes; a person's word stands while what it judged is the same."""
        after = new.points if isinstance(new, KnownResult) else Fraction(*new.points)
        before = None if found is None else found.points
        if found is not None and found.outcome != new.outcome:
            live = live_overrides(connection, item.attempt.id)
            before = max((row.points for row in live if row.points is not None), default=before)
            if self._is_dry and not is_held:
                self.lost += live
        if before != after:
            one = Changed(
                student=item.student,
                attempt=item.attempt.number,
                before=before,
                after=after,
                is_held=is_held,
            )
            self.changed.append(one)
