"""Has a line of ten million characters, quotes that never close, brackets for the page."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED|SKIPPED|ERROR|TIMEOUT" }
# ///

def build(folder):
    text = "def double(x):\n    return x * 3\n\n\n# " + "[" * 60_000 + "\n"
    text += "y = '" + "\\" * 2_000_000 + "'\nz = " + '"' * 3 + "x" * 4_000_000 + '"' * 3 + "\n"
    (folder / "a.py").write_text(text)
    return folder
