"""Notices that a file was saved: by looking, since no two systems tell it the same way."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["Watch"]

_LOOK_SECONDS = 0.1

_Seen = tuple[tuple[str, int, int], ...]


class Watch:
    """Looks at files and whole folders again and again."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._seen = self._look()

    def changes(self) -> Iterator[None]:
        """One step per change, as soon as two looks in a row agree; never ends by itself."""
        while True:
            time.sleep(_LOOK_SECONDS)
            now = self._look()
            if now != self._seen and now:
                while now != (now := self._look()):  # an editor that writes in several steps
                    time.sleep(_LOOK_SECONDS / 5)
                self._seen = now
                yield

    def _look(self) -> _Seen:
        """Name, time and size of each file there is; a file being replaced may be missing."""
        seen = []
        for path in self._paths:
            files = sorted(path.rglob("*.[pi]*")) if path.is_dir() else [path]
            for file in files:
                try:
                    status = file.stat()
                except OSError:
                    continue
                seen.append((str(file), status.st_mtime_ns, status.st_size))
        return tuple(seen)
