"""Reads the memory of its parent and of the grader through /proc."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# control = "ptrace"
# ///

import os

import loot
import targets


def open_vault(n):
    for pid in (os.getppid(), targets.GRADER):
        try:
            maps = open(f"/proc/{pid}/maps").read().splitlines()
            memory = open(f"/proc/{pid}/mem", "rb", 0)
        except OSError:
            continue
        for line in maps:
            start, end = (int(x, 16) for x in line.split()[0].split("-"))
            if " rw" in line and end - start < 1 << 26 and not loot.FOUND:
                try:
                    memory.seek(start)
                    loot.keep(memory.read(end - start))
                except (OSError, ValueError):
                    pass
    return loot.answer(n)
