"""Hands in a notebook without code cells."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# forms = ["module", "executed"]
# ///

import json


def build(folder):
    cell = {"cell_type": "markdown", "metadata": {}, "source": "def double(x): return x * 2"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
