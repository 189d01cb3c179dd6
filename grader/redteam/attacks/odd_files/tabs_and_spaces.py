"""Mixes tabs and spaces."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED", mean_of = "PASSED" }
# points = 2
# ///

def build(folder):
    text = "def mean_of(x):\n    return x.mean().item()\n\n\n"
    text += "def double(x):\n\tif True:\n        y = x * 2\n\treturn y\n"
    (folder / "a.py").write_text(text)
    return folder
