"""Hands in a folder with a pipe, on which a reader would wait for ever."""

# /// attack
# kind = "build"
# refused = "not an ordinary file"
# ///

import os


def build(folder):
    os.mkfifo(folder / "a.py")
    return folder
