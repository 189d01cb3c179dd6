"""Hands in a notebook of format 3."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["module", "executed"]
# ///

import json


def build(folder):
    cell = {"cell_type": "code", "input": "def double(x):\n    return x * 2", "language": "python"}
    sheet = {"worksheets": [{"cells": [cell]}], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}
    (folder / "a.ipynb").write_text(json.dumps(sheet))
    return folder
