"""Pages again from stored results: nothing is run, only read, filtered and rendered."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from grader.errors import UsageError
from grader.model import SCHEMA_VERSION, Attempt, attempt_from_json

__all__ = ["newest_of_each", "read_results", "stored_results"]

_STAFF = ".staff.json"


def read_results(path: Path) -> Attempt:
    """The attempt in results.json or in a .staff.json.

    Raises:
        UsageError: the file cannot be read, is none of the two, or has another version.
    """
    try:
        raw = path.read_bytes()
        version = json.loads(raw).get("schema_version")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, AttributeError, RecursionError):
        raise UsageError(f"{path}: not the results of an attempt") from None
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"{path}: results of version {version}; this grader reads version {SCHEMA_VERSION}, so "
            "grade the submission again or use the grader that wrote it"
        )
    try:
        return attempt_from_json(raw)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UsageError(
            f"{path}: not the results of an attempt (`{place}` does not fit)"
        ) from None


def stored_results(private: Path, wanted: str | None) -> list[Path]:
    """Staff results below `private`, by the attempt's reference or the submission's name; all of
    them if None. Those of a class lie in folders by pseudonym and are found by reference alone.
    """
    folder = private / "results"
    if wanted is None:
        return sorted(folder.glob(f"*{_STAFF}"))
    found = [
        path
        for path in sorted(folder.rglob(f"*{_STAFF}"))
        if path.name.removesuffix(_STAFF) == wanted
        or path.name.endswith(f"-{wanted}{_STAFF}")
        or path.name.removesuffix(_STAFF).rpartition("-")[0] == wanted
    ]
    return found


def newest_of_each(paths: list[Path]) -> list[Path]:
    """One file a submission: the one written last."""
    newest: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: path.stat().st_mtime):
        newest[path.name.removesuffix(_STAFF).rpartition("-")[0] or path.name] = path
    return sorted(newest.values())
