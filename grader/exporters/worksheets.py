"""Fills the worksheets that Canvas and Moodle give out: their rows, their columns, our points.

Nothing is invented: no header, no row, no id. Whoever is not in the worksheet is reported; cells
that are not ours go back as they came.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.errors import UsageError
from grader.exporters.marks import Change, ExportMark, decimal, written

__all__ = ["Filled", "canvas_csv", "moodle_csv"]

_MOODLE_HEADS = ("Identifier", "Grade")
_MOODLE_ID = "Participant "
_CANVAS_HEADS = ("Student", "ID", "Section")
_CANVAS_PEOPLE = ("SIS User ID", "SIS Login ID", "Integration ID", "Root Account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A worksheet with marks in it.

    `missing` are students with a mark that it has no row for; `kept` those whose cell holds a word
    of the system's own, such as Canvas's EX for excused, which stays.
    """

    text: str
    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    kept: tuple[str, ...] = ()


def moodle_csv(marks: Sequence[ExportMark], template: str, *, assignment: str) -> Filled:
    """Fill a downloaded Moodle grading worksheet: the column Grade.

    Students are found by participant number (as their submission's folder had it), else by e-mail
    address, else by full name.

    Raises:
        UsageError: it is no such worksheet, its maximum is below a mark, or two rows fit one
            student.
    """
    rows = _rows(template)
    head = rows[0]
    for name in _MOODLE_HEADS:
        if name not in head:
            raise UsageError(
                f"the worksheet has no column `{name}`; download it from the assignment in Moodle "
                "(Grading, Download grading worksheet), in English"
            )
    by = _Finder()
    for mark in marks:
        number = mark.external.get(f"moodle_{assignment}", "")
        by.add("Identifier", f"{_MOODLE_ID}{number}" if number else "", mark)
        by.add("Email address", mark.email.casefold(), mark)
        by.add("Full name", mark.name, mark)

    def owner(row: Sequence[str]) -> ExportMark | None:
        cells = dict(zip(head, row, strict=False))
        mail = cells.get("Email address", "").casefold()
        return by.find({**cells, "Email address": mail})

    if "Maximum Grade" in head:
        column = head.index("Maximum Grade")
        _check_maximum([row[column] for row in rows[1:] if len(row) > column], marks, "Moodle")
    return _fill(rows, 1, head.index("Grade"), owner, marks, delimiter=_delimiter(template))


def canvas_csv(marks: Sequence[ExportMark], template: str, *, column: str) -> Filled:
    """Fill one column of a downloaded Canvas gradebook.

    Students are found by ID (as their submission's file had it), SIS Login ID or SIS User ID.

    Raises:
        UsageError: it is no such file, the column is not in it or in it twice, its maximum is below
            a mark, or two rows fit one student.
    """
    rows = _rows(template)
    head = rows[0]
    if not set(_CANVAS_HEADS) <= set(head):
        raise UsageError(
            "this is no gradebook of Canvas: its first line has no "
            f"{', '.join(name for name in _CANVAS_HEADS if name not in head)}"
        )
    found = [i for i, name in enumerate(head) if name == column or name.startswith(f"{column} (")]
    if len(found) != 1:
        listed = ", ".join(f"`{name}`" for name in head[len(_CANVAS_HEADS) :])
        count = "no column" if not found else f"{len(found)} columns"
        raise UsageError(f"the gradebook has {count} `{column}`; name one with --column: {listed}")
    first = _first_student(rows)
    by = _Finder()
    for mark in marks:
        by.add("ID", mark.external.get("canvas_id", ""), mark)
        for name in ("SIS User ID", "SIS Login ID"):
            by.add(name, mark.student, mark)
            by.add(name, mark.email, mark)

    def owner(row: Sequence[str]) -> ExportMark | None:
        return by.find(dict(zip(head, row, strict=False)))

    (place,) = found
    limits = [row[place] for row in rows[1:first] if len(row) > place]
    is_fixed = any("(read only)" in limit for limit in limits)
    if is_fixed or head[place] in (*_CANVAS_HEADS, *_CANVAS_PEOPLE):
        raise UsageError(f"`{head[place]}` is no column for marks; name an assignment's")
    _check_maximum(limits, marks, "Canvas")
    return _fill(rows, first, place, owner, marks, delimiter=_delimiter(template))


def _first_student(rows: Sequence[Sequence[str]]) -> int:
    """Where students begin in Canvas's file: below the maximum, and below how marks are posted."""
    points = (n for n, row in enumerate(rows) if row and row[0].strip() == "Points Possible")
    return next(points, 0) + 1


class _Finder:
    """Whose row it is: the first column, as they were added, that names one student decides."""

    def __init__(self) -> None:
        self._by: dict[str, dict[str, ExportMark | None]] = {}

    def add(self, column: str, value: str, mark: ExportMark) -> None:
        known = self._by.setdefault(column, {})
        if value:
            other = known.get(value, mark)
            is_one = other is not None and other.student == mark.student
            known[value] = mark if is_one else None  # two of a name: neither is found by it

    def find(self, cells: Mapping[str, str]) -> ExportMark | None:
        found = (known.get(cells.get(column, "")) for column, known in self._by.items())
        return next((mark for mark in found if mark is not None), None)


def _rows(template: str) -> list[list[str]]:
    text = io.StringIO(template.removeprefix("\ufeff"), newline="")
    try:
        rows = list(csv.reader(text, delimiter=_delimiter(template)))
    except csv.Error as error:
        raise UsageError(f"the template is no CSV file ({error})") from None
    if not rows or not rows[0]:
        raise UsageError("the template is empty; give the file as it was downloaded")
    return rows


def _delimiter(template: str) -> str:
    """Canvas writes semicolons for those who asked for them in its settings."""
    return max(",;", key=template.split("\n", 1)[0].count)


def _fill(
    rows: list[list[str]],
    first: int,
    column: int,
    owner: Callable[[Sequence[str]], ExportMark | None],
    marks: Sequence[ExportMark],
    *,
    delimiter: str,
) -> Filled:
    changes: list[Change] = []
    placed = set()
    kept = []
    for row in rows[first:]:
        mark = owner(row) if any(row) else None
        if mark is None:
            continue
        if mark.student in placed:
            raise UsageError(
                f"two rows of the template are `{mark.student}`'s, the second begins with "
                f"`{row[0]}`; nothing was written. Take the one out that is not theirs"
            )
        placed.add(mark.student)
        if mark.points is None:
            continue
        row.extend([""] * (column + 1 - len(row)))
        if _is_word(row[column]):
            kept.append(f"{mark.student} ({row[column].strip()})")
            continue
        before = _number(row[column])
        after = decimal(mark.points)
        if before != Fraction(after):
            changes.append(Change(student=mark.student, before=before, after=Fraction(after)))
            row[column] = after  # a number, so no spreadsheet can take it for a formula
    return Filled(
        text=written(rows, delimiter=delimiter),
        changes=tuple(changes),
        kept=tuple(kept),
        missing=tuple(m.student for m in marks if m.points is not None and m.student not in placed),
    )


def _is_word(cell: str) -> bool:
    """Whether a cell says something else than a mark, or that there is none."""
    return cell.strip() not in ("", "-") and _number(cell) is None


def _number(cell: str) -> Fraction | None:
    try:
        return Fraction(cell.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


def _check_maximum(cells: Iterable[str], marks: Iterable[ExportMark], system: str) -> None:
    limits = [limit for cell in cells if (limit := _number(cell)) is not None]
    most = max((m.points for m in marks if m.points is not None), default=Fraction(0))
    if limits and most > min(limits):
        raise UsageError(
            f"a mark of {decimal(most)} is above the template's maximum of "
            f"{decimal(min(limits))}; set the maximum of the assignment in {system}, and download "
            "the file again"
        )
