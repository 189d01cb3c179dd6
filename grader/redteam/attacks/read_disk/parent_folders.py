"""Climbs from its own folder through every `..`."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os

import loot
import targets


def open_vault(n):
    for levels in range(12):
        up = "../" * levels
        loot.read(up + "solutions/vault/oracle.py")
        loot.read(up + "oracle.py")
        loot.read(up + targets.COURSE.lstrip("/") + "/solutions/vault/oracle.py")
    loot.read(os.path.relpath(targets.COURSE + "/solutions/vault/oracle.py"))
    return loot.answer(n)
