"""Hands in a hard link to the solutions."""

# /// attack
# kind = "build"
# refused = "hard link"
# ///

import os


def build(folder):
    os.link(folder.parent.parent / "course/solutions/vault/reference.py", folder / "a.py")
    return folder
