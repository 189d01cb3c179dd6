"""Samples that lie where nothing looks for them, and so prove nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.catalog import Exercise

__all__ = ["unread"]


def unread(exercise: Exercise, kinds: Sequence[str]) -> Iterator[Path]:
    """The modules in folders of solutions/SLUG that are no sample of these kinds and no wrong
    answer: in a misspelt folder, or one level too high or too deep."""
    read = {path for kind in kinds for path in exercise.samples(kind)}
    read |= {wrong.path for wrong in exercise.wrong_answers}
    folder = exercise.reference.parent
    yield from sorted(path for path in folder.glob("*/**/*.py") if path not in read)
