"""The grader checks exercises and grades submissions for a PyTorch course."""

from __future__ import annotations

__all__ = ["check"]


def check(what: str = "") -> object:
    """Check your own work by the public tests: in a notebook the cells that ran so far.

    Args:
        what: the exercise ("relu") or a file ("relu.py"); "" for the exercise of this folder.

    Returns:
        The result, which a notebook shows under the cell.
    """
    import importlib  # nothing else of the grader may wait for this  # noqa: PLC0415

    return importlib.import_module("grader.selfcheck.running").check_here(what)
