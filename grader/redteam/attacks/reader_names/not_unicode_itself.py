"""Is handed in under a name that is not valid Unicode."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
from pathlib import Path


def build(folder):
    path = os.path.join(os.fsencode(folder), b"\xfcb\xe4.py")
    with open(path, "w") as file:
        file.write("def double(x):\n    return x * 2\n")
    return Path(os.fsdecode(path))
