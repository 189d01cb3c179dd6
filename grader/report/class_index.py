"""The class on one page: numbers, a table to sort and filter, what is hard, what is common."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import quote

from grader.messages import LANGUAGE, say
from grader.model import Audience
from grader.report import figures
from grader.report.class_data import ClassPage, ClassRow
from grader.report.clean import shorten
from grader.report.clock import Clock
from grader.report.page_parts import Fact
from grader.report.plain_class import plain_class
from grader.report.render import Rendered, page_html

__all__ = ["class_index", "class_index_surely"]

_BINS = 10
_TEXT = 200
_SECONDS = 20.0  # a class of 300 takes a hundredth of it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """One bin of the distribution: its place, height in thousandths, count and label."""

    x: int
    height: int
    count: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One line of the table of submissions; a cell is (text, fifth of its points, or "")."""

    name: str
    href: str
    total: str
    share: int
    cells: tuple[tuple[str, str], ...]
    attempts: int
    handed_in: str
    flags: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """A line with a bar: texts, a share in thousandths, its words."""

    texts: tuple[str, ...]
    share: int
    words: str
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    language: str
    title: str
    kicker: str
    name: str
    is_staff: bool
    banner: str
    facts: tuple[Fact, ...]
    bars: tuple[_Bar, ...]
    bars_text: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[_Row, ...]
    items: tuple[_Measure, ...]
    known: tuple[_Measure, ...]
    clusters: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def class_index(page: ClassPage) -> str:
    """The page of a class. Pure; for students it holds numbers and no names.

    Raises:
        TooSlowError: it takes over 20 s of processor time.
    """
    return page_html("class", clock=Clock(_SECONDS), page=_view(page))


def class_index_surely(page: ClassPage) -> Rendered:
    """The page, or a plain list in its place where that cannot be made."""
    # Blanket: names and titles come from outside, and a class must not be left without its page.
    try:
        return Rendered(html=class_index(page))
    except Exception as error:
        told = say("plain.class.staff", error=type(error).__name__)
        return Rendered(html=plain_class(page, say("plain.class")), problem=told)


def _view(page: ClassPage) -> _View:
    is_staff = page.audience is Audience.STAFF
    bars = _bars(page)
    bins = (
        say("class.distribution.bin", low=10 * n, high=10 * n + 10, n=bar.count)
        for n, bar in enumerate(bars)
    )
    return _View(
        language=LANGUAGE,
        title=say("class.title", assignment=page.assignment, n=len(page.rows)),
        kicker=page.course,
        name=page.assignment,
        is_staff=is_staff,
        banner=say("class.staff") if is_staff else "",
        facts=_facts(page),
        bars=bars,
        bars_text=say("class.distribution.text", bins=", ".join(bins)),
        columns=tuple((title, figures.points(points)) for title, points in page.columns),
        rows=tuple(_row(page, row) for row in sorted(page.rows, key=_by_name)) if is_staff else (),
        items=_items(page),
        known=_known(page),
        clusters=_clusters(page) if is_staff else (),
        files=tuple((label, _link(path)) for label, path in page.files) if is_staff else (),
        remarks=tuple(shorten(one, 500) for one in page.remarks) if is_staff else (),
    )


def _by_name(row: ClassRow) -> tuple[str, str]:
    return row.name.casefold(), row.name


def _link(path: str) -> str:
    """A relative path as a link: nothing in it can name another host or scheme."""
    return "./" + quote(path.lstrip("/"), safe="/", errors="replace") if path else ""


def _facts(page: ClassPage) -> tuple[Fact, ...]:
    points = sorted(row.points for row in page.rows)
    facts = [Fact(name=say("class.count"), value=str(len(points)))]
    if not points:
        return tuple(facts)
    total = figures.points(page.max_points)
    mean = Fraction(sum(points), len(points))
    facts.append(_of(page, "class.mean", mean))
    facts.append(_of(page, "class.median", statistics.median(points)))
    if len(points) >= 4:
        low, _, high = statistics.quantiles(points, n=4, method="inclusive")
        value = say("class.middle.value", low=figures.points(low), high=figures.points(high))
        facts.append(Fact(name=say("class.middle"), value=value))
    full = sum(row.points >= page.max_points for row in page.rows)
    if total != "0":
        percent = round(100 * full / len(points))
        value = say("class.share", n=full, percent=percent)
        facts.append(Fact(name=say("class.full"), value=value))
    return tuple(facts)


def _of(page: ClassPage, key: str, points: Fraction) -> Fact:
    total = figures.points(page.max_points)
    return Fact(name=say(key), value=say("class.of", points=figures.points(points), total=total))


def _bars(page: ClassPage) -> tuple[_Bar, ...]:
    counts = [0] * _BINS
    for row in page.rows:
        share = figures.thousandths(row.points, page.max_points)
        counts[min(_BINS - 1, share * _BINS // 1000)] += 1
    most = max(counts) or 1
    return tuple(
        _Bar(x=n, height=1000 * count // most, count=count, label=str(10 * n))
        for n, count in enumerate(counts)
    )


def _row(page: ClassPage, row: ClassRow) -> _Row:
    cells = []
    for points, (_, total) in zip(row.exercises, page.columns, strict=False):
        fifth = "" if points is None else str(min(4, figures.thousandths(points, total) // 200))
        cells.append(("" if points is None else figures.points(points), fifth))
    cells += [("", "")] * (len(page.columns) - len(cells))
    return _Row(
        name=shorten(row.name, _TEXT),
        href=_link(row.page),
        total=figures.points(row.points),
        share=figures.thousandths(row.points, page.max_points),
        cells=tuple(cells),
        attempts=row.attempts,
        handed_in=row.handed_in,
        flags=", ".join(row.flags),
    )


def _items(page: ClassPage) -> tuple[_Measure, ...]:
    def hardness(measure: _Measure) -> tuple[int, tuple[str, ...]]:
        return measure.share, measure.texts

    found = [
        _Measure(
            texts=(item.function, shorten(item.title, _TEXT), item.tier),
            share=figures.thousandths(Fraction(item.passed), Fraction(item.taken)),
            words=say("overview.passed", passed=item.passed, total=item.taken),
            last="" if item.discrimination is None else f"{item.discrimination:.2f}",
        )
        for item in page.items
    ]
    return tuple(sorted(found, key=hardness))


def _known(page: ClassPage) -> tuple[_Measure, ...]:
    known = sorted(page.known, key=lambda row: (-row.count, row.function, row.name))
    return tuple(
        _Measure(
            texts=(row.function, shorten(row.hint or row.name, 500)),
            share=figures.thousandths(Fraction(row.count), Fraction(max(1, len(page.rows)))),
            words=str(row.count),
        )
        for row in known
    )


def _clusters(page: ClassPage) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"{cluster.function}: " * bool(cluster.function)
            + ", ".join(shorten(name, _TEXT) for name in cluster.names),
            say("class.clusters.count", n=len(cluster.names))
            if cluster.function
            else say("class.clusters.share", percent=round(100 * cluster.share)),
        )
        for cluster in sorted(page.clusters, key=lambda c: (-c.share, -len(c.names), c.names))
    )
