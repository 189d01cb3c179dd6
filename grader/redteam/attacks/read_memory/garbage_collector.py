"""Searches every object that the garbage collector knows."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# ///

import gc

import loot


def open_vault(n):
    for thing in gc.get_objects():
        if type(thing) is dict:
            for value in list(thing.values()):
                if type(value) in (str, bytes):
                    loot.keep(value)
    return loot.answer(n)
