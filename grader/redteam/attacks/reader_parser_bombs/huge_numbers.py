"""Has numbers of a million digits in its source, its notebook and its constants."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|MEMORY|PASSED" }
# ///

def build(folder):
    digits = "9" * 1_000_000
    (folder / "a.py").write_text(f"def double(x):\n    return {digits}\n")
    (folder / "b.py").write_text(f"N = 0x{digits}\nM = {digits}e{digits}\nP = 2**2**2**2**2**2\n")
    (folder / "c.ipynb").write_text('{"cells": [], "nbformat": %s}' % digits)
    return folder
