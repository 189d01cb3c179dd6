"""Makes symbolic and hard links to the files and reads through them."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os
import shutil

import loot
import targets


def open_vault(n):
    path = targets.COURSE + "/solutions/vault/oracle.py"
    for make in (os.symlink, os.link, shutil.copyfile, os.rename):
        name = f"by-{make.__name__}"
        try:
            make(path if make is not os.rename else name, name)
        except OSError:
            pass
        loot.read(name)
    return loot.answer(n)
