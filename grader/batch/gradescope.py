"""Reads the few lines that matter of the submission_metadata.yml in a Gradescope export.

    submission_77:
      :submitters:
      - :name: Ada Lovelace
        :sid: '1815'
        :email: ada@x.org
      :created_at: 2026-03-01 22:10:11.123456789 Z

Gradescope always writes it in this form; no YAML reader sees it, since it comes from outside.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Handed", "Submitter", "moment", "read_metadata"]

_TOP = re.compile(r"(submission_\d+):\s*")
_MEMBER = re.compile(r"  :(\w+):\s*(.*)")
_OF_SUBMITTER = re.compile(r"\s+(-)?\s*:(\w+):\s*(.*)")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d|[A-Za-z_]+/[\w/]+)?.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """One person; what is not known is empty."""

    sid: str
    email: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """Who handed a folder in, and when."""

    submitters: tuple[Submitter, ...]
    at: datetime.datetime | None


def read_metadata(text: str) -> dict[str, Handed]:
    """By folder: submission_77."""
    return {name: _handed(lines) for name, lines in _blocks(text.splitlines())}


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    name, block = "", list[str]()
    for line in [*lines, "submission_0:"]:
        found = _TOP.fullmatch(line)
        if found is None:
            block.append(line)
            continue
        if name:
            yield name, block
        name, block = found[1], []


def _handed(lines: list[str]) -> Handed:
    people: list[dict[str, str]] = []
    at, member = None, ""
    for line in lines:
        if found := _MEMBER.fullmatch(line):
            member = found[1]
            at = moment(found[2]) if member == "created_at" else at
        elif member == "submitters" and (found := _OF_SUBMITTER.fullmatch(line)):
            if found[1] or not people:
                people.append({})
            people[-1][found[2]] = found[3].strip().strip("'\"")
    submitters = tuple(
        Submitter(sid=p.get("sid", ""), email=p.get("email", ""), name=p.get("name", ""))
        for p in people
        if any(p.values())
    )
    return Handed(submitters=submitters, at=at)


def moment(text: str) -> datetime.datetime | None:
    """A moment in UTC from one with its zone, as Gradescope and nbgrader write them; None if it
    has no zone, or is no moment: a student may have written it."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None or not found[3]:
        return None
    zone = {"Z": "+00:00", "UTC": "+00:00"}.get(found[3], found[3])
    try:
        if "/" in zone:
            local = datetime.datetime.fromisoformat(f"{found[1]}T{found[2]}")
            placed = local.replace(tzinfo=zoneinfo.ZoneInfo(zone))
        else:
            placed = datetime.datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
        return placed.astimezone(datetime.UTC)
    except (ValueError, OverflowError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None  # OSError: a folder of zones, like America/Argentina
