"""Is handed in under a name full of escape sequences."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    path = folder / "a\x1b[2J\x1b]0;owned\x07\u202e\r.py"
    path.write_text("def double(x):\n    return x * 3\n")
    return path
