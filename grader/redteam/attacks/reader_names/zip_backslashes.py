"""Hands in a zip with names as Windows has them, with drives and climbing out."""

# /// attack
# kind = "build"
# refused = "refused"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("C:\\windows\\a.py", "x = 1")
        archive.writestr("..\\..\\escaped.py", "x = 1")
    return folder / "a.zip"
