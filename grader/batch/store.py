"""Where results go on disk: pages for students apart from what only staff may read.

OUT/<name>/index.html, results.json                        the student's view
OUT/<name>/executed.ipynb                                  where a notebook was executed
gradebook/results/<name>-<reference>.staff.json            everything, mode 0600
gradebook/replies/<name>-<reference>.msgpack               what failed functions answered, 0600

A class has a gradebook, and folders by pseudonym that can be erased with the person:

gradebook/submissions/<pseudonym>/<sha256>.zip             what was handed in, mode 0600
gradebook/results/<pseudonym>/<reference>.staff.json
gradebook/replies/<pseudonym>/<reference>.msgpack
"""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import OutputError
from grader.loader import folder_name
from grader.model import (
    Attempt,
    Audience,
    Note,
    Show,
    Submission,
    attempt_from_json,
    attempt_to_json,
)
from grader.report import write_page
from grader.scoring import filter_for

__all__ = [
    "Places",
    "cache_folder",
    "check_writable",
    "make_folder",
    "noted",
    "page_path",
    "places_of",
    "result_path",
    "show_attempt",
    "shown_notebooks",
    "store_attempt",
    "store_notebooks",
    "store_results",
    "store_submission",
    "stored_attempts",
    "submission_path",
    "write_file",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the files of one attempt go."""

    page: Path
    staff: Path
    replies: Path


def cache_folder() -> Path:
    """Where answers of wrong answers are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cnn-grader" / "answers"


def page_path(out: Path, name: str) -> Path:
    """Where the page of a submission or student lies."""
    return out / folder_name(name) / "index.html"


def places_of(attempt: Attempt, out: Path, private: Path, *, pseudonym: str = "") -> Places:
    """Where an attempt's files go; by pseudonym if it belongs to a class."""
    reference = attempt.reference
    stem = f"{pseudonym}/{reference}"
    if not pseudonym:
        stem = f"{folder_name(attempt.submission.name)}-{reference}"
    return Places(
        page=page_path(out, attempt.submission.name),
        staff=private / "results" / f"{stem}.staff.json",
        replies=private / "replies" / f"{stem}.msgpack",
    )


def store_attempt(attempt: Attempt, replies: bytes, places: Places, show: Show) -> None:
    """Write the page and both views of the results; each file whole or not at all.

    Raises:
        OutputError: a file could not be written.
    """
    problem = show_attempt(attempt, places, show)
    store_results(noted(attempt, problem), replies, places)


def noted(attempt: Attempt, problem: str) -> Attempt:
    """With a note for staff, if there is something to say."""
    if not problem:
        return attempt
    return replace(attempt, notes=(*attempt.notes, Note(text=problem)))


def store_notebooks(notebooks: Mapping[str, bytes], places: Places) -> None:
    """Write executed notebooks beside the page; those of an earlier attempt go.

    Raises:
        OutputError: a file could not be written, or an earlier one not be deleted.
    """
    folder = places.page.parent
    for old in folder.glob("executed*.ipynb"):
        if old.name not in notebooks:
            _delete(old)
    for name, data in notebooks.items():
        write_file(folder / name, data, 0o644)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be deleted ({error.strerror})") from None


def shown_notebooks(attempt: Attempt, out: Path) -> dict[str, bytes]:
    """The executed notebooks beside a page; none if the page shows another attempt by now."""
    folder = page_path(out, attempt.submission.name).parent
    try:
        shown = attempt_from_json((folder / "results.json").read_bytes())
        if shown.reference != attempt.reference:
            return {}
        return {path.name: path.read_bytes() for path in folder.glob("executed*.ipynb")}
    except OSError:
        return {}


def store_results(attempt: Attempt, replies: bytes, places: Places) -> None:
    """Write what only staff may read.

    Raises:
        OutputError: a file could not be written.
    """
    write_file(places.staff, attempt_to_json(attempt), 0o600)
    if replies:
        write_file(places.replies, replies, 0o600)


def show_attempt(attempt: Attempt, places: Places, show: Show) -> str:
    """Write what the student may see.

    Returns:
        A sentence for staff if the page had to be a plain one, else "".

    Raises:
        OutputError: a file could not be written.
    """
    view = filter_for(attempt, Audience.STUDENT, show=show)
    make_folder(places.page.parent, 0o755)
    write_file(places.page.with_name("results.json"), attempt_to_json(view), 0o644)
    return write_page(view, places.page)


def result_path(private: Path, pseudonym: str, reference: str, *, replies: bool = False) -> Path:
    """Where a class keeps the full results, or the replies, of one grading."""
    if replies:
        return private / "replies" / pseudonym / f"{reference}.msgpack"
    return private / "results" / pseudonym / f"{reference}.staff.json"


def stored_attempts(private: Path, references: Collection[str]) -> Iterator[Attempt]:
    """The full results of a class with these references, one after the other."""
    for path in sorted((private / "results").glob("*/*.staff.json")):
        if path.name.removesuffix(".staff.json") in references:
            yield attempt_from_json(path.read_bytes())


def submission_path(private: Path, pseudonym: str, sha256: str) -> Path:
    """Where a class keeps what was handed in."""
    return private / "submissions" / pseudonym / f"{sha256}.zip"


def store_submission(submission: Submission, path: Path) -> None:
    """Keep what was handed in, for grading it again.

    Raises:
        OutputError: it could not be written.
    """
    if path.exists():
        return
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(submission.files):
            archive.writestr(zipfile.ZipInfo(str(name)), submission.files[name])
    write_file(path, packed.getvalue(), 0o600)


def check_writable(out: Path) -> None:
    """Make the folder of pages, and see that it takes files, before anything is graded.

    Raises:
        OutputError: it does not.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{out}: pages cannot be written there ({error.strerror})") from None


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder and those above it.

    Raises:
        OutputError: it could not be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from None


def write_file(path: Path, data: bytes, mode: int) -> None:
    """Write a file whole or not at all; folders that only staff may read are made 0700.

    Raises:
        OutputError: it could not be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    make_folder(path.parent, 0o755 if mode & 0o044 else 0o700)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # nor can it be deleted on a disk that is read-only now
            part.unlink()
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
