"""What stands at the end of a run for staff: class.json and a page of the class.

gradebook/<assignment>/class.json, index.html       mode 0600, never below the students' pages
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.batch.class_file import ClassFile, StudentRow, class_file, class_file_to_json
from grader.batch.store import page_path, write_file
from grader.catalog import Assignment, Course
from grader.gradebook import Gradebook
from grader.loader import folder_name
from grader.pipeline import hint_of
from grader.report import ClassPage, ClassRow, ClusterRow, ItemRow, KnownRow, class_index_surely
from grader.runner import collect

__all__ = ["Published", "publish", "published"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written, and where."""

    content: ClassFile
    json: Path
    page: Path


def published(private: Path, assignment: Assignment) -> tuple[Path, Path]:
    """Where class.json and the page of the class lie."""
    folder = private / folder_name(assignment.name)
    return folder / "class.json", folder / "index.html"


def publish(
    book: Gradebook,
    course: Course,
    assignment: Assignment,
    private: Path,
    out: Path,
    problems: list[str],
) -> Published:
    """Write class.json and the page of the class from what the gradebook holds.

    `problems` stand in class.json; that the page had to be a plain one is added to them.

    Raises:
        OutputError: one of them could not be written.
    """
    with book.reading() as connection:
        content = class_file(connection, course, assignment, problems, private)
    json, html = published(private, assignment)
    written = Published(content=content, json=json, page=html)
    write_file(written.json, class_file_to_json(content), 0o600)
    page = class_index_surely(_page(content, course, assignment, html.parent, out))
    problems += [page.problem] if page.problem else []
    write_file(written.page, page.html.encode(), 0o600)
    return written


def _page(
    content: ClassFile, course: Course, assignment: Assignment, folder: Path, out: Path
) -> ClassPage:
    columns = tuple(
        (e.title, sum((f.points for f in e.functions), start=0 * e.functions[0].points))
        for e in assignment.exercises
    )
    return ClassPage(
        course=course.settings.title,
        assignment=assignment.settings.title or assignment.name,
        max_points=sum((points for _, points in columns), start=0 * columns[0][1]),
        columns=columns,
        rows=tuple(
            _row(row, assignment, folder, out) for row in content.students if row.points is not None
        ),
        items=tuple(_items(content, assignment)),
        known=tuple(_known(content, assignment)),
        clusters=tuple(
            ClusterRow(function=function, names=names, share=1.0)
            for function, names in content.statistics.clusters
        ),
        files=(("class.json", "class.json"),),
        remarks=tuple(_remarks(content)),
    )


def _remarks(content: ClassFile) -> Iterator[str]:
    """What a person should look at, in sentences."""
    yield from content.problems
    for row in content.students:
        if row.points is None:
            yield f"{row.student}: no result counts, so there is no mark."
    for line in content.stale_overrides:
        yield f"An override no longer counts, since what it judged is another result: {line}."
    for students in content.identical:
        yield f"The same files, byte by byte: {', '.join(students)}."


def _items(content: ClassFile, assignment: Assignment) -> Iterator[ItemRow]:
    measured = {item.test_id: item for item in content.statistics.items}
    for exercise in assignment.exercises:
        for plan in collect(exercise):
            item = measured.get(plan.id)
            if item is not None:
                yield ItemRow(
                    function=plan.function,
                    title=plan.title,
                    tier=plan.tier,
                    passed=item.passed,
                    taken=item.taken,
                    discrimination=item.discrimination,
                )


def _known(content: ClassFile, assignment: Assignment) -> Iterator[KnownRow]:
    hints = {
        (wrong.function, wrong.name): hint_of(wrong)
        for exercise in assignment.exercises
        for wrong in exercise.wrong_answers
    }
    for function, name, count in content.statistics.misconceptions:
        yield KnownRow(
            function=function, name=name, hint=hints.get((function, name), ""), count=count
        )


def _row(row: StudentRow, assignment: Assignment, folder: Path, out: Path) -> ClassRow:
    assert row.points is not None
    page = page_path(out, row.page)
    return ClassRow(
        name=f"{row.name} ({row.student})" if row.name else row.student,
        points=row.points,
        exercises=tuple(row.exercises.get(e.slug) for e in assignment.exercises),
        page=os.path.relpath(page, folder) if page.exists() else "",
        attempts=row.attempts,
        handed_in=row.handed_in or "",
        flags=row.remarks,
    )
