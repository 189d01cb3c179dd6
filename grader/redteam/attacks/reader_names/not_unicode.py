"""Hands in files whose names are not valid Unicode."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os


def build(folder):
    (folder / "a.py").write_text("def double(x):\n    return x * 2\n")
    for name in (b"\xfcbung.txt", b"\xff\xfe.py", b"\xe4.ipynb"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:
            file.write("x = 1\n")
    return folder
