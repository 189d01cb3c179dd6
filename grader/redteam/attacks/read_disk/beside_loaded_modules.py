"""Searches the folders of all modules that are loaded."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# ///

import os
import sys

import loot


def open_vault(n):
    files = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    for folder in {os.path.dirname(path) for path in files if path}:
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if "oracle" in name or "hidden" in name or "solution" in name:
                loot.read(os.path.join(folder, name))
    return loot.answer(n)
