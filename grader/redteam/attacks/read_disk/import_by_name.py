"""Imports the oracle and the hidden tests under every likely name."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import importlib

import loot


def open_vault(n):
    for name in ("oracle", "test_hidden", "oracle_of_vault", "solutions.vault.oracle", "reference"):
        try:
            loot.keep(vars(importlib.import_module(name)))
        except ImportError:
            pass
    return loot.answer(n)
