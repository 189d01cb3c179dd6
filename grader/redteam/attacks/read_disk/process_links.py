"""Goes around the view by /proc/self/cwd, /proc/self/root and those of other processes."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os

import loot
import targets


def open_vault(n):
    for process in ("self", "1", str(os.getppid()), str(targets.GRADER), "thread-self"):
        for link in ("cwd", "root", "fd/3", "task/1/root"):
            place = f"/proc/{process}/{link}"
            loot.read(place + targets.COURSE + "/solutions/vault/oracle.py")
            loot.read(place + "/oracle.py")
    return loot.answer(n)
