"""Whose file is whose: the layouts in which a class hands in.

    plain        ada/relu.py, ben.py, cleo.zip                   one folder or file per student
    moodle       Ada Lovelace_1234_assignsubmission_file_/relu.py
    canvas       lovelaceada_LATE_55_901_relu-1.py               name, user id, id, file and number
    gradescope   submission_77/relu.py, submission_metadata.yml  sid, e-mail, time of each
    nbgrader     submitted/ada/week1/relu.ipynb, timestamp.txt
    pattern      a regular expression with (?P<student>…), (?P<attempt>…), (?P<file>…)

Names are looked at, never the text of a submission.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from grader.batch import gradescope
from grader.batch.trees import Files
from grader.errors import UsageError
from grader.loader import ARCHIVES, CODE, is_zip

__all__ = ["LAYOUTS", "METADATA", "Claim", "HandIn", "discover"]

_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)"
)
_CANVAS = re.compile(
    r"(?P<name>[^_/]+)_(?:(?P<late>LATE)_)?(?P<id>\d+)_(?P<file_id>\d+)_"
    r"(?P<stem>[^/]+?)(?:-(?P<number>\d{1,3}))?(?P<suffix>\.[A-Za-z0-9]+)"
)
_GRADESCOPE = re.compile(r"submission_(\d+)")
METADATA = "submission_metadata.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who a hand-in says it is from: ids first, then names; `external` are ids elsewhere."""

    words: tuple[str, ...]
    name: str = ""
    email: str = ""
    external: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """One submission that was found: `files` are (name in the tree, name in the submission).

    `number` counts attempts as the system does that it comes from; None: it does not say.
    """

    tree: Files
    place: str
    claims: tuple[Claim, ...]
    files: tuple[tuple[str, str], ...]
    number: int | None = None
    handed_in: datetime.datetime | None = None


Layout: TypeAlias = Callable[[Files, str], list[HandIn]]


def discover(tree: Files, assignment: str, layout: str = "auto", pattern: str = "") -> list[HandIn]:
    """The hand-ins in a folder or bulk zip.

    Args:
        tree: its files.
        assignment: for layouts that hold several.
        layout: one of LAYOUTS, or "auto".
        pattern: a regular expression on relative names; goes before `layout`.

    Raises:
        UsageError: the pattern is none, or the layout does not fit.
    """
    if pattern:
        return _by_pattern(tree, pattern)
    if layout != "auto":
        found = LAYOUTS[layout](tree, assignment)
        if not found and tree.names:
            raise UsageError(f"{tree.root}: nothing in it is laid out as {layout}")
        return found
    for name in ("gradescope", "moodle", "canvas", "nbgrader"):
        found = LAYOUTS[name](tree, assignment)
        if found:
            return found
    return _plain(tree, assignment)


def _grouped(rows: Iterable[tuple[str, str, str]]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, entry, inside in rows:
        groups.setdefault(key, []).append((entry, inside))
    return groups


def _plain(tree: Files, assignment: str) -> list[HandIn]:
    del assignment
    prefix = _wrapping(tree)
    rows = []
    for entry in tree.names:
        inside = entry[len(prefix) :]
        top, _, rest = inside.partition("/")
        if rest:
            rows.append((f"{top}/", entry, rest))
        elif PurePosixPath(top).suffix.lower() in CODE | ARCHIVES:
            rows.append((top, entry, top))
    found = _grouped(rows)
    for folder in tree.empty:  # somebody's, who handed in nothing in it
        if folder.startswith(prefix) and "/" not in folder[len(prefix) :]:
            found[f"{folder[len(prefix) :]}/"] = []
    return [
        HandIn(
            tree=tree,
            place=prefix + top,
            claims=(Claim(words=(_stem(top),)),),
            files=tuple(files),
        )
        for top, files in found.items()
    ]


def _stem(top: str) -> str:
    """The name of a folder or file, without its ending: ada/, ada.py, ada.tar.gz."""
    if top.endswith("/"):
        return top[:-1]
    stem = PurePosixPath(top).stem
    return stem.removesuffix(".tar") or stem


def _wrapping(tree: Files) -> str:
    """The one folder that a bulk zip holds everything in; "" if there is none."""
    names = [*tree.names, *tree.empty]
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or not is_zip(tree.root):
        return ""
    (top,) = tops
    seconds = {name.split("/")[1] for name in names if name.count("/") >= 1}
    is_one = len(seconds) < 2 or any(name == top for name in names)
    return "" if is_one else f"{top}/"


def _moodle(tree: Files, assignment: str) -> list[HandIn]:
    rows = []
    for entry in tree.names:
        parts = entry.split("/")
        for level, part in enumerate(parts[:2]):
            found = _MOODLE.fullmatch(part)
            if found:
                key = f"{found['name']}\0{found['id']}"
                rows.append((key, entry, "/".join(parts[level + 1 :]) or found["rest"]))
                break
    hand_ins = []
    for key, files in _grouped(rows).items():
        name, number = key.split("\0")
        claim = Claim(words=(number, name), name=name, external=((f"moodle_{assignment}", number),))
        hand_ins.append(HandIn(tree=tree, place=name, claims=(claim,), files=tuple(files)))
    return hand_ins


def _canvas(tree: Files, assignment: str) -> list[HandIn]:
    del assignment
    rows: dict[tuple[str, str, int], list[tuple[str, str]]] = {}
    for entry in tree.names:
        found = _CANVAS.fullmatch(entry.rpartition("/")[2])
        if found and entry.count("/") <= 1:
            number = int(found["number"] or 0)
            inside = found["stem"] + found["suffix"]
            rows.setdefault((found["id"], found["name"], number), []).append((entry, inside))
    return [
        HandIn(
            tree=tree,
            place=f"{name}_{user}",
            claims=(Claim(words=(user, name), name=name, external=(("canvas_id", user),)),),
            files=tuple(files),
            number=number,
        )
        for (user, name, number), files in rows.items()
    ]


def _gradescope(tree: Files, assignment: str) -> list[HandIn]:
    del assignment
    metadata = next((n for n in tree.names if n.rpartition("/")[2] == METADATA), None)
    if metadata is None:
        return []
    text = tree.read(metadata).decode("utf-8", "replace")
    known = gradescope.read_metadata(text)
    prefix = metadata[: -len(METADATA)]
    rows = []
    for entry in tree.names:
        top, _, rest = entry.removeprefix(prefix).partition("/")
        if rest and _GRADESCOPE.fullmatch(top):
            rows.append((top, entry, rest))
    return [_of_gradescope(tree, top, f, known.get(top)) for top, f in _grouped(rows).items()]


def _of_gradescope(
    tree: Files, top: str, files: list[tuple[str, str]], handed: gradescope.Handed | None
) -> HandIn:
    submitters = handed.submitters if handed else ()
    claims = tuple(
        Claim(words=tuple(w for w in (s.sid, s.email, s.name) if w), name=s.name, email=s.email)
        for s in submitters
    )
    return HandIn(
        tree=tree,
        place=top,
        claims=claims or (Claim(words=(top,)),),
        files=tuple(files),
        handed_in=handed.at if handed else None,
    )


def _nbgrader(tree: Files, assignment: str) -> list[HandIn]:
    rows = []
    names = set()
    for entry in tree.names:
        parts = entry.split("/")
        if "submitted" in parts[:2]:
            parts = parts[parts.index("submitted") + 1 :]
        elif tree.root.name != "submitted":
            continue
        if len(parts) > 2:
            names.add(parts[1])
            rows.append((parts[0], parts[1], entry, "/".join(parts[2:])))
    if rows and assignment not in names:
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        raise UsageError(
            f"{tree.root}: it holds submissions for {listed}, none for `{assignment}`; "
            "rename the folders or the assignment"
        )
    groups = _grouped((s, entry, inside) for s, name, entry, inside in rows if name == assignment)
    return [_of_nbgrader(tree, student, files) for student, files in groups.items()]


def _of_nbgrader(tree: Files, student: str, files: list[tuple[str, str]]) -> HandIn:
    stamp = next((entry for entry, inside in files if inside == "timestamp.txt"), None)
    moment = None
    if stamp is not None:
        moment = gradescope.moment(tree.read(stamp)[:100].decode("utf-8", "replace"))
    return HandIn(
        tree=tree,
        place=student,
        claims=(Claim(words=(student,)),),
        files=tuple(pair for pair in files if pair[1] != "timestamp.txt"),
        handed_in=moment,
    )


def _by_pattern(tree: Files, pattern: str) -> list[HandIn]:
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise UsageError(f"--pattern: not a regular expression ({error})") from None
    if "student" not in expression.groupindex:
        raise UsageError("--pattern: it needs a group (?P<student>…)")
    rows: dict[tuple[str, int | None], list[tuple[str, str]]] = {}
    for entry in tree.names:
        found = expression.fullmatch(entry)
        if found is None or not found["student"]:  # a group may be optional, or fit nothing
            continue
        groups = found.groupdict()
        digits = re.search(r"\d+", groups.get("attempt") or "")
        number = int(digits[0]) if digits else None
        inside = groups.get("file") or entry.rpartition("/")[2]
        rows.setdefault((found["student"], number), []).append((entry, inside))
    if not rows and tree.names:
        raise UsageError(f"{tree.root}: the pattern fits no name, such as `{tree.names[0]}`")
    return [
        HandIn(
            tree=tree,
            place=student,
            claims=(Claim(words=(student,)),),
            files=tuple(files),
            number=number,
        )
        for (student, number), files in rows.items()
    ]


LAYOUTS: Mapping[str, Layout] = {
    "plain": _plain,
    "moodle": _moodle,
    "canvas": _canvas,
    "gradescope": _gradescope,
    "nbgrader": _nbgrader,
}
