"""Hands in a pipe."""

# /// attack
# kind = "build"
# refused = "not an ordinary file"
# ///

import os


def build(folder):
    os.mkfifo(folder / "a.py")
    return folder / "a.py"
