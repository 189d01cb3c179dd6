"""Reads shared memory of the host and of others."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob

import loot
import targets


def open_vault(n):
    loot.read(targets.SHM)
    for path in glob.glob("/dev/shm/*"):
        loot.read(path)
    return loot.answer(n)
