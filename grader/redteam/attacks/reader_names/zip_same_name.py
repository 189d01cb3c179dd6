"""Hands in a zip with one name twice, letter case aside."""

# /// attack
# kind = "build"
# refused = "twice"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.py", "x = 1")
        archive.writestr("A.PY", "x = 2")
    return folder / "a.zip"
