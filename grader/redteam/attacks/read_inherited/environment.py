"""Reads its environment, as Python and as C have it."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import ctypes
import os

import loot


def open_vault(n):
    loot.keep(dict(os.environ))
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    index = 0
    while environ and environ[index] is not None:
        loot.keep(environ[index])
        index += 1
    loot.read("/proc/self/environ")
    return loot.answer(n)
