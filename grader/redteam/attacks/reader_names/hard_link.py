"""Hands in a hard link to another student's file."""

# /// attack
# kind = "build"
# refused = "hard link"
# ///

import os


def build(folder):
    os.link(folder.parent / "ada.py", folder / "a.py")
    return folder
