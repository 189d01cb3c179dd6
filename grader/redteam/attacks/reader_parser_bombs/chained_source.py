"""Chains operators, attributes and calls a hundred thousand long."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|MEMORY" }
# ///

def build(folder):
    chain = "+".join("1" for _ in range(100_000))
    dots = "x" + ".a" * 50_000
    (folder / "a.py").write_text(f"def double(x):\n    return {chain}\n\n\ny = lambda x: {dots}\n")
    return folder
