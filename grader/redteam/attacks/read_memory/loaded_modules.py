"""Reads the variables of all modules."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import sys

import loot


def open_vault(n):
    for module in list(sys.modules.values()):
        for value in list(getattr(module, "__dict__", {}).values()):
            if type(value) is str:
                loot.keep(value)
    return loot.answer(n)
