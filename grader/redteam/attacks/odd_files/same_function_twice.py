"""Has the same function in two files, differently."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# ///

def build(folder):
    (folder / "a.py").write_text("def double(x):\n    return x * 2\n")
    (folder / "b.py").write_text("def double(x):\n    return x * 3\n")
    return folder
