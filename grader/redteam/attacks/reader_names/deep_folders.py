"""Hands in a folder in a folder, five hundred deep."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

import os


def build(folder):
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(500):
            os.mkdir("d")
            os.chdir("d")
        with open("a.py", "w") as file:
            file.write("def double(x):\n    return x * 3\n")
    finally:
        os.chdir(here)
    (folder / "b.py").write_text("x = 1\n")
    return folder
