"""Reads the submission of the student before it."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob
import os

import loot
import targets


def age(path):
    try:
        return -os.stat(path).st_mtime
    except OSError:
        return 0.0


def open_vault(n):
    loot.read(targets.ADA)
    newest = sorted(glob.glob("/tmp/*"), key=age)
    others = [f"{folder}/**/ada.py" for folder in newest]
    for pattern in ("../*/ada.py", "/box/**/ada.py", "/box/../*/ada.py", *others):
        for path in glob.iglob(pattern, recursive=True):
            loot.read(path)
        if loot.FOUND:
            break
    return loot.answer(n)
