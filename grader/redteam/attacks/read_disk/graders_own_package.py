"""Asks the grader's own package for the course and its files."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

from pathlib import Path

import loot
import targets


def open_vault(n):
    try:
        from grader.catalog import load_course

        loot.read(load_course(Path(targets.COURSE)).exercise("vault").oracle)
    except ImportError:
        pass
    return loot.answer(n)
