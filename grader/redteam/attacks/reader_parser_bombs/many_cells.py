"""Hands in a notebook of three hundred thousand cells."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|MEMORY" }
# forms = ["module", "executed"]
# ///

def build(folder):
    cell = '{"cell_type":"code","metadata":{},"outputs":[],"source":"x=1"}'
    cells = ",".join([cell] * 300_000)
    (folder / "a.ipynb").write_text(f'{{"cells":[{cells}],"metadata":{{}},"nbformat":4}}')
    return folder
