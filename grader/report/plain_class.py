"""The page of a class without layout, for when the full one cannot be made."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from grader.messages import say
from grader.model import Audience
from grader.report import figures
from grader.report.class_data import ClassPage, ClassRow
from grader.report.clean import shorten
from grader.report.plain import document

__all__ = ["plain_class"]

_TEXT = 200
_LIST = Markup("<h2>{heading}</h2>\n<ul>\n{rows}</ul>\n")
_ROW = Markup("<li>{text}</li>\n")


def plain_class(page: ClassPage, reason: str) -> str:
    """Names and points, for staff alone; students read the reason and how many handed in."""
    lines = [say("class.staff")] if page.audience is Audience.STAFF else []
    lines.append(f"{say('class.count')}: {len(page.rows)}")
    title = say("class.title", assignment=page.assignment, n=len(page.rows))
    return document(title, shorten(page.assignment, _TEXT), (*lines, reason), _parts(page))


def _parts(page: ClassPage) -> Iterator[Markup]:
    if page.audience is not Audience.STAFF or not page.rows:
        return
    rows = sorted(page.rows, key=lambda row: row.name.casefold())
    listed = Markup("").join(_ROW.format(text=_row(page, row)) for row in rows)
    yield _LIST.format(heading=say("class.rows"), rows=listed)


def _row(page: ClassPage, row: ClassRow) -> str:
    points = figures.out_of(row.points, page.max_points)
    texts = (points, row.handed_in, ", ".join(row.flags))
    return f"{shorten(row.name, _TEXT)}: " + " · ".join(
        shorten(text, _TEXT) for text in texts if text
    )
