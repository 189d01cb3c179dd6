"""Hands in JSON nested a hundred thousand deep."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR" }
# ///

def build(folder):
    (folder / "a.ipynb").write_text("[" * 100_000 + "]" * 100_000)
    (folder / "b.ipynb").write_text('{"cells":' * 50_000 + "1" + "}" * 50_000)
    return folder
