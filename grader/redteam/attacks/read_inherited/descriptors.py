"""Reads every descriptor that it may have inherited."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os

import loot


def open_vault(n):
    for number in range(4, 1024):
        try:
            loot.keep(os.pread(number, 65536, 0))
            again = os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_NONBLOCK)
            loot.keep(os.read(again, 65536))
        except OSError:
            pass
    return loot.answer(n)
