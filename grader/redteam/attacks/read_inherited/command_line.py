"""Reads the command lines of itself and of those that started it."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os
import sys

import loot


def open_vault(n):
    loot.keep([sys.argv, sys.orig_argv])
    for pid in range(1, 300):
        loot.read(f"/proc/{pid}/cmdline")
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            loot.read(f"/proc/{pid}/cmdline")
    return loot.answer(n)
