"""Reads the oracle while the file is being loaded, before any function is called."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import loot
import targets

loot.read(targets.COURSE + "/solutions/vault/oracle.py")


def open_vault(n):
    return loot.answer(n)
