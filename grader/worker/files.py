"""Writes a submission into the worker's scratch folder, and finds student modules there.

work/                     first on sys.path, so that submitted siblings can be imported
work/<path of each file>  bytes as handed in; directories kept
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from types import CodeType, ModuleType
from typing import Any

from grader.errors import SubmissionError
from grader.worker.decoding import decode_source

__all__ = ["imported_from", "make_importable", "module_spec", "refusal_of", "write_files"]

_MOST_NAME_BYTES = 255
_MOST_PATH_BYTES = 1024


def refusal_of(path: str) -> str:
    """Why a file of this name is not written, or "" if it is."""
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return "its name is not valid Unicode"
    parts = path.split("/")
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in parts):
        return "its name leads out of the folder"
    if any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in path):
        return "its name holds control characters"
    if size > _MOST_PATH_BYTES or any(len(part.encode()) > _MOST_NAME_BYTES for part in parts):
        return "its name is too long"
    return ""


def write_files(work: Path, files: Mapping[str, bytes]) -> None:
    """Write all files whose names are not refused; a file that does not fit is left out."""
    work.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        if refusal_of(path):
            continue
        target = work / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError:  # e.g. a name that clashes with a folder's, or the scratch folder is full
            continue


class _StudentLoader(importlib.machinery.SourceFileLoader):
    """Compiles a file in whatever encoding it was saved; keeps no bytecode."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        try:
            text, _ = decode_source(self.get_data(path))
        except SubmissionError as error:
            raise ImportError(f"{fullname}: {error}") from None
        code: CodeType = compile(text, path, "exec", dont_inherit=True)
        return code

    def get_source(self, fullname: str) -> str:
        return decode_source(self.get_data(self.get_filename(fullname)))[0]


def make_importable(work: Path, folder: Path, files: Iterable[str]) -> None:
    """Let student files import each other.

    The work folder and the folder of the student's file come first on sys.path, as when Python
    runs that file; the other folders with modules last, for those who would append them.
    """
    first = [str(directory) for directory in dict.fromkeys((work, folder)) if directory.is_dir()]
    modules = [work / path for path in files if path.endswith(".py") and not refusal_of(path)]
    others = {str(module.parent) for module in modules if module.parent.is_dir()}
    for directory in first:
        if directory in sys.path:
            sys.path.remove(directory)
        sys.path.insert(0, directory)
    sys.path += sorted(others - set(sys.path))
    sys.dont_write_bytecode = True
    hook = importlib.machinery.FileFinder.path_hook((_StudentLoader, [".py"]))
    for directory in others.union(first):
        sys.path_importer_cache[directory] = hook(directory)
    importlib.invalidate_caches()


def module_spec(work: Path, path: str) -> importlib.machinery.ModuleSpec:
    """The spec of the student's file `path`, under a name that hides no other module."""
    name = _module_name(path)
    loader = _StudentLoader(name, str(work / path))
    spec = importlib.util.spec_from_file_location(name, work / path, loader=loader)
    assert spec is not None
    return spec


def imported_from(path: Path) -> ModuleType | None:
    """The module of this file, if another student file has imported it already."""
    module = sys.modules.get(path.stem)
    return module if getattr(module, "__file__", None) == str(path) else None


def _module_name(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    known: Mapping[str, ModuleType | Any] = sys.modules
    for name in (".".join(parts), parts[-1]):
        is_name = all(part.isidentifier() for part in name.split("."))
        if is_name and name not in known and parts[0] not in known:
            return name
    return "submission"
