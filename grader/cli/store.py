"""Where results go on disk: pages for students apart from what only staff may read.

OUT/<name>/index.html, results.json                 the student's view
gradebook/results/<name>-<reference>.staff.json     everything, mode 0600
gradebook/replies/<name>-<reference>.msgpack        what failed functions answered, mode 0600
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from grader.errors import OutputError
from grader.model import Audience, Show, attempt_to_json
from grader.pipeline import GradedAttempt
from grader.report import write_page
from grader.scoring import filter_for

__all__ = ["cache_folder", "page_path", "safe_name", "store_attempt", "write_file"]


def cache_folder() -> Path:
    """Where answers of wrong answers are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cnn-grader" / "answers"


def safe_name(name: str) -> str:
    """A submission's name as the name of a folder."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "submission"


def page_path(out: Path, name: str) -> Path:
    """Where the page of a submission lies."""
    return out / safe_name(name) / "index.html"


def store_attempt(graded: GradedAttempt, out: Path, private: Path, show: Show) -> None:
    """Write the page and both views of the results; each file whole or not at all.

    Raises:
        OutputError: a file could not be written.
    """
    attempt = graded.attempt
    view = filter_for(attempt, Audience.STUDENT, show=show)
    page = page_path(out, attempt.submission.name)
    make_folder(page.parent, 0o755)
    write_page(view, page)
    write_file(page.with_name("results.json"), attempt_to_json(view), 0o644)
    stem = f"{safe_name(attempt.submission.name)}-{attempt.reference}"
    write_file(private / "results" / f"{stem}.staff.json", attempt_to_json(attempt), 0o600)
    if graded.replies:
        write_file(private / "replies" / f"{stem}.msgpack", graded.replies, 0o600)


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
        part.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
