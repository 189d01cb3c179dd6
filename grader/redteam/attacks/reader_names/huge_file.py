"""Hands in a file of a terabyte with nothing in it."""

# /// attack
# kind = "build"
# refused = "larger than|more than"
# ///

import os


def build(folder):
    (folder / "a.py").touch()
    os.truncate(folder / "a.py", 1 << 36)
    return folder
