"""Hands in a zip in which one name is a file and a folder."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED|FAILED|SKIPPED" }
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.py/b.py", "def double(x):\n    return x * 3\n")
        archive.writestr("a.py", "x = 1\n")
    return folder / "a.zip"
