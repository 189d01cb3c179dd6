"""Asks `inspect` for the source of whatever called it."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import inspect

import loot


def open_vault(n):
    for info in inspect.stack(context=200):
        loot.keep("".join(info.code_context or []))
        try:
            loot.keep(inspect.getsource(info.frame))
            loot.keep(inspect.getsource(inspect.getmodule(info.frame)))
        except (OSError, TypeError):
            pass
    return loot.answer(n)
