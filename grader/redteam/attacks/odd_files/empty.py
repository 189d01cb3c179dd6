"""Hands in an empty file."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# ///

def build(folder):
    (folder / "a.py").touch()
    return folder / "a.py"
