"""Is handed in under the longest name there can be."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///

def build(folder):
    path = folder / ("n" * 252 + ".py")
    path.write_text("def double(x):\n    return x * 2\n")
    return path
