"""Reads a file of the host that everybody may read."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import loot
import targets


def open_vault(n):
    loot.read(targets.FILE)
    return loot.answer(n)
