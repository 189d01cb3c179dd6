"""The cells of a notebook file, of format 2 to 4, whatever else is wrong with it.

Only what grading uses is read: outputs are never looked at, unknown or missing members do not
matter. So nbformat is not needed, whose validation takes longer than all the rest and refuses
notebooks that Jupyter and Colab open.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from grader.errors import SubmissionError
from grader.worker.decoding import decode_json

__all__ = ["NotebookCell", "code_cells", "notebook_cells"]

_MOST_CELLS = 10_000
_SKIPPING_TAGS = {"skip", "skip-execution"}  # the second is nbclient's
_ADVICE = "open it in Jupyter or Colab, save it and hand it in again"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookCell:
    """One cell. `kind` is "code", "markdown" or "raw"; `is_skipped`: it is tagged not to run."""

    kind: str
    source: str
    is_skipped: bool = False


def code_cells(data: bytes) -> list[str]:
    """The source of each code cell, in order, with line ends of \\n only.

    Raises:
        SubmissionError: this is no notebook of Python code; the message says why.
    """
    return [cell.source for cell in notebook_cells(data) if cell.kind == "code"]


def notebook_cells(data: bytes) -> list[NotebookCell]:
    """All cells in order, texts among them.

    Raises:
        SubmissionError: as code_cells.
    """
    notebook = _notebook(data)
    _check_language(notebook)
    cells = [
        NotebookCell(kind=_kind(cell), source=_source(cell), is_skipped=_is_skipped(cell))
        for cell in _cells(notebook)
    ]
    count = sum(cell.kind == "code" for cell in cells)
    if not count:
        raise SubmissionError("the notebook has no code cells")
    if count > _MOST_CELLS:
        raise SubmissionError(f"the notebook has more than {_MOST_CELLS:,} code cells")
    return cells


def _kind(cell: dict[str, Any]) -> str:
    kind = cell.get("cell_type")
    if kind in ("code", "raw"):
        return str(kind)
    return "markdown"  # also the headings of format 3


def _is_skipped(cell: dict[str, Any]) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and any(tag in _SKIPPING_TAGS for tag in tags if type(tag) is str)


def _notebook(data: bytes) -> dict[str, Any]:
    text = decode_json(data)
    if not text.strip():
        raise SubmissionError("the file is empty")
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"{error.msg}, line {error.lineno}"
        raise SubmissionError(f"it is not a valid notebook ({what}); {_ADVICE}") from None
    except (RecursionError, MemoryError):
        raise SubmissionError(f"it is nested too deeply or too large; {_ADVICE}") from None
    except ValueError as error:  # e.g. a number of 5,000 digits
        raise SubmissionError(f"it is not a valid notebook ({error}); {_ADVICE}") from None
    if not isinstance(notebook, dict):
        raise SubmissionError(f"it is JSON, but not a notebook; {_ADVICE}")
    return notebook


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """All cells; in formats 2 and 3 they stand in worksheets."""
    cells = notebook.get("cells")
    sheets = notebook.get("worksheets")
    if not isinstance(cells, list) and isinstance(sheets, list):
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for part in parts if isinstance(part, list) for cell in part]
    if not isinstance(cells, list):
        raise SubmissionError(f"it is JSON, but not a notebook: it has no cells; {_ADVICE}")
    return [cell for cell in cells if isinstance(cell, dict)]


def _check_language(notebook: dict[str, Any]) -> None:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(section)
        language = part.get(key) if isinstance(part, dict) else None
        if isinstance(language, str) and "python" not in language.lower():
            raise SubmissionError(f"the notebook is written in {language[:40]}, not in Python")


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))  # formats 2 and 3 say input
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
