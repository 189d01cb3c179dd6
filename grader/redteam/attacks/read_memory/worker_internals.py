"""Takes the worker's own objects apart: its requests, its handles, its connection."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# control = "a naive grader has no worker"
# ///

import gc

import loot


def open_vault(n):
    for thing in gc.get_objects():
        if type(thing).__module__.startswith("grader"):
            loot.keep(thing)
            loot.keep(getattr(thing, "__dict__", ""))
    return loot.answer(n)
