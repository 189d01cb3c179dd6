"""What a released file holds, for the search for secrets: itself, and what is packed in it."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

__all__ = ["contents_of", "text_of"]

MOST_BYTES = 64 << 20  # of one packed file; what is larger is data, not text
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def contents_of(raw: bytes, path: PurePosixPath) -> Iterator[tuple[bytes, PurePosixPath]]:
    """The file, then each file packed into it by gzip or zip, one level deep."""
    yield raw, path
    if raw.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            try:
                yield packed.read(MOST_BYTES), path.with_suffix("")
            except (OSError, EOFError, zlib.error):
                return  # damaged: nobody else can read it either
    elif raw.startswith(b"PK\x03\x04"):
        yield from _zipped(raw, path)


def text_of(raw: bytes) -> str:
    """As text, whatever it is; UTF-16 only with its mark."""
    encoding = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "utf-8")
    return raw.decode(encoding, errors="replace")


def _zipped(raw: bytes, path: PurePosixPath) -> Iterator[tuple[bytes, PurePosixPath]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    with archive.open(entry) as packed:
                        yield packed.read(MOST_BYTES), path / entry.filename
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError, NotImplementedError):
        return  # damaged or locked
