"""Is handed in under the longest name that a wide script allows."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///


def build(folder):
    path = folder / ("名" * 84 + ".py")
    path.write_text("def double(x):\n    return x * 2\n")
    return path
