"""Hands in a file of comments."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# ///

def build(folder):
    (folder / "a.py").write_text("# I will do this later\n\n\n")
    return folder / "a.py"
