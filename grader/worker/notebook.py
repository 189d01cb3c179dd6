"""The cells of a notebook file, of format 2 to 4, whatever else is wrong with it.

Only what grading and the page use is read: of outputs the text, never HTML or a picture; unknown
or missing members do not matter. So nbformat is not needed, whose validation takes longer than all
the rest and refuses notebooks that Jupyter and Colab open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.errors import SubmissionError
from grader.worker.decoding import decode_json
from grader.worker.unreadable import NOT_SAVED, OTHER_FILE, why_no_notebook

__all__ = ["NotebookCell", "code_cells", "notebook_cells"]

_MOST_CELLS = 10_000
_MOST_OUTPUT = 8 << 10  # characters of the outputs of one cell
_SKIPPING_TAGS = {"skip", "skip-execution"}  # the second is nbclient's
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookCell:
    """One cell. `kind` is "code", "markdown" or "raw"; `is_skipped`: it is tagged not to run.

    `output` is the text that the notebook holds under the cell, cut to 8,192 characters.
    """

    kind: str
    source: str
    is_skipped: bool = False
    output: str = ""


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
        NotebookCell(
            kind=_kind(cell),
            source=_source(cell),
            is_skipped=_is_skipped(cell),
            output=_output(cell),
        )
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
        raise SubmissionError(f"the file is empty; {NOT_SAVED}")
    try:
        notebook = json.loads(text)
    except (RecursionError, MemoryError):
        raise SubmissionError(f"it is nested too deeply or too large; {OTHER_FILE}") from None
    except ValueError as error:  # also e.g. a number of 5,000 digits
        raise SubmissionError(why_no_notebook(text, error)) from None
    if not isinstance(notebook, dict):
        raise SubmissionError(f"it is JSON, but not a notebook; {OTHER_FILE}")
    return notebook


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """All cells; in formats 2 and 3 they stand in worksheets."""
    cells = notebook.get("cells")
    sheets = notebook.get("worksheets")
    if not isinstance(cells, list) and isinstance(sheets, list):
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        cells = [cell for part in parts if isinstance(part, list) for cell in part]
    if not isinstance(cells, list):
        raise SubmissionError(f"it is JSON, but not a notebook: it has no cells; {OTHER_FILE}")
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
    source = _joined(cell.get("source", cell.get("input", "")))  # formats 2 and 3 say input
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _joined(text: Any) -> str:
    """Text that a notebook holds whole or as a list of lines."""
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    return text if isinstance(text, str) else ""


def _output(cell: dict[str, Any]) -> str:
    outputs = cell.get("outputs")
    if not isinstance(outputs, list):
        return ""
    text = ""
    for output in outputs:
        if isinstance(output, dict) and len(text) <= _MOST_OUTPUT:
            for part in _output_texts(output):
                text += part[: _MOST_OUTPUT + 1]
                text += "" if text.endswith("\n") else "\n"
    text = _COLOURS.sub("", text[:_MOST_OUTPUT].replace("\r\n", "\n").replace("\0", ""))
    # a progress bar writes over its line: what was seen last is kept
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n")).rstrip()


def _output_texts(output: dict[str, Any]) -> Iterator[str]:
    """Streams, the text of results, the traceback of errors; pictures by name."""
    trace = output.get("traceback")
    if isinstance(trace, list):
        yield "\n".join(line for line in trace if isinstance(line, str))
        return
    data = output.get("data")
    if not isinstance(data, dict):
        data = {"text/plain": output.get("text", "")}  # a stream, or format 3
    text = _joined(data.get("text/plain", ""))
    if text:
        yield text
    for kind in data:
        if kind.startswith("image/"):
            yield f"({kind[:40]} is not shown)"
