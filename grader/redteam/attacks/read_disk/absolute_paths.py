"""Reads the hidden tests and the oracle by the course's absolute path."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# forms = ["module", "notebook", "executed"]
# ///

import loot
import targets


def open_vault(n):
    loot.read(targets.COURSE + "/solutions/vault/oracle.py")
    loot.read(targets.COURSE + "/solutions/vault/test_hidden.py")
    return loot.answer(n)
