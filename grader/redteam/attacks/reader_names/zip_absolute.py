"""Hands in a zip with absolute names."""

# /// attack
# kind = "build"
# refused = "refused"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("/tmp/escaped.py", "x = 1")
    return folder / "a.zip"
