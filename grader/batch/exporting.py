"""What leaves the gradebook for another system: a student's mark, and the results it stands for.

Whoever was erased has a pseudonym in place of an id, which no other system knows: left out here.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from grader import exporters
from grader.batch.store import result_path
from grader.catalog import Assignment, Course
from grader.errors import UsageError
from grader.exporters import Change, ExportMark
from grader.gradebook.late import Deadline
from grader.gradebook.marks import Mark, marks
from grader.loader import folder_name
from grader.model import Attempt, Audience, attempt_from_json
from grader.scoring import filter_for

__all__ = ["STDOUT", "Export", "Views", "counted_marks", "prepared"]

STDOUT = Path("-")
"""Named in place of a file, as other programs do; nothing is there to compare with."""


def counted_marks(connection: Connection, course: Course, assignment: Assignment) -> list[Mark]:
    """The mark of everybody who handed something in and was not erased, by student id."""
    every = marks(connection, assignment.name, assignment.settings)
    return [mark for mark in every if not mark.is_erased]


def _export_marks(counted: Sequence[Mark]) -> list[ExportMark]:
    """The same as exporters take it."""
    return [
        ExportMark(
            student=mark.student,
            name=mark.name,
            email=mark.email,
            points=mark.points,
            max_points=mark.max_points,
            attempt=mark.number,
            handed_in=mark.handed_in or "",
            days_late=mark.days_late,
            external=json.loads(mark.external),
        )
        for mark in counted
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Files with their content, made when they are written, and what a person should know first."""

    files: Iterable[tuple[Path, str]]
    changes: Sequence[Change] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The results that marks stand for, read one after the other from the class's private folder.

    Students see as much as the assignment lets them at the moment, by their own due date.
    """

    course: Course
    assignment: Assignment
    private: Path
    audience: Audience

    def path(self, mark: Mark) -> Path:
        """Where the full results of a mark lie, if it has any and they were not purged."""
        return result_path(self.private, mark.unit, mark.reference)

    def of(self, counted: Sequence[Mark]) -> Iterator[tuple[Mark, Attempt]]:
        """Each mark with its results; those without any are left out."""
        for mark in counted:
            if mark.reference and self.path(mark).exists():
                yield mark, self._view(mark)

    def _view(self, mark: Mark) -> Attempt:
        settings = self.assignment.settings
        deadline = Deadline(
            settings=settings,
            extension=settings.extension_of(mark.members),
        )
        show = deadline.show(datetime.datetime.now(datetime.UTC))
        full = attempt_from_json(self.path(mark).read_bytes())
        return filter_for(full, self.audience, show=show)


def prepared(
    form: str,
    out: Path,
    counted: Sequence[Mark],
    views: Views,
    *,
    template: Path | None = None,
    column: str = "",
) -> Export:
    """What is to be written to `out`; nothing is written here.

    Args:
        form: "csv", "canvas", "moodle", "gradescope" or "junit".
        out: a file, or STDOUT; for "gradescope" a folder.
        counted: the marks, see `counted_marks`.
        views: where their results are.
        template: for "canvas" and "moodle": the file as it was downloaded.
        column: for "canvas": its column, if it is not called like the assignment.

    Raises:
        UsageError: a file that is there or the template is not what it should be.
    """
    match form:
        case "junit":
            return _junit(out, counted, views)
        case "gradescope":
            return _gradescope(out, counted, views)
        case "csv":
            return _plain(out, counted)
    assert template is not None
    settings = views.assignment.settings
    title = column or settings.title or views.assignment.name
    return _filled(form, out, counted, template, views.assignment, title)


def _is_there(out: Path) -> bool:
    return out != STDOUT and out.exists()


def _text(path: Path) -> str:
    """What is in a file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from None


def _plain(out: Path, counted: Sequence[Mark]) -> Export:
    marks = _export_marks(counted)
    before = {}
    if _is_there(out):
        text = _text(out)
        with _named(out):
            before = exporters.read_plain(text)
    files = [(out, exporters.plain_csv(marks))]
    return Export(files=files, changes=exporters.changes(marks, before))


def _filled(
    form: str,
    out: Path,
    counted: Sequence[Mark],
    template: Path,
    assignment: Assignment,
    column: str,
) -> Export:
    marks = _export_marks(counted)
    text = _text(template)
    if _is_there(out) and _text(out).split("\n", 1)[0].strip() != text.split("\n", 1)[0].strip():
        raise UsageError(f"{out}: it is there and no copy of {template}; name another file")
    with _named(template):
        if form == "canvas":
            filled = exporters.canvas_csv(marks, text, column=column)
        else:
            filled = exporters.moodle_csv(marks, text, assignment=assignment.name)
    return Export(
        files=[(out, filled.text)],
        changes=filled.changes,
        remarks=[
            *_listed(filled.missing, f"with a mark and without a row in {template}"),
            *_listed(filled.kept, f"with a word in place of a mark in {template}, which stays"),
        ],
    )


def _junit(out: Path, counted: Sequence[Mark], views: Views) -> Export:
    once = list({mark.reference: mark for mark in counted}.values())  # a group has one result
    moments = {mark.reference: mark.graded_at for mark in once}

    def files() -> Iterator[tuple[Path, str]]:
        yield out, exporters.junit_xml((attempt for _, attempt in views.of(once)), moments)

    return Export(files=files(), remarks=_without(counted, views))


def _gradescope(out: Path, counted: Sequence[Mark], views: Views) -> Export:
    def place(mark: Mark) -> Path:
        return out / folder_name(mark.student) / "results.json"

    before = {}
    for mark in counted:
        if place(mark).exists():
            text = _text(place(mark))
            with _named(place(mark)):
                before[mark.student] = exporters.read_gradescope(text)
    there = [mark for mark in counted if mark.student in before]
    return Export(
        files=(
            (place(mark), exporters.gradescope_json(attempt, mark.points))
            for mark, attempt in views.of(counted)
        ),
        changes=exporters.changes(_export_marks(there), before),
        remarks=_without(counted, views),
    )


def _without(counted: Sequence[Mark], views: Views) -> list[str]:
    """Whose results are not in the files, and why."""
    void = [mark.student for mark in counted if not mark.reference]
    purged = [m.student for m in counted if m.reference and not views.path(m).exists()]
    return [
        *_listed(void, "without a result that counts; left out"),
        *_listed(purged, "whose results were purged; left out"),
    ]


def _listed(students: Sequence[str], which: str) -> list[str]:
    if not students:
        return []
    many = "1 student" if len(students) == 1 else f"{len(students)} students"
    return [f"{many} {which}: {', '.join(students)}"]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What is wrong with a file's content, after its name."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
