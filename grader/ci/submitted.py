"""What a checkout submits: the code in its exercises' folders, and nothing else of it.

Files keep their path in the checkout, so that annotations find their place. No link is followed,
not even one in the place of a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from grader.catalog import Course
from grader.errors import SubmissionError
from grader.loader import SKIPPED_FOLDERS, gather, is_code, read_file
from grader.model import Submission

__all__ = ["submission_of"]

_SKIPPED_NAMES = frozenset(
    {"test_public.py", "conftest.py", "sitecustomize.py", "usercustomize.py"}
)


def submission_of(course: Course, folder: Path, name: str) -> Submission | None:
    """The code in `folder`/exercises/SLUG for every exercise of the course; None if there is none.

    Raises:
        SubmissionError: a file is refused: a link, a device, too large, an odd name.
    """
    places = [folder / "exercises", *(folder / "exercises" / slug for slug in course.exercises)]
    for place in places:
        if place.is_symlink():
            raise SubmissionError(f"{place}: a link; hand in the folder itself")
    files = list(_code(folder, [place for place in places[1:] if place.is_dir()]))
    return gather(folder, name, files) if files else None


def _code(root: Path, places: list[Path]) -> Iterator[tuple[str, bytes]]:
    for place in places:
        for folder, folders, names in os.walk(place):  # follows no links
            for entry in folders:
                if Path(folder, entry).is_symlink():
                    raise SubmissionError(
                        f"{Path(folder, entry)}: a link; hand in the folder itself"
                    )
            folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
            for entry in sorted(names):
                path = Path(folder, entry)
                if not is_code(path) or entry in _SKIPPED_NAMES:
                    continue
                if path.is_symlink():
                    raise SubmissionError(f"{path}: a link; hand in the file itself")
                yield path.relative_to(root).as_posix(), read_file(path)
