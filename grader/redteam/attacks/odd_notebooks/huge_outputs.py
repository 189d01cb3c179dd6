"""Has megabytes of outputs under its cells."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["module", "executed"]
# ///

import json


def build(folder):
    output = {"output_type": "stream", "name": "stdout", "text": "epoch\n" * 1_000_000}
    cell = {"cell_type": "code", "metadata": {}, "outputs": [output] * 3, "execution_count": 1,
            "source": "def double(x):\n    return x * 2"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
