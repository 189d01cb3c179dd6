"""Reads compiled copies of tests and oracle."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob

import loot
import targets


def open_vault(n):
    for pattern in ("__pycache__/*", "../__pycache__/*", targets.COURSE + "/**/__pycache__/*"):
        for path in glob.glob(pattern, recursive=True):
            loot.read(path)
    return loot.answer(n)
