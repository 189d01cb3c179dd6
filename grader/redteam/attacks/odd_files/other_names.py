"""Calls its functions by names of its own."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# ///

def build(folder):
    (folder / "a.py").write_text("def Double(x):\n    return x * 2\n\n\ndef mean(x):\n    return 0\n")
    return folder
