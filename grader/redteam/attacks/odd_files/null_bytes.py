"""Hands in a file with null bytes, and one that is no text at all."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|PASSED" }
# ///

def build(folder):
    (folder / "a.py").write_bytes(bytes(range(256)) * 100)
    (folder / "b.py").write_bytes(b"def mean_of(x):\n    return 1\n\0\0\0")
    return folder
