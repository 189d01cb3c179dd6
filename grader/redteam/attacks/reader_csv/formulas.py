"""Is handed in under names that spreadsheets take for formulas."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    path = folder / "=HYPERLINK(1)+cmd|' ‧C calc'!A0.py"
    path.write_text("def double(x):\n    return x * 3\n")
    return path
