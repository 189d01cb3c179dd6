"""Reads the submission of the student before it."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob

import loot
import targets


def open_vault(n):
    loot.read(targets.ADA)
    for pattern in ("../*/ada.py", "/box/**/ada.py", "/tmp/**/ada.py", "/box/../*/ada.py"):
        for path in glob.glob(pattern, recursive=True):
            loot.read(path)
    return loot.answer(n)
