"""The gallery: pages rendered from committed results, so that a change of a page can be seen.

reports/gallery/NAME.json    results of one attempt as its student may see them
reports/gallery/class.json   a ClassPage
reports/gallery/NAME.html    what `python -m grader.report.gallery [FOLDER]` makes of each
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from grader.model import Attempt, Measured, attempt_from_json, attempt_to_json
from grader.report.class_data import ClassPage
from grader.report.class_index import class_index
from grader.report.render import render, write_text

__all__ = ["class_from_json", "class_to_json", "main", "page_of", "rebuild", "timeless"]

_FOLDER = Path("reports/gallery")
_CLASS: TypeAdapter[ClassPage] = TypeAdapter(ClassPage)


def timeless(attempt: Attempt) -> bytes:
    """Results as JSON without what differs from run to run."""
    none = Measured()
    exercises = tuple(
        dataclasses.replace(
            exercise,
            measured=none,
            functions=tuple(
                dataclasses.replace(
                    function,
                    tests=tuple(
                        dataclasses.replace(test, measured=none) for test in function.tests
                    ),
                )
                for function in exercise.functions
            ),
        )
        for exercise in attempt.exercises
    )
    return attempt_to_json(dataclasses.replace(attempt, measured=none, exercises=exercises))


def class_to_json(page: ClassPage) -> bytes:
    """UTF-8 JSON; points stand as decimal text or "p/q"."""
    return _CLASS.dump_json(page, indent=2) + b"\n"


def class_from_json(text: bytes) -> ClassPage:
    """Read what `class_to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not JSON of this form.
    """
    return _CLASS.validate_json(text)


def page_of(results: Path) -> str:
    """The page that belongs to one file of results."""
    if results.name == "class.json":
        return class_index(class_from_json(results.read_bytes()))
    return render(attempt_from_json(results.read_bytes()))


def rebuild(folder: Path) -> tuple[Path, ...]:
    """Write the page beside each file of results; returns the pages."""
    pages = []
    for results in sorted(folder.glob("*.json")):
        page = results.with_suffix(".html")
        write_text(page_of(results), page)
        pages.append(page)
    return tuple(pages)


def main(arguments: Sequence[str]) -> None:
    """Rebuild the folder named on the command line, or reports/gallery."""
    rebuild(Path(arguments[0]) if arguments else _FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
