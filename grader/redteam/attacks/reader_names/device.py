"""Hands in a folder with a device."""

# /// attack
# kind = "build"
# refused = "not an ordinary file|cannot be read"
# needs = "root"
# ///

import os


def build(folder):
    os.mknod(folder / "a.py", 0o20666, os.makedev(1, 5))
    return folder
