"""Hands in a zip with names that climb out of it."""

# /// attack
# kind = "build"
# refused = "refused"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.py", "def double(x):\n    return x * 2\n")
        archive.writestr("../../escaped.py", "x = 1")
    return folder / "a.zip"
