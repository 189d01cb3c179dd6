"""A folder or a bulk zip as one list of files by relative name; read only when it is due."""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.errors import SubmissionError, UsageError
from grader.loader import (
    BROKEN_ZIP,
    SKIPPED_FOLDERS,
    entry_name,
    is_zip,
    read_entry,
    read_file,
)

__all__ = ["Files", "open_tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """`names` are relative, with slashes, sorted; `problems` what could not even be listed.

    `empty` are folders without a file, as far as whole submissions may lie there.
    """

    root: Path
    names: tuple[str, ...] = field(repr=False)
    problems: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            UsageError, SubmissionError: it cannot be read, or is refused.
        """
        path = self.root / name
        if path.is_symlink():
            raise SubmissionError(f"{path}: a link; hand in the file itself")
        return read_file(path)

    def changed(self, name: str) -> datetime.datetime | None:
        """When the file says that it was last changed; None if that is no moment."""
        return datetime.datetime.fromtimestamp((self.root / name).lstat().st_mtime, datetime.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Archive(Files):
    archive: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo] = field(repr=False)

    def read(self, name: str) -> bytes:
        return read_entry(self.root, self.archive, self.entries[name])

    def changed(self, name: str) -> datetime.datetime | None:
        try:  # a zip knows no zone: taken for the machine's
            return datetime.datetime(*self.entries[name].date_time).astimezone(datetime.UTC)
        except ValueError:  # programs that know no time write month 0, day 0
            return None


def open_tree(path: Path) -> Files:
    """The files below a folder, or in a zip.

    Raises:
        UsageError: there is no such folder or zip, or it cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    if is_zip(path):
        return _archive(path)
    if path.is_file():
        return Files(root=path.parent, names=(path.name,))
    raise UsageError(f"{path}: there is no such folder or zip file")


def _folder(root: Path) -> Files:
    problems: list[str] = []
    unread: set[Path] = set()

    def unreadable(error: OSError) -> None:
        unread.add(Path(error.filename))
        problems.append(f"{error.filename}: cannot be read ({error.strerror})")

    names: list[str] = []
    below: list[str] = []
    for folder, folders, files in os.walk(root, onerror=unreadable):
        kept = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        links = [name for name in kept if Path(folder, name).is_symlink()]
        problems += [f"{Path(folder, n)}: a link; hand in the folder itself" for n in links]
        folders[:] = [name for name in kept if name not in links]
        below = below or list(folders)
        names += [Path(folder, name).relative_to(root).as_posix() for name in files]
    return Files(
        root=root,
        names=tuple(sorted(names)),
        problems=tuple(problems),
        empty=_empty([name for name in below if root / name not in unread], names),
    )


def _empty(folders: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Those of the folders in which no file lies, hidden ones aside; they are not deep."""
    parents = {parent for name in names for parent in _above(name)}
    found = {name for name in folders if not name.rpartition("/")[2].startswith(".")}
    return tuple(sorted(found - parents))


def _above(name: str) -> Iterator[str]:
    """The first two folders that a file lies in."""
    first, slash, rest = name.partition("/")
    if slash:
        yield first
        second, slash, _ = rest.partition("/")
        if slash:
            yield f"{first}/{second}"


def _archive(path: Path) -> _Archive:
    try:
        archive = zipfile.ZipFile(path)
        entries = dict(_entries(archive))
        folders = [name for name in map(_folder_name, archive.infolist()) if name]
    except BROKEN_ZIP as error:
        raise UsageError(f"{path}: not a zip file that can be read ({error})") from None
    return _Archive(
        root=path,
        names=tuple(sorted(entries)),
        empty=_empty(folders, entries),
        archive=archive,
        entries=entries,
    )


def _folder_name(entry: zipfile.ZipInfo) -> str:
    """That of a folder which may be a whole submission; "" of anything else."""
    name = entry_name(entry).replace("\\", "/").rstrip("/")
    parts = PurePosixPath(name).parts
    is_one = entry.is_dir() and len(parts) <= 2 and not SKIPPED_FOLDERS & set(parts)
    return name if is_one else ""


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for entry in archive.infolist():
        name = entry_name(entry).replace("\\", "/")
        if not entry.is_dir() and not SKIPPED_FOLDERS & set(PurePosixPath(name).parts):
            yield name, entry
