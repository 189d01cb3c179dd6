"""Is handed in under a name that becomes another student's when it is cleaned."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    inner = folder / " ada "
    inner.mkdir()
    (inner / "x.py").write_text("def double(x):\n    return x * 3\n")
    return inner
