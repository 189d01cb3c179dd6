"""Opens and maps the files from C, around everything Python could watch."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import ctypes
import mmap
import os

import loot
import targets


def open_vault(n):
    libc = ctypes.CDLL(None)
    path = (targets.COURSE + "/solutions/vault/oracle.py").encode()
    descriptor = libc.open(path, os.O_RDONLY)
    if descriptor >= 0:
        loot.keep(mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)[:])
    return loot.answer(n)
