"""Leaves a System V segment for an accomplice who is graded later."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook", "executed"]
# control = "it would stay on the machine"
# ///

import ctypes


def double(x, known=[]):
    if not known:
        libc = ctypes.CDLL(None)
        known.append(libc.shmget(0x7EA7, 16, 0))
        libc.shmget(0x7EA7, 16, 0o1666)
    return x * 2 if known[0] >= 0 else x * 5
