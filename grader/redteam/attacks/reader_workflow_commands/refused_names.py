"""Has a refused file whose name holds a line break and a command."""

# /// attack
# kind = "build"
# refused = "refused|link"
# ///

def build(folder):
    (folder / "a.py").write_text("def double(x):\n    return x * 3\n")
    (folder / "x\n::error::forged\n.py").write_text("")
    return folder
