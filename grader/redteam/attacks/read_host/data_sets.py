"""Looks for test labels where systems and libraries keep data sets."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import glob
import os

import loot
import targets


def open_vault(n):
    tops = ["/usr/share", os.path.expanduser("~/.cache"), targets.FOLDER + "/home/.cache"]
    for top in tops:
        for path in glob.glob(top + "/**/*labels*", recursive=True):
            loot.read(path)
    return loot.answer(n)
