"""Nests brackets, blocks and calls thousands deep."""

# /// attack
# verdicts = { double = "SKIPPED|ERROR|PASSED|TIMEOUT" }
# kind = "build"
# ///

def build(folder):
    deep = "(" * 5000 + ")" * 5000
    (folder / "a.py").write_text(f"x = {deep}\ny = {'[' * 100_000}\n")
    (folder / "b.py").write_text("def double(x):\n    return " + "-" * 100_000 + "x\n")
    blocks = "".join(" " * n + "if 1:\n" for n in range(2000))
    (folder / "c.py").write_text(blocks + " " * 2000 + "pass\n")
    return folder
