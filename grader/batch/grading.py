"""Grades a class: reads one submission after the other, gives them to shards, records what comes.

Only this process writes to the gradebook, one transaction per attempt. What is recorded already is
not run again, identical files run once, and nothing is held for longer than it is worked on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from sqlalchemy import Connection

from grader.batch import reading
from grader.batch.executor import Done, Executor, Lost
from grader.batch.identity import Owned
from grader.batch.job import ClassJob, Listener, Summary, Unit, floored
from grader.batch.shard import reference_of
from grader.batch.store import page_path, result_path, store_submission, submission_path
from grader.batch.tasks import Answer, Task
from grader.errors import SubmissionError, UsageError
from grader.gradebook import Gradebook, ResultRow
from grader.gradebook.attempts import (
    KnownAttempt,
    attempt_for,
    record_arrival,
    record_attempt,
    unit_attempts,
)
from grader.gradebook.recording import counting, record_result, result_with_key
from grader.gradebook.rows import result_key
from grader.model import Submission

__all__ = ["ClassRun", "Run", "Sent", "grade_class"]

Item = TypeVar("Item")

MAX_CHUNK = 32
MAX_CHUNK_BYTES = 16 << 20


@dataclass(slots=True)
class Sent:
    """A task on its way, and the identical ones that wait for its result."""

    task: Task
    attempt: KnownAttempt
    copied_from: int | None = None
    others: list[Sent] = field(default_factory=list)


def grade_class(
    job: ClassJob,
    owned: Iterable[Owned],
    book: Gradebook,
    executor: Executor,
    *,
    chunk: int,
    listen: Listener,
) -> Summary:
    """Grade what is not graded yet.

    Raises:
        GraderError: a failure that is no submission's; what was finished is recorded.
        KeyboardInterrupt: likewise.
    """
    run = ClassRun(job, owned, book, min(max(1, chunk), MAX_CHUNK), listen)
    return run.through(executor)


class Run(Generic[Item]):
    """The chunks that are still to do, and what has come of those that are done."""

    def __init__(
        self, job: ClassJob, items: Iterable[Item], book: Gradebook, size: int, listen: Listener
    ) -> None:
        self._job = job
        self._items = iter(items)
        self._book = book
        self._size = size
        self._listen = listen
        self._ready: deque[Sent] = deque()
        self._sent: dict[int, Sent] = {}
        self._by_key: dict[str, Sent] = {}
        self._numbers = 0
        self.summary = Summary()

    def prepared(self, item: Item) -> Sent | None:
        """The task for an item; None if nothing is left to do for it.

        Raises:
            UsageError, SubmissionError: it cannot be read.
        """
        raise NotImplementedError

    def write(self, connection: Connection, sent: Sent, row: ResultRow) -> int:
        """Put a result into the gradebook; its row."""
        is_held = sent.task.keeps_back(row)
        self.summary.held += is_held
        return record_result(
            connection, sent.attempt.id, row, is_held=is_held, copied_from=sent.copied_from
        )

    def name(self, item: Item) -> str:
        """Whose it is, for messages."""
        raise NotImplementedError

    def through(self, executor: Executor) -> Summary:
        """Work all items off."""
        for event in executor.run(self._job.shard.start, self):
            match event:
                case Done(answer):
                    self.record(Answer.unpack(answer))
                case Lost(task):
                    self.lose(Task.unpack(task))
        return self.summary

    def __iter__(self) -> Iterator[list[bytes]]:
        return self

    def __next__(self) -> list[bytes]:
        """The next chunk; may have another one later, when an identical submission is done."""
        chunk: list[bytes] = []
        size = 0
        while len(chunk) < self._size and size < MAX_CHUNK_BYTES:
            sent = self._next()
            if sent is None:
                break
            self._sent[sent.task.number] = sent
            chunk.append(sent.task.pack())
            size += len(chunk[-1])
        if not chunk:
            raise StopIteration
        return chunk

    def _next(self) -> Sent | None:
        if self._ready:
            return self._ready.popleft()
        for item in self._items:
            try:
                sent = self.prepared(item)
            except (UsageError, SubmissionError) as error:
                self.problem(self.name(item), str(error))
                continue
            if sent is not None:
                return sent
        return None

    def problem(self, student: str, text: str) -> None:
        self.summary.problems.append(text)
        self._listen(student, None, text)

    def _copying(self, sent: Sent, unit: str, reference: str, result: int) -> Sent | None:
        """The same task with nothing to run, if the files of the other result are there."""
        source = result_path(self._job.private, unit, reference)
        if not source.exists():
            return None
        task = replace(
            sent.task,
            files={},
            source=str(source),
            replies=str(result_path(self._job.private, unit, reference, replies=True)),
            spared=tuple(sent.task.keys),
        )
        return Sent(task, sent.attempt, result)

    def _unless_on_its_way(self, sent: Sent) -> Sent | None:
        """Identical files that are being graded now are waited for."""
        key = result_key(sent.task.keys)
        if sent.task.spared:
            return sent
        if key in self._by_key:
            self._by_key[key].others.append(sent)
            return None
        self._by_key[key] = sent
        return sent

    def record(self, answer: Answer) -> None:
        """Write a result into the gradebook."""
        sent = self._done(answer.number)
        row = answer.row
        if row is None:
            self._ready.extend(sent.others)
            self.problem(sent.task.student, f"{sent.task.student}: {answer.failure}")
            return
        with self._book.writing() as connection:
            result = self.write(connection, sent, row)
        self.summary.void += row.is_void
        self.summary.copied += sent.copied_from is not None
        self.summary.pages += sent.task.is_rediagnosed
        self.summary.graded += sent.copied_from is None and not sent.task.is_rediagnosed
        unit, reference = sent.task.unit, reference_of(sent.task.keys, sent.task.unit)
        for other in sent.others:
            copying = None if row.is_void else self._copying(other, unit, reference, result)
            self._ready.append(copying or other)
        self._listen(sent.task.student, row)

    def lose(self, task: Task) -> None:
        """A submission with which the grading process itself died, twice."""
        sent = self._done(task.number)
        self._ready.extend(sent.others)
        self.problem(
            task.student,
            f"{task.student}: the grader's own process died while it was graded, twice; "
            "it has no mark, please report it",
        )

    def _done(self, number: int) -> Sent:
        sent = self._sent.pop(number)
        self._by_key.pop(result_key(sent.task.keys), None)
        return sent


class ClassRun(Run[Owned]):
    """Hand-ins of a class: those that are not graded yet."""

    def __init__(
        self, job: ClassJob, items: Iterable[Owned], book: Gradebook, size: int, listen: Listener
    ) -> None:
        super().__init__(job, items, book, size, listen)
        self._reached: dict[str, int] = {}  # the number of each unit's hand-in that came last

    def name(self, item: Owned) -> str:
        return item.student

    def prepared(self, item: Owned) -> Sent | None:
        job, owned = self._job, item
        submission = reading.read(owned.hand_in, owned.student)
        sha256 = submission.sha256
        store_submission(submission, submission_path(job.private, owned.unit, sha256))
        remark = reading.misplaced(submission, job.assignment.exercises, job.course.exercises)
        if remark:
            self.summary.problems.append(f"{owned.student}: {remark}")
        with self._book.writing() as connection:
            attempt, is_last = self._attempt(connection, owned, sha256)
            sent = self._sent_for(connection, owned, submission, attempt, is_last)
        if sent is None:
            self.summary.kept += 1
            self._listen(owned.student, None)
            return None
        return self._unless_on_its_way(sent)

    def _attempt(
        self, connection: Connection, owned: Owned, sha256: str
    ) -> tuple[KnownAttempt, bool]:
        """The attempt that this is, recorded now if it is new; and whether it is the newest."""
        name = self._job.assignment.name
        handed_in = reading.handed_in(owned.hand_in, self._job.times)
        known = unit_attempts(connection, name, owned.unit)
        after = self._reached.get(owned.unit, 0) if owned.place else owned.place
        attempt = attempt_for(known, sha256, handed_in, after)
        if attempt is not None:
            self._reached[owned.unit] = attempt.number
            timed = record_arrival(connection, attempt, handed_in)
            self.summary.timed += timed is not attempt
            return timed, attempt.number == len(known) and owned.is_newest
        new = record_attempt(
            connection,
            assignment=name,
            unit=owned.unit,
            people=owned.people,
            sha256=sha256,
            handed_in=handed_in,
        )
        self._reached[owned.unit] = new.number
        is_told = owned.place is not None or (handed_in and known and known[-1].handed_in)
        if not is_told and any(one.sha256 == sha256 for one in known):
            self.summary.problems.append(
                f"{owned.student}: the files of an older attempt came again and are the newest "
                f"attempt now, number {new.number}; if an older folder was graded by mistake, "
                "grade the newest one again"
            )
        return new, owned.is_newest

    def _sent_for(
        self,
        connection: Connection,
        owned: Owned,
        submission: Submission,
        attempt: KnownAttempt,
        is_last: bool,
    ) -> Sent | None:
        """The task for an attempt; None if nothing is left to do for it."""
        job = self._job
        unit = Unit(id=owned.unit, student=owned.student, extension=owned.extension)
        key = result_key(job.keys.exercises(attempt.sha256, unit.time_factor))
        found = counting(connection, attempt.id)
        page = page_path(job.out, owned.student)
        if found is not None:
            source = result_path(job.private, owned.unit, found.reference)
            if source.exists() and (page.exists() or not is_last):
                self.summary.outdated += found.key != key
                return None
        self._numbers += 1
        task = job.task(connection, self._numbers, unit, attempt, submission)
        task = replace(task, is_shown=is_last)
        if found is not None:  # its files were lost: what counts by now is not lowered unasked
            task = floored(connection, task, found)
        same = found if found is not None and found.key == key else None
        same = same or result_with_key(connection, key)
        sent = Sent(task, attempt)
        if same is None:
            return sent
        return self._copying(sent, same.unit, same.reference, same.id) or sent
