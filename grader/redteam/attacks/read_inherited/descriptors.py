"""Reads every descriptor that it may have inherited."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os

import loot


def open_vault(n):
    for number in range(4, 1024):
        try:
            os.set_blocking(number, False)
            loot.keep(os.pread(number, 65536, 0))
        except OSError:
            pass
        loot.read(f"/proc/self/fd/{number}")
    return loot.answer(n)
