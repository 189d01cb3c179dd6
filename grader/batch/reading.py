"""Reads one hand-in: its files, archives in it one level deep, when it came, what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from grader.batch.layouts import HandIn
from grader.catalog import Exercise
from grader.gradebook.recording import utc
from grader.loader import archive_files, gather, is_code, is_zip
from grader.messages import say
from grader.model import Submission

__all__ = ["handed_in", "misplaced", "read"]

_DEFINITION = re.compile(rb"\bdef\s+(\w+)\s*\(")
_LOOKED_AT = 1 << 20


def read(hand_in: HandIn, student: str) -> Submission:
    """The files of a hand-in.

    Raises:
        UsageError, SubmissionError: a file cannot be read or is refused, or nothing is in it.
    """
    return gather(hand_in.tree.root / hand_in.place, student, _files(hand_in))


def _files(hand_in: HandIn) -> Iterator[tuple[str, bytes]]:
    for entry, inside in hand_in.files:
        data = hand_in.tree.read(entry)
        if is_zip(PurePosixPath(inside)):
            yield from archive_files(Path(hand_in.tree.root, entry), data)
        else:  # file systems allow any bytes in a name; what is kept of it is text
            yield inside.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), data


def handed_in(hand_in: HandIn, times: str) -> str | None:
    """When it came, in UTC: what its layout says, or with `times` "files" its newest file; None
    if neither says."""
    moment = hand_in.handed_in
    if moment is None and times == "files":
        changed = (hand_in.tree.changed(entry) for entry, _ in hand_in.files)
        moment = max(filter(None, changed), default=None)
    return utc(moment) if moment is not None else None


def misplaced(
    submission: Submission, wanted: Sequence[Exercise], every: Mapping[str, Exercise]
) -> str:
    """A remark if the functions in it are all of another exercise; "" otherwise.

    Only the words after `def` are looked at: nothing of a submission is parsed on this side.
    """
    found = {
        name.decode("ascii", "replace")
        for path, data in submission.files.items()
        if is_code(path)
        for name in _DEFINITION.findall(data[:_LOOKED_AT])
    }
    if any(found & set(exercise.names) for exercise in wanted):
        return ""
    others = [f"`{e.slug}`" for e in every.values() if e not in wanted and found & set(e.names)]
    if not others:
        return ""
    expected = ", ".join(f"`{exercise.slug}`" for exercise in wanted)
    return say("remark.misplaced", others=", ".join(others), expected=expected)
