"""Hands in a notebook for a kernel of another language."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED" }
# forms = ["module", "executed"]
# ///

import json


def build(folder):
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "double <- function(x) 2*x"}
    kernel = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
