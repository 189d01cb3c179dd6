"""The files of a scaffold, with `$name` in place of what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from string import Template

__all__ = ["filled"]


def filled(kind: str, values: Mapping[str, str]) -> dict[PurePosixPath, str]:
    """Every file of one template folder by its place in the new one, sorted.

    Args:
        kind: "course", "exercise" or "solutions".
        values: for every name that the templates use.
    """
    folder = resources.files("grader.scaffold") / "templates" / kind
    return {
        path: Template(file.read_text(encoding="utf-8")).substitute(values)
        for path, file in sorted(_files(folder, PurePosixPath()))
    }


def _files(
    folder: Traversable, inside: PurePosixPath
) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, inside / entry.name)
        elif entry.name.endswith(".txt"):  # so that no tool takes a template for the real thing
            yield inside / entry.name.removesuffix(".txt"), entry
