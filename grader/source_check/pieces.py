"""What the checks read: top-level statements, with the file and cell that they stand in."""

from __future__ import annotations

import ast
from dataclasses import dataclass

__all__ = ["Piece"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Consecutive top-level statements of one file, or of one code cell of a notebook.

    Line numbers count within the file or cell; `cell` counts code cells from 1.
    """

    path: str
    body: tuple[ast.stmt, ...]
    cell: int | None = None

    @property
    def place(self) -> str:
        """The path as tracebacks show it."""
        return self.path if self.cell is None else f"{self.path}, cell {self.cell}"
