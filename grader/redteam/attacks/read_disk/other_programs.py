"""Lets `cat` and a shell read the files."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os
import subprocess

import loot
import targets


def open_vault(n):
    path = targets.COURSE + "/solutions/vault/oracle.py"
    for command in (["cat", path], ["sh", "-c", f"cat {path}"]):
        try:
            loot.keep(subprocess.run(command, capture_output=True).stdout)
        except OSError:
            pass
    try:
        loot.keep(os.popen(f"cat {path}").read())
    except OSError:
        pass
    return loot.answer(n)
