"""Is handed in under a name that is a workflow command."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    path = folder / "::add-mask::12.py"
    path.write_text("def double(x):\n    return x * 3\n")
    return path
