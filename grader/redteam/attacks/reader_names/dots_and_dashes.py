"""Is handed in under names that mean something to shells and file systems."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///

def build(folder):
    path = folder / "-rf ~ $(touch owned) `id` ..py.py"
    path.write_text("def double(x):\n    return x * 2\n")
    return path
