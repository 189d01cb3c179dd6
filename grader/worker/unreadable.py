"""Why a file is no notebook, and what helps: Jupyter cannot open it either."""

from __future__ import annotations

import json
import re

from grader.worker.conflicts import conflict_advice, conflicts

__all__ = ["NOT_SAVED", "OTHER_FILE", "why_no_notebook"]

NOT_SAVED = (
    "save the notebook in Jupyter or Colab, look at the size of the file, and hand it in again"
)
OTHER_FILE = "hand in the file that Jupyter or Colab saves, whose name ends in .ipynb"
_OLDER = (
    "Jupyter cannot open it either; mend that line in a text editor, or take an older version: the "
    "folder .ipynb_checkpoints beside it, Colab's File > Revision history, or your commits"
)
_PYTHON = re.compile(r"^(?:import |from [\w.]+ import |def \w+\(|class \w+[(:])", re.MULTILINE)
_OTHERS = (
    ("PK", "it is a zip file under another name; unpack it and hand in the notebook in it"),
    ("%PDF", f"it is a PDF, not a notebook; {OTHER_FILE}"),
    (
        "version https://git-lfs",
        "it is only the pointer that Git LFS keeps; run `git lfs pull` and hand in the notebook",
    ),
    (
        "<",
        "it is a web page, not a notebook; download the file itself (on GitHub: Download raw file, "
        "on Colab: File > Download)",
    ),
)


def why_no_notebook(text: str, error: ValueError) -> str:
    """One sentence without its full stop.

    Args:
        text: of the file, not empty.
        error: of reading it as JSON.
    """
    text = text.strip()
    for conflict in conflicts(text.split("\n")):
        return f"it is not a valid notebook: {conflict_advice(conflict)}"
    for start, sentence in _OTHERS:
        if text.startswith(start):
            return sentence
    if not text.startswith(("{", "[")) and _PYTHON.search(text):
        return "it is Python source, not a notebook; give it a name that ends in .py"
    if text.startswith("{") and not text.endswith("}"):
        return (
            "it is not a valid notebook: it ends in the middle, so it was not saved or not "
            "downloaded to its end; save or download it again, compare the sizes, and hand it in"
        )
    where = (
        f"{error.msg}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else error
    )
    return f"it is not a valid notebook ({where}); {_OLDER}"
