"""Has a syntax error in one function."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED", mean_of = "PASSED" }
# points = 2
# ///

def build(folder):
    text = "def double(x)\n    return x * 2\n\n\ndef mean_of(x):\n    return x.mean().item()\n"
    (folder / "a.py").write_text(text)
    return folder
