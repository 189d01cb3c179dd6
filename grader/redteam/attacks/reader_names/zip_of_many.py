"""Hands in a zip of a hundred thousand files."""

# /// attack
# kind = "build"
# refused = "more than"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.txt", b"")
        archive.writestr("a.py", b"x = 1")
    return folder / "a.zip"
