"""Aborts, traps and meets an illegal instruction."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# ///

import ctypes
import mmap
import os


def double(x):
    os.abort()


def mean_of(x):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\x0f\x0b" * 16)
    ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
