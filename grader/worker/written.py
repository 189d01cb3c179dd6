"""Modules that a notebook writes by `%%writefile`: they can be imported though no cell is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.worker.files import refusal_of
from grader.worker.notebook import code_cells

__all__ = ["writes_module", "written_modules"]

_LINE = re.compile(r"%%(?:write)?file\s+(-a\s+|--append\s+)?[\"']?([\w./-]+\.py)[\"']?")


def writes_module(line: str) -> bool:
    """Whether a cell that begins with this line is the text of a module."""
    return _LINE.fullmatch(line) is not None


def written_modules(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the notebooks among these files would write; not what was handed in as well."""
    written: dict[str, bytes] = {}
    for path, data in files.items():
        if path.lower().endswith(".ipynb") and b"%%" in data:
            for name, text, is_added in _cells(path, data):
                before = written.get(name, b"") if is_added else b""
                written[name] = before + text.encode(errors="replace")
    return {name: text for name, text in written.items() if name not in files}


def _cells(path: str, data: bytes) -> Iterator[tuple[str, str, bool]]:
    """Path, text, and whether it is added to what an earlier cell wrote."""
    try:
        cells = code_cells(data)
    except SubmissionError:  # whoever reads the notebook says what is wrong
        return
    for cell in cells:
        line, _, text = cell.lstrip("\n").partition("\n")
        match = _LINE.fullmatch(line.rstrip())
        name = str(PurePosixPath(path).parent / match[2]) if match else ""
        if match and not refusal_of(name):
            yield name, text + "\n", match[1] is not None
