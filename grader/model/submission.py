"""What was handed in, as bytes that nothing has parsed, and what it may use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

__all__ = ["Limits", "Submission", "SubmissionInfo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in, as bytes; nothing here has been parsed."""

    name: str
    files: Mapping[PurePosixPath, bytes]

    @property
    def sha256(self) -> str:
        """Hash over the sorted names and the bytes, each with its length."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            for part in (str(path).encode("utf-8", "surrogatepass"), self.files[path]):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionInfo:
    """What results keep of a submission."""

    name: str
    sha256: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use. Units stand in the names; `processes` 0 denies fork.

    `wall_seconds` bounds one call; 20 times as much is there for the whole submission.
    `cpu_seconds` bounds each process that its code runs in.
    """

    wall_seconds: float = 4.0
    cpu_seconds: float = 20.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 20
    scratch_bytes: int = 64 << 20
    processes: int = 0
