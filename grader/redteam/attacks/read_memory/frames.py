"""Walks up the stack for the test's variables."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# forms = ["module", "notebook", "executed"]
# ///

import sys

import loot


def open_vault(n):
    frame = sys._getframe()
    while frame is not None:
        for names in (frame.f_globals, frame.f_locals):
            for value in list(names.values()):
                if isinstance(value, str):
                    loot.keep(value)
                elif type(value) is type(sys):
                    loot.keep(getattr(value, "SECRET", ""))
        frame = frame.f_back
    return loot.answer(n)
