"""Hands in a notebook that is no JSON, and one that is something else."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# forms = ["module", "executed"]
# ///

def build(folder):
    (folder / "a.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "def dou')
    (folder / "b.ipynb").write_text('["nothing", null, {"cells": 3}]')
    (folder / "c.ipynb").write_text('{"cells": {"a": 1}, "nbformat": "four"}')
    return folder
